import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { AskedPreference } from '@wheelhouse/core';
import { clockText } from '../../../kit/duration.ts';
import { Markdown } from '../../../kit/Markdown.tsx';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import css from './AskedWhich.module.css';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

interface AskedWhichProps {
  asked: AskedPreference;
  /** What the customer is called. */
  customer: string;
}

/** Two answers of which the customer is asked which is better, as they stand in the chat, with what was
 *  chosen. */
export function AskedWhich({ asked, customer }: AskedWhichProps) {
  const { chosen_side, stands, asked_at } = asked;
  return (
    <li className={css.asked} aria-label="Which of two answers is better">
      <div className={css.by}>
        <WhoBadge who="ai" name="Which of two answers is better?" />
        <time className={css.fine} dateTime={asked_at} title={clockText(asked_at)}>
          {clock.format(Date.parse(asked_at))}
        </time>
      </div>
      <ol className={css.answers}>
        {(['first', 'second'] as const).map((side) => (
          <Answer
            key={side}
            number={side === 'first' ? 1 : 2}
            answer={asked[side]}
            chosen={chosen_side === side}
          />
        ))}
      </ol>
      <p className={css.fine} role="status">
        <bdi>{customer}</bdi>{' '}
        {chosen_side
          ? `chose answer ${chosen_side === 'first' ? 1 : 2}.`
          : stands
            ? 'has not chosen yet: neither is said.'
            : 'did not choose: neither was said.'}
      </p>
    </li>
  );
}

interface AnswerProps {
  number: number;
  answer: AskedPreference['first'];
  chosen: boolean;
}

function Answer({ number, answer, chosen }: AnswerProps) {
  const { text, citations, is_own, output_id } = answer;
  return (
    <li className={css.answer} data-chosen={chosen || undefined}>
      <div className={css.title}>
        <strong>Answer {number}</strong>
        {is_own && <span className={css.fine}>the AI’s own choice</span>}
        {chosen && (
          <span className={css.chosen}>
            <IconCheck size={14} stroke={2} aria-hidden="true" />
            Chosen
          </span>
        )}
      </div>
      {text === null ? <p className={css.fine}>Erased</p> : <Markdown text={text} />}
      {citations.length > 0 && (
        <p className={css.fine}>Sources: {citations.map(({ title }) => title).join(', ')}</p>
      )}
      <Link to={`/data/${output_id}` as '/data'} className={css.fine}>
        Why it was let through
      </Link>
    </li>
  );
}
