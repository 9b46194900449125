import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import type { Case, Json } from '@wheelhouse/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago, useClock } from '../../kit/Ago.tsx';
import { DiffPane } from '../../kit/DiffPane.tsx';
import { countdownText } from '../../kit/duration.ts';
import { JsonTree } from '../../kit/JsonTree.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { useTalk } from './conversation/useConversation.ts';
import { outcomeWords } from './outcome.ts';
import css from './Resolved.module.css';

interface ResolvedProps {
  shown: Case;
  /** The conversation in which an AI would have said it. */
  reply_to: string | null;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  onUndo: (() => void) | null;
}

const kinds = {
  single: null,
  quorum: 'several people said the same',
  adjudicated: 'settled by one more person, after others did not agree',
  expired: 'nobody decided in time',
  corrected: 'a correction of an earlier decision',
} as const;

/** What was decided, by whom and why, and whether it can still be taken back. */
export function Resolved({ shown, reply_to, nameOf, me_id, onUndo }: ResolvedProps) {
  const { resolution, state } = shown;
  if (state === 'resolved' && !resolution) {
    return (
      <section className={css.resolved} aria-label="What was decided">
        <h2 className={css.title}>Answered</h2>
        <p className={css.line}>
          What it came to is shown when nobody can take an answer back any more, so that whoever
          answers anew hears nothing of it.
        </p>
        {onUndo && shown.undo_until && (
          <UndoLine
            until={shown.undo_until}
            what=" Undo takes back your answer alone."
            onUndo={onUndo}
          />
        )}
      </section>
    );
  }
  if (state === 'cancelled' || !resolution) {
    return (
      <section className={css.resolved} aria-label="What was decided">
        <h2 className={css.title}>{state === 'cancelled' ? 'Withdrawn' : 'Closed'}</h2>
        <p className={css.line}>
          <span>
            {reply_to ? <WentOn id={reply_to} me_id={me_id} /> : 'Whoever asked took it back. '}
            Nothing is left to decide.
          </span>
        </p>
      </section>
    );
  }
  const { outcome, kind, by, at, reason, diff, values, agreed } = resolution;
  const Icon =
    outcome === 'rejected' || outcome === 'expired'
      ? IconX
      : outcome === 'edited'
        ? IconPencil
        : IconCheck;
  const how = kinds[kind];
  const given = answersOf(shown, values);
  return (
    <section className={css.resolved} aria-label="What was decided">
      <h2 className={css.title}>
        <Icon size={20} stroke={1.8} aria-hidden="true" />
        {outcomeWords(outcome)}
      </h2>
      <div className={css.line}>
        {by.length ? (
          by.map((id) => (
            <WhoBadge
              key={id}
              who={id.startsWith('key_') ? 'system' : 'person'}
              name={nameOf(id)}
            />
          ))
        ) : (
          <WhoBadge who="system" />
        )}
        <Ago at={at} />
        {how && <span>{how}</span>}
        {agreed !== null && <span>{agreed ? 'as the AI said' : 'not as the AI said'}</span>}
      </div>
      {reason && (
        <blockquote className={`${css.reason} own-direction`}>
          <Marked text={reason} />
        </blockquote>
      )}
      {given && <JsonTree value={given} label="The answer" />}
      {diff.length > 0 && <DiffPane changes={diff as never} />}
      {onUndo && shown.undo_until && (
        <UndoLine until={shown.undo_until} what={undoWords(by, me_id)} onUndo={onUndo} />
      )}
    </section>
  );
}

/** Why an AI's draft was taken back: whoever has the wheel by now is named. */
function WentOn({ id, me_id }: { id: string; me_id: string }) {
  const { owner } = useTalk(id).asked.data?.conversation ?? {};
  if (owner?.kind !== 'member') {
    return 'The conversation went on without it: the customer wrote more, or a person came. ';
  }
  return (
    <>
      The conversation went on without it:{' '}
      {owner.id === me_id ? (
        'you have'
      ) : (
        <>
          <bdi>{owner.name}</bdi> has
        </>
      )}{' '}
      the wheel now.{' '}
    </>
  );
}

/** Whose answers an undo takes back, where several decided it. */
function undoWords(by: string[], me_id: string): string {
  if (by.length < 2) return '';
  return by.includes(me_id)
    ? ' Undo takes back your answer alone.'
    : ` Undo takes back all ${by.length} answers.`;
}

interface UndoLineProps {
  until: string;
  what: string;
  onUndo: () => void;
}

function UndoLine({ until, what, onUndo }: UndoLineProps) {
  const left = useClock((now) => Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000)));
  if (left === 0)
    return <p className={css.line}>It has taken effect and can no longer be undone.</p>;
  return (
    <div className={css.line}>
      <ActButton act_key="u" size="compact-sm" onClick={onUndo}>
        Undo
      </ActButton>
      <span>
        It takes effect in {countdownText(left * 1_000)}.{what}
      </span>
    </div>
  );
}

/** The answers to the form, but for the verdict and what it carries, which are shown otherwise. */
function answersOf(
  { form }: Case,
  values: Record<string, Json> | null,
): Record<string, Json> | null {
  const asked = form.questions.filter(({ kind }) => kind !== 'verdict');
  const given = asked.flatMap(({ name, title }) => {
    const value = values?.[name];
    return value === undefined ? [] : [[title ?? name, value] as const];
  });
  return given.length ? Object.fromEntries(given) : null;
}
