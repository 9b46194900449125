import type { Case } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import css from './Why.module.css';

const acts = { skipped: 'skipped it', cannot_judge: 'could not judge it' };

interface PassedOnProps {
  shown: Case;
  nameOf: (id: string | null | undefined) => string;
}

/** Who left this to others and why, for whoever decides it now. */
export function PassedOn({ shown, nameOf }: PassedOnProps) {
  if (!shown.passed_on.length) return null;
  return (
    <section className={css.why} aria-label="Passed on">
      <h2 className={css.title}>Passed on</h2>
      {shown.passed_on.map(({ answer_id, by, status, note, at }) => (
        <p key={answer_id} className={css.reason}>
          {nameOf(by)} {acts[status]} <Ago at={at} />
          {note && (
            <>
              : <Marked text={note} />
            </>
          )}
        </p>
      ))}
    </section>
  );
}
