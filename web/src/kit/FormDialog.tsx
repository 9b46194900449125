import { Button, Modal } from '@mantine/core';
import type { FieldFault } from '@wheelhouse/core';
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
  /** Drawn with what the server says of a field, if it said something. A field answers for what is wrong
   *  inside it, where none that was asked for before does. */
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
  const faults = isProblem(refused) ? refused.errors : [];
  const marked = new Set<FieldFault>();
  const drawn = children((field) => {
    const found =
      faults.find((fault) => fault.field === field) ??
      faults.find((fault) => !marked.has(fault) && fault.field.startsWith(`${field}.`));
    if (found) marked.add(found);
    return found && [found.field.slice(field.length + 1), found.message].filter(Boolean).join(' ');
  });
  const all_marked = faults.length > 0 && faults.every((fault) => marked.has(fault));
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
