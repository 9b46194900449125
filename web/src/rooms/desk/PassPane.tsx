import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import css from './RejectPane.module.css';
import type { Passing } from './usePassing.ts';

/** Why it is left to others. */
export function PassPane({ passing }: { passing: Passing }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const skips = passing.status === 'skipped';
  return (
    <section className={css.pane} aria-label={skips ? 'Skip' : 'Cannot judge'}>
      <Textarea
        ref={field}
        label={skips ? 'Why do you skip it?' : 'Why can you not judge it?'}
        description={
          skips ? 'It goes to someone else, and not back to you.' : 'It goes to a lead or above.'
        }
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        size="md"
        withAsterisk
        value={passing.why}
        onChange={({ currentTarget }) => passing.setWhy(currentTarget.value)}
        error={passing.missing ? 'Say why, in a few words.' : undefined}
      />
    </section>
  );
}
