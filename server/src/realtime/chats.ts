import type { ServerResponse } from 'node:http';
import { type ChatTranscript, type Customer, isRefusal } from '@wheelhouse/core';
import { readChat } from '../actions/chat.ts';
import type { Ports } from '../ports.ts';
import type { LookingWatch } from './looking.ts';
import type { EventTail } from './tail.ts';
import { hasEnded, watchTokens } from './tokens.ts';
import { lengthOf, seenOf, type Watched, watchWriting } from './writing.ts';

const heartbeat_ms = 15_000;
const page_size = 200;
/** Past this many bytes a browser that does not read is let go; it comes back by its number. */
const most_unread = 1_048_576;

interface Listening extends Watched {
  by: Customer;
  response: ServerResponse;
  /** The number of the last message that was sent. */
  seq: number;
  /** Something happened that was not told yet. */
  dirty: boolean;
  telling: boolean;
}

function noteTold(one: Listening, { chat, messages }: ChatTranscript): void {
  const last = messages.at(-1);
  one.seq = last?.seq ?? one.seq;
  one.owed ||= last?.author_kind === 'contact';
  one.seen = seenOf(chat.streaming?.id, lengthOf(chat.streaming?.text));
}

/** Whoever has a conversation open that is erased learns that nothing of it is left (rule A12). */
const erased_frame = 'event: erased\ndata: {"erased":true}\n\n';

/** The browser's token stands for nobody any more, and nothing is told under it (rule W57). */
const signed_out_frame = 'event: signed_out\ndata: {}\n\n';

/** Whether the bot owes an answer is not known yet, and looked for. */
const untold = { dirty: false, telling: false, owed: true, seen: '' };

/** Open chats of customers (SSE). What is told is read from the rows behind the number that the
 *  browser has, so that a lost connection costs nothing: it comes back with its number. */
export function chatStreams({
  ports,
  tail,
  looking,
}: {
  ports: Ports;
  tail: EventTail;
  looking: LookingWatch;
}) {
  const open = new Map<string, Set<Listening>>();
  const closing = new AbortController();

  const drop = (one: Listening, frame?: string) => {
    if (!open.get(one.id)?.delete(one)) return;
    if (!open.get(one.id)?.size) open.delete(one.id);
    one.response.end(frame);
  };
  const tell = async (one: Listening) => {
    one.dirty = true;
    if (one.telling) return;
    one.telling = true;
    try {
      while (one.dirty) {
        one.dirty = false;
        if (hasEnded(ports, one.by)) return drop(one, signed_out_frame);
        const told = await readChat(ports, one.by, one.id, { after: one.seq, limit: page_size });
        if (!open.get(one.id)?.has(one)) return; // Let go meanwhile.
        noteTold(one, told);
        one.dirty ||= told.more;
        one.response.write(`id: ${one.seq}\nevent: chat\ndata: ${JSON.stringify(told)}\n\n`);
        if (one.response.writableLength > most_unread) drop(one);
      }
    } catch (thrown) {
      drop(one, isRefusal(thrown) && thrown.code === 'erased' ? erased_frame : undefined);
    } finally {
      one.telling = false;
    }
  };
  const everyone = () => [...open.values()].flatMap((set) => [...set]);
  watchWriting(ports, everyone, (one) => void tell(one), closing.signal);
  const stopTail = tail.on((rows) => {
    const touched = new Set<string>();
    for (const { type, subject } of rows) {
      if (type.startsWith('message.') || type.startsWith('conversation.')) touched.add(subject);
    }
    for (const id of touched) for (const one of open.get(id) ?? []) void tell(one);
  });
  looking.while(() => open.size > 0);
  const stopLooking = looking.on(({ conversation_id }) => {
    for (const one of open.get(conversation_id) ?? []) void tell(one);
  });
  watchTokens(ports, everyone, (one) => drop(one, signed_out_frame), closing.signal);
  void (async () => {
    while (!closing.signal.aborted) {
      await ports.clock.pause(heartbeat_ms, closing.signal);
      for (const { response } of everyone()) response.write(': still here\n\n');
    }
  })();

  return {
    /** @throws Refusal not_found, before anything was written */
    async open(by: Customer, id: string, after: number, response: ServerResponse) {
      await readChat(ports, by, id, { after, limit: 1 });
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const one: Listening = { ...untold, by, id, response, seq: after };
      const set = open.get(id) ?? new Set();
      open.set(id, set.add(one));
      looking.begin();
      response.once('close', () => drop(one));
      // Listening comes before reading, so that nothing between the two is missed.
      await tell(one);
    },
    count: () => [...open.values()].reduce((sum, { size }) => sum + size, 0),
    close() {
      closing.abort();
      stopTail();
      stopLooking();
      for (const set of [...open.values()]) for (const one of [...set]) drop(one);
    },
  };
}
