import { Button, Modal } from '@mantine/core';
import { ShownOnce } from '../../kit/ShownOnce.tsx';
import css from './Rows.module.css';

interface SecretDialogProps {
  title: string;
  secret: string;
  onClose: () => void;
}

/** A signing secret, this once. */
export function SecretDialog({ title, secret, onClose }: SecretDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <div className={css.shown}>
        <ShownOnce
          what="Signing secret"
          text={secret}
          say="Give it to whatever receives the messages, so that it can tell ours from others’. It is shown only now."
        />
        <div>
          <Button variant="default" onClick={onClose}>
            I have kept it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
