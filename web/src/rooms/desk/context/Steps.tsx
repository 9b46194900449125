import { type Case, deadlineOf, type Policy } from '@wheelhouse/core';
import { useMemo } from 'react';
import { useClock } from '../../../kit/Ago.tsx';
import { clockText, spanText } from '../../../kit/duration.ts';
import css from './ContextPanel.module.css';
import { stepsOf } from './ladder.ts';
import { Part } from './Part.tsx';

interface StepsProps {
  shown: Case;
  /** Undefined while it is fetched. */
  policy: Policy | undefined;
}

/** What the clock does while nobody decides; what comes next stands out. */
export function Steps({ shown, policy }: StepsProps) {
  const minute = useClock((now) => Math.floor(now / 60_000));
  const known = shown.gate === null || policy !== undefined;
  const steps = useMemo(
    () => stepsOf(shown, deadlineOf(policy ?? null), minute * 60_000),
    [shown, policy, minute],
  );
  if (shown.state !== 'waiting' || !known) return null;
  return (
    <Part title="If nobody decides">
      {steps.length === 0 ? (
        <p className={css.fine}>It waits for as long as it takes.</p>
      ) : (
        <ol className={css.steps}>
          {steps.map(({ at, words, state }) => (
            <li key={at} className={css.step} data-state={state}>
              <span>{words}</span>
              <time dateTime={new Date(at).toISOString()} title={clockText(at)}>
                <Till at={at} />
              </time>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

function Till({ at }: { at: number }) {
  return useClock((now) => (at > now ? `in ${spanText(at - now)}` : `${spanText(now - at)} ago`));
}
