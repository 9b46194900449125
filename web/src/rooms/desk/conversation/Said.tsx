import { Link } from '@tanstack/react-router';
import type { Message, Rating, Thumb } from '@wheelhouse/core';
import { memo } from 'react';
import { clockText } from '../../../kit/duration.ts';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import { Rated, Thumbed } from './Judged.tsx';
import { MessageBody } from './MessageBody.tsx';
import css from './Said.module.css';
import { Translated } from './Translated.tsx';
import { whoSaid } from './words.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

interface SaidProps {
  message: Message;
  /** What the customer is called. */
  customer: string;
  nameOf: (id: string | null | undefined) => string;
  /** How often in a row it was said, where it is a line about the conversation. */
  times?: number;
  /** Whether it is the message that was looked for. */
  found?: boolean;
  /** What the customer thinks of it. */
  thumb?: Thumb | undefined;
  /** What the customer said of the end that it tells. */
  rating?: Rating | undefined;
  /** What the customer said after it, where it offers buttons. */
  picked?: string | null;
  /** The language that the customer's words may be translated to. */
  translate_to?: string | null;
}

/** One message, with who says it told by shape, place and word. */
export const Said = memo(function Said(props: SaidProps) {
  const { message, customer, nameOf, thumb, rating, picked = null, translate_to } = props;
  const { times = 1, found = false } = props;
  const { author_kind, author_name, audience, body, approved_by, citations, at, output_id } =
    message;
  const time = (
    <time dateTime={at} title={clockText(at)}>
      {clock.format(Date.parse(at))}
    </time>
  );
  if (body.kind === 'line') {
    return (
      <li className={css.line} data-seq={message.seq}>
        <MessageBody body={body} conversation_id={message.conversation_id} />{' '}
        <span className={css.time}>
          {times > 1 && `${times} times, last `}
          {time}
        </span>
        {rating && <Rated customer={customer} rating={rating} />}
      </li>
    );
  }
  const note = audience === 'team';
  const side = author_kind === 'contact' ? 'customer' : note ? 'note' : 'ours';
  return (
    <li
      className={css.said}
      data-side={side}
      data-seq={message.seq}
      aria-current={found || undefined}
    >
      <div className={css.by}>
        <WhoBadge
          who={whoSaid(message)}
          name={author_kind === 'contact' ? customer : (author_name ?? author_kind)}
        />
        <span className={`${css.fine} ${css.time}`}>{time}</span>
        {note && (
          <span className={css.mark} data-whisper={message.whisper_to ? true : undefined}>
            {message.whisper_to
              ? `Lead’s whisper to ${nameOf(message.whisper_to)}, not shown to the customer`
              : 'Team note, not shown to the customer'}
          </span>
        )}
        {message.cut && <span className={css.mark}>Broken off: the customer saw this much</span>}
      </div>
      <div className={css.bubble}>
        <MessageBody
          body={body}
          conversation_id={message.conversation_id}
          picked={picked}
          note={note}
        />
        {citations.length > 0 && (
          <ol className={css.sources} aria-label="Sources">
            {citations.map(({ title }) => (
              <li key={title}>{title}</li>
            ))}
          </ol>
        )}
      </div>
      {translate_to && author_kind === 'contact' && body.kind === 'text' && (
        <Translated text={body.text} to={translate_to} />
      )}
      {thumb && <Thumbed customer={customer} thumb={thumb} />}
      {(approved_by || output_id) && (
        <div className={css.fine}>
          {approved_by && (
            <>
              approved by <bdi>{nameOf(approved_by)}</bdi>{' '}
            </>
          )}
          {output_id && (
            <Link to={`/data/${output_id}` as '/data'} className={css.quiet}>
              {note ? 'What the AI asked for' : 'Why it was let through'}
            </Link>
          )}
        </div>
      )}
    </li>
  );
});
