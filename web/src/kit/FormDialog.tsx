import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { isProblem, sentenceOf } from '../live/problem.ts';
import css from './FormDialog.module.css';

interface FormDialogProps {
  title: string;
  /** The act's own verb. */
  act: string;
  off?: boolean;
  /** Does it; what it throws is said here, and the dialog stays open. */
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
  /** Drawn with what the server says of a field, if it said something. */
  children: (fault: (field: string) => string | undefined) => ReactNode;
}

/** A short form in a dialog. */
export function FormDialog({ title, act, off, onSubmit, onClose, children }: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await onSubmit();
    } catch (thrown) {
      setRefused(thrown);
    } finally {
      setBusy(false);
    }
  };
  const marked = new Set<string>();
  const drawn = children((field) => {
    marked.add(field);
    return isProblem(refused) ? refused.fault(field) : undefined;
  });
  const faults = isProblem(refused) ? refused.errors : [];
  const all_marked = faults.length > 0 && faults.every(({ field }) => marked.has(field));
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (!off && !busy) event.currentTarget.requestSubmit();
        }}
      >
        {drawn}
        {refused !== null && (
          <p className={css.fault} role="alert">
            {all_marked ? 'Not saved. Change what is marked above.' : sentenceOf(refused)}
          </p>
        )}
        <div className={css.acts}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={off ?? false}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
