import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import css from './SaveBar.module.css';

interface SaveBarProps {
  label: string;
  busy: boolean;
  onSave: () => void;
  onDiscard?: (() => void) | undefined;
  /** What saving would mean, in a line. */
  children: ReactNode;
}

/** Stands at the bottom while something is not saved, wherever one has scrolled to: what it would
 *  mean, and the two things that can be done about it. */
export function SaveBar({ label, busy, onSave, onDiscard, children }: SaveBarProps) {
  useKeys([{ key: 'mod+s', label, group: 'Gate', in_fields: true, off: busy, run: onSave }]);
  return (
    <section className={css.bar} aria-label="Not saved yet">
      <div className={css.say} aria-live="polite">
        {children}
      </div>
      <div className={css.acts}>
        {onDiscard && (
          <Button variant="default" onClick={onDiscard}>
            Discard
          </Button>
        )}
        <ActButton act_key="mod+s" variant="filled" loading={busy} onClick={onSave}>
          {label}
        </ActButton>
      </div>
    </section>
  );
}
