import { Button, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { sentenceOf } from '../live/problem.ts';
import css from './ConfirmDialog.module.css';

interface ConfirmDialogProps {
  /** What would be done, as a question. */
  title: string;
  /** What it means, before it is done. */
  children: ReactNode;
  /** The act's own verb, never "OK". */
  act: string;
  /** Does it; what it throws is said here, and the dialog stays open. */
  onAct: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, children, act, onAct, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await onAct();
      onClose();
    } catch (thrown) {
      setRefused(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <div className={css.body}>
        <div className={css.say}>{children}</div>
        {refused !== null && (
          <Text c="red" role="alert">
            {sentenceOf(refused)}
          </Text>
        )}
        <div className={css.acts}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button className={css.harm} loading={busy} onClick={() => void run()}>
            {act}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
