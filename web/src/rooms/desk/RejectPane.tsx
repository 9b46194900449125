import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import css from './RejectPane.module.css';
import type { AnswerState } from './useAnswer.ts';

/** Why it is rejected: told to whoever asked. */
export function RejectPane({ answer }: { answer: AnswerState }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const reason = answer.values.reason;
  return (
    <section className={css.pane} aria-label="Reject">
      <Textarea
        ref={field}
        label="Why is it rejected?"
        description="Whoever asked for it reads this."
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        size="md"
        withAsterisk={answer.verdict?.reject_reason === 'required'}
        value={typeof reason === 'string' ? reason : ''}
        onChange={({ currentTarget }) => answer.set('reason', currentTarget.value || undefined)}
        error={answer.faults.find(({ field: name }) => name === 'values.reason')?.message}
      />
    </section>
  );
}
