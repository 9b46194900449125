import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  type Brief,
  type Conversation,
  type FactKind,
  type Message,
  type Mood,
  plainText,
  wishIn,
} from '@wheelhouse/core';
import { type ReactNode, useState } from 'react';
import { KeyHint } from '../../../kit/KeyHint.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import css from './BriefPanel.module.css';

const fact_words: Record<FactKind, string> = {
  order: 'Order',
  email: 'E-mail',
  phone: 'Telephone',
  date: 'Date',
  amount: 'Amount',
  product: 'Product',
};
const mood_words: Record<Mood, string> = {
  calm: 'Calm',
  tense: 'Tense',
  frustrated: 'At the end of their patience',
};

const brief_again_ms = 5_000;

/** What was told to whoever takes over; undefined while nobody is to. What was told of an earlier hand-off
 *  says nothing of why it came here now. */
export function useBrief({ id, owner, reason, hand_off }: Conversation): Brief | undefined {
  const { data } = useQuery({
    queryKey: keys.brief(id),
    queryFn: ({ signal }) => api.conversations.brief(id, { signal }),
    enabled: owner.kind !== 'bot' && reason !== null,
    // It has no face for a failure: what a busy server did not give is asked for again.
    refetchInterval: ({ state }) => (state.status === 'error' ? brief_again_ms : false),
  });
  if (owner.kind === 'bot' || !data?.brief) return undefined;
  const is_newest = hand_off === null || hand_off.output_id === data.output_id;
  return is_newest && data.brief.reason === reason ? data.brief : { ...data.brief, why: null };
}

interface BriefPanelProps {
  brief: Brief;
  /** What was said in the conversation, as far as it is at hand. */
  messages: readonly Message[];
  /** Where it begins closed, one line says what is wanted. */
  begins_open: boolean;
  /** Shows the message in which something was said. */
  onShow?: (seq: number) => void;
}

/** What a person needs to know before they read the whole, beside why it came here, which stands above it:
 *  what is wanted, what was named, what the AI
 *  tried, what could be answered. Opened and closed with a key. */
export function BriefPanel({ brief, messages, begins_open, onShow }: BriefPanelProps) {
  const [open, setOpen] = useState(begins_open);
  const turn = () => setOpen(!open);
  useKeys([{ key: 'v', label: 'Open or close the brief', group: 'Conversation', run: turn }]);
  const { goal, topic } = brief;
  const since = goal === null ? wishIn(messages) : null;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={css.panel} aria-label="Brief">
      <UnstyledButton className={css.top} onClick={turn} aria-expanded={open} aria-keyshortcuts="v">
        <Chevron size={16} stroke={1.8} aria-hidden="true" />
        <strong>Brief</strong>
        {!open && (
          <bdi className="one-line">
            {goal ?? since?.text ?? topic ?? 'What is wanted was not said'}
          </bdi>
        )}
        <span className={css.end}>
          <KeyHint of="v" />
        </span>
      </UnstyledButton>
      {open && <Body brief={brief} since={since} {...(onShow ? { onShow } : {})} />}
    </section>
  );
}

interface BodyProps extends Pick<BriefPanelProps, 'brief' | 'onShow'> {
  since: ReturnType<typeof wishIn>;
}

function Body({ brief, since, onShow }: BodyProps) {
  const { goal, open, topic, facts, tried, suggestion, mood, written_by } = brief;
  return (
    <div className={css.body}>
      <dl className={css.rows}>
        <Row label="Wants">
          <span dir="auto">{goal ?? since?.text ?? 'Not said yet'}</span>
          {since && (
            <>
              {' '}
              <UnstyledButton
                className={css.quiet}
                onClick={() => onShow?.(since.seq)}
                title="Show where it was said"
              >
                said after a person was asked for
              </UnstyledButton>
            </>
          )}
          {topic && <span className={css.fine}> · {topic}</span>}
          {written_by && (
            <span className={css.fine} title={written_by}>
              {' '}
              <WhoBadge who="ai" /> put it so
            </span>
          )}
        </Row>
        {open && open.length > 0 && (
          <Row label="Not answered">
            {open.map((one) => (
              <q key={one} className={css.open} dir="auto">
                {one}
              </q>
            ))}
          </Row>
        )}
        {facts.length > 0 && (
          <Row label="Named">
            <ul className={css.chips}>
              {facts.map(({ kind, value, seq }) => (
                <li key={`${kind} ${value}`}>
                  <UnstyledButton
                    className={css.chip}
                    onClick={() => onShow?.(seq)}
                    title="Show where it was said"
                  >
                    <span className={css.fine}>{fact_words[kind]}</span> <bdi>{value}</bdi>
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </Row>
        )}
        {tried.length > 0 && (
          <Row label="Tried">
            <ol className={css.tried}>
              {tried.map(({ seq, text, citations, reply }) => (
                <li key={seq}>
                  <span className={css.said} dir="auto" title={plainText(text)}>
                    {plainText(text)}
                  </span>
                  {citations.length > 0 && (
                    <span className={css.fine}>
                      {' '}
                      from {citations.map(({ title }) => title).join(', ')}
                    </span>
                  )}
                  {reply && (
                    <div className={css.fine} dir="auto">
                      ↳ {reply}
                    </div>
                  )}
                </li>
              ))}
            </ol>
          </Row>
        )}
        <Row label="Sounds">{mood_words[mood]}</Row>
        {suggestion && (
          <Row label="Could say">
            <span className={css.words} dir="auto">
              {plainText(suggestion.text)}
            </span>
            {suggestion.citations.length > 0 && (
              <span className={css.fine}>
                {' '}
                from {suggestion.citations.map(({ title }) => title).join(', ')}
              </span>
            )}
          </Row>
        )}
      </dl>
    </div>
  );
}

const Row = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className={css.fine}>{label}</dt>
    <dd>{children}</dd>
  </>
);
