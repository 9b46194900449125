import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import type { Message, Rating } from '@wheelhouse/core';
import {
  Fragment,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { dayText, isNewDay } from '../../../kit/duration.ts';
import type { Talk } from '../../../live/conversations.ts';
import { AskedWhich } from './AskedWhich.tsx';
import { rowsOf } from './lines.ts';
import { Said } from './Said.tsx';
import css from './Transcript.module.css';
import { contactName, pickedAfter } from './words.ts';

interface TranscriptProps {
  talk: Talk;
  nameOf: (id: string | null | undefined) => string;
  /** The language that the customer's words may be translated to. */
  translate_to?: string | null;
  /** The message that was looked for, which is marked. */
  found_seq: number | null;
  /** What stands above the first message. */
  before?: ReactNode;
  /** Fetches what went before. */
  earlier: () => Promise<unknown>;
  /** What is on its way, or being typed, after the last message. */
  children?: ReactNode;
}

/** Nearer to the end than this is at the end. */
const near_px = 80;

/** What was said, oldest first. At the end it stays at the end; further up it stays where it is read,
 *  and says that there is more below. */
export function Transcript(props: TranscriptProps) {
  const { talk, nameOf, earlier, before, children, translate_to, found_seq } = props;
  const { conversation, messages, more, thumbs, ratings, preferences } = talk;
  const { pane, below, onScroll, toEnd } = useAnchor(messages[0]?.seq, messages.at(-1)?.seq);
  const [fetching, setFetching] = useState(false);
  const fetchEarlier = () => {
    setFetching(true);
    earlier()
      .catch(() => {})
      .finally(() => setFetching(false));
  };
  return (
    <div className={css.around}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without focus, keys cannot scroll it (WCAG 2.1.1). */}
      <div className={css.scroll} ref={pane} onScroll={onScroll} tabIndex={0}>
        {before}
        {more && (
          <div className={css.earlier}>
            <Button variant="subtle" size="compact-sm" loading={fetching} onClick={fetchEarlier}>
              Earlier messages
            </Button>
          </div>
        )}
        <ol className={css.messages} aria-label="What was said" aria-live="polite">
          {rowsOf(messages).map(({ key, message, at, times }) => (
            <Fragment key={key}>
              {isNewDay(messages[at - times]?.at, message.at) && (
                <li className={css.day}>
                  <time dateTime={message.at}>{dayText(message.at)}</time>
                </li>
              )}
              <Said
                message={message}
                times={times}
                found={message.seq === found_seq}
                picked={pickedAfter(messages, at)}
                translate_to={translate_to ?? null}
                customer={contactName(conversation)}
                nameOf={nameOf}
                thumb={thumbs.find(({ output_id }) => output_id === message.output_id)}
                rating={ratings.find((one) => isOfEnd(one, message))}
              />
              {preferences
                .filter(({ for_seq }) => for_seq === message.seq)
                .map((asked) => (
                  <AskedWhich
                    key={asked.first.output_id}
                    asked={asked}
                    customer={contactName(conversation)}
                  />
                ))}
            </Fragment>
          ))}
        </ol>
        {!messages.length && <p className={css.none}>Nothing was said yet.</p>}
        {children}
      </div>
      {below && (
        <Button
          className={css.jump}
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowDown size={14} stroke={1.8} aria-hidden="true" />}
          onClick={toEnd}
        >
          New messages
        </Button>
      )}
    </div>
  );
}

/** Brings a message into view, if it is among those that are shown. */
export const showMessage = (seq: number): void =>
  document.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: 'center' });

const isOfEnd = ({ ended_at }: Rating, { body, at }: Message): boolean =>
  body.kind === 'line' && body.line === 'resolved' && at === ended_at;

const isAtEnd = (box: HTMLElement): boolean =>
  box.scrollHeight - box.scrollTop - box.clientHeight < near_px;

/** Keeps what is read in its place while messages come below it and earlier ones above it. */
function useAnchor(first: number | undefined, last: number | undefined) {
  const pane = useRef<HTMLDivElement>(null);
  const at_end = useRef(true);
  const before = useRef({ first, last, height: 0, top: 0 });
  const [below, setBelow] = useState(false);
  const toEnd = useCallback(() => {
    const box = pane.current;
    if (box) box.scrollTop = box.scrollHeight;
    setBelow(false);
  }, []);
  useLayoutEffect(() => {
    const box = pane.current;
    if (!box) return;
    const was = before.current;
    // What was brought into view a moment ago is read there, before the browser tells of the scrolling.
    if (box.scrollTop < was.top && !isAtEnd(box)) at_end.current = false;
    if (at_end.current) box.scrollTop = box.scrollHeight;
    else if (first !== was.first) box.scrollTop += box.scrollHeight - was.height;
    else if (last !== was.last) setBelow(true);
    before.current = { first, last, height: box.scrollHeight, top: box.scrollTop };
  });
  useEffect(() => {
    const box = pane.current;
    if (!box) return;
    const watch = new ResizeObserver(() => {
      if (at_end.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    // A picture that arrives makes what was said longer.
    const said = box.querySelector('ol');
    if (said) watch.observe(said);
    return () => watch.disconnect();
  }, []);
  const onScroll = () => {
    const box = pane.current;
    if (!box) return;
    at_end.current = isAtEnd(box);
    if (at_end.current) setBelow(false);
  };
  return { pane, below, onScroll, toEnd };
}
