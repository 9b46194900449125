import { Button } from '@mantine/core';
import type { Conversation, Message } from '@wheelhouse/core';
import { Markdown } from '../../../kit/Markdown.tsx';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import { sentenceOf } from '../../../live/problem.ts';
import type { Outbox, Unsent } from './outbox.ts';
import css from './Said.module.css';
import list from './Transcript.module.css';
import { answeringWords, contactName } from './words.ts';

interface UnderwayProps {
  conversation: Conversation;
  messages: readonly Message[];
  me: { id: string; name: string };
  unsent: readonly Unsent[];
  outbox: Outbox;
}

/** What stands after the last message: whether ours was seen, what is on its way, who types. */
export function Underway({ conversation, messages, me, unsent, outbox }: UnderwayProps) {
  const arrived = new Set(messages.map(({ id }) => id));
  const own = messages.findLast(
    ({ author_kind, audience, body }) =>
      author_kind !== 'system' && audience === 'all' && body.kind !== 'line',
  );
  const ours = own?.author_kind === 'member' || own?.author_kind === 'bot' ? own : undefined;
  const rows = unsent.filter(({ id }) => !arrived.has(id));
  return (
    <div className={list.tail}>
      <Written conversation={conversation} arrived={arrived} />
      {ours && rows.length === 0 && (
        <div className={css.fine} style={{ textAlign: 'end' }}>
          {reachOf(conversation, ours.seq)}
        </div>
      )}
      {rows.map((row) => (
        <div
          key={row.id}
          className={css.said}
          data-side={row.note ? 'note' : 'ours'}
          data-unsent="true"
        >
          <WhoBadge who="person" name={me.name} />
          <div className={css.bubble}>
            <Markdown text={row.text} />
          </div>
          <State row={row} outbox={outbox} />
        </div>
      ))}
      {conversation.customer_typing && (
        <p className={css.fine} role="status">
          <bdi>{contactName(conversation)}</bdi> is typing…
        </p>
      )}
    </div>
  );
}

/** What the bot has under way: as much of its reply as the customer sees, or that it is at one. */
function Written({ conversation, arrived }: { conversation: Conversation; arrived: Set<string> }) {
  const { streaming, owner } = conversation;
  const words = answeringWords(conversation);
  if (!words || (streaming && arrived.has(streaming.id))) return null;
  if (!streaming) {
    return (
      <p className={css.fine} role="status">
        {words}…
      </p>
    );
  }
  return (
    <div className={css.said} data-side="ours" data-unsent="true" data-writing>
      <div className={css.by}>
        <WhoBadge who="ai" name={owner.name} />
        <span className={css.mark} role="status">
          Still writing; the customer sees this much
        </span>
      </div>
      <div className={css.bubble}>
        <Markdown text={streaming.text} />
      </div>
    </div>
  );
}

/** How far a message of ours has come. */
const reachOf = (of: Conversation, seq: number): string =>
  of.customer_read_seq >= seq ? 'Seen' : of.customer_delivered_seq >= seq ? 'Delivered' : 'Sent';

function State({ row, outbox }: { row: Unsent; outbox: Outbox }) {
  if (row.state === 'sending') return <span className={css.fine}>Sending…</span>;
  if (row.state === 'waiting') {
    return <span className={css.fine}>Not sent yet; it goes out when the connection is back.</span>;
  }
  return (
    <div className={css.failed} role="alert">
      <span>Not sent. {row.problem && sentenceOf(row.problem)}</span>
      <Button size="compact-sm" variant="default" onClick={() => outbox.again(row.id)}>
        Try again
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => outbox.drop(row.id)}>
        Discard
      </Button>
    </div>
  );
}
