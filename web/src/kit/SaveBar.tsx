import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActButton } from './ActButton.tsx';
import css from './SaveBar.module.css';
import { useKeys } from './useKeys.ts';

interface SaveBarProps {
  label: string;
  /** Where its key is listed. */
  group: string;
  busy: boolean;
  onSave: () => void;
  onDiscard?: (() => void) | undefined;
  /** What saving would mean, in a line. */
  children: ReactNode;
}

/** Stands at the bottom while something is not saved, wherever one has scrolled to: what it would
 *  mean, and the two things that can be done about it. */
export function SaveBar({ label, group, busy, onSave, onDiscard, children }: SaveBarProps) {
  useKeys([{ key: 'mod+s', label, group, in_fields: true, off: busy, run: onSave }]);
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
