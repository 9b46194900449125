import { Button, Modal } from '@mantine/core';
import { ShownOnce } from '../../kit/ShownOnce.tsx';
import css from './Rows.module.css';

interface MadeLinkProps {
  what: string;
  /** The address of the person it is for. */
  to: string;
  link: string | undefined;
  say: string;
  onClose: () => void;
}

/** A link that was just made, shown once, since this server sends no mail by itself. */
export function MadeLink({ what, to, link, say, onClose }: MadeLinkProps) {
  return (
    <Modal opened onClose={onClose} title={`Send this to ${to}`} size="lg">
      <div className={css.shown}>
        <ShownOnce what={what} text={link ?? ''} say={say} />
        <div>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}
