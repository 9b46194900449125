import type { Chat, ChatMessage, ChatTranscript, Event, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Chatting, chatting } from './visitor.ts';

/** 10,000 take some minutes; WHEELHOUSE_TEST_RECONNECTS=10000 asks for them. */
const reconnects = Number(process.env.WHEELHOUSE_TEST_RECONNECTS ?? 800);
const readers = 8;

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  const settings = { WHEELHOUSE_RATE_LIMIT: '100000000' };
  server = await startServer({ url_pattern: inject('engine'), settings });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/default', bot);
});
afterAll(() => server?.stop());

const bot = {
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
    { name: 'refund', examples: ['i want a refund', 'money back'], answer: 'Within 30 days.' },
  ],
};

/** Opens a stream, and closes it behind the event after which enough was heard.
 *  @returns nothing, when it ended before */
async function listen(
  path: string,
  headers: Record<string, string>,
  enough: (data: string) => boolean,
): Promise<void> {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/v1${path}`, { headers, signal: stop.signal });
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(bytes, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        // What follows in the same bytes was on its way, and is lost with the connection.
        if (data && enough(data)) return;
      }
    }
  } finally {
    stop.abort();
  }
}

/** Customers write and the bot answers, for as long as somebody reads. */
function talking(chats: readonly Chatting[], reading: () => boolean) {
  return Promise.all(
    chats.map(async ({ by, say }, nth) => {
      for (let at = 0; reading(); at++) {
        const sent = await say(`${at % 2 ? 'i want a refund' : 'where is my order'} ${nth} ${at}`);
        expect(sent.status).toBe(201);
        await by.call('GET /chat/conversations');
      }
    }),
  );
}

/** Runs readers one reconnect after another until all are used up, beside who talks. */
async function reconnecting(
  chats: readonly Chatting[],
  reconnect: (reader: number) => Promise<void>,
) {
  let left = reconnects;
  let reading = true;
  const all = Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      while (left-- > 0) await reconnect(reader);
    }),
  ).finally(() => {
    reading = false;
  });
  await Promise.all([all, talking(chats, () => reading)]);
}

/** Until the bot has answered the last that was said. */
async function settled({ id }: Chatting): Promise<Transcript> {
  for (;;) {
    const { body } = await admin.call<Transcript>(`GET /conversations/${id}`);
    if (body.messages.at(-1)?.author_kind !== 'contact') return body;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const freshChat = async ({ by, id }: Chatting) => {
  const messages: ChatMessage[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const path = `GET /chat/conversations/${id}?after=${after}`;
    const { body } = await by.call<ChatTranscript>(path);
    messages.push(...body.messages);
    if (!body.more) return { chat: body.chat, messages };
  }
};

test(`[W61] after ${reconnects} reconnects a customer has what a fresh fetch gives, message by message`, async () => {
  const chats = await Promise.all(Array.from({ length: readers }, () => chatting(server.url)));
  const states = chats.map(() => ({
    chat: undefined as Chat | undefined,
    messages: [] as ChatMessage[],
  }));
  const hear = (reader: number, enough: () => boolean) => {
    const { by, id } = chats[reader] as Chatting;
    const state = states[reader] as (typeof states)[number];
    const after = state.messages.at(-1)?.seq ?? 0;
    const headers = { authorization: `Bearer ${by.key}` };
    return listen(`/chat/conversations/${id}/stream?after=${after}`, headers, (data) => {
      const told = JSON.parse(data) as ChatTranscript;
      state.chat = told.chat;
      state.messages.push(...told.messages);
      return enough();
    });
  };
  await reconnecting(chats, (reader) => {
    // Behind the first event of a connection, or the second.
    let heard = 0;
    const wanted = 1 + ((states[reader]?.messages.length ?? 0) % 2);
    return hear(reader, () => ++heard >= wanted);
  });
  for (const [reader, chatting] of chats.entries()) {
    const state = states[reader] as (typeof states)[number];
    await settled(chatting);
    const fresh = await freshChat(chatting);
    const last = fresh.messages.at(-1)?.seq ?? 0;
    if ((state.messages.at(-1)?.seq ?? 0) < last) {
      await hear(reader, () => (state.messages.at(-1)?.seq ?? 0) >= last);
    }
    expect(state.messages).toEqual(fresh.messages);
    expect(fresh.messages.map(({ seq }) => seq)).toEqual(fresh.messages.map((_, at) => at + 1));
    expect(state.messages.length).toBeGreaterThan(1);
  }
}, 7_200_000);

test(`[W61] over ${reconnects} reconnects a member hears every event once, in order, as over one line`, async () => {
  const desk = await server.keyFor('reviewer');
  const headers = { authorization: `Bearer ${desk.key}` };
  let first = '';
  await listen('/events', headers, (data) => {
    first = (JSON.parse(data) as { cursor: string }).cursor;
    return true;
  });
  const chats = await Promise.all(Array.from({ length: readers }, () => chatting(server.url)));
  const logs = chats.map((): Event[] => []);
  const hear = (log: Event[], enough: () => boolean) => {
    const cursor = log.at(-1)?.cursor ?? first;
    return listen('/events', { ...headers, 'last-event-id': cursor }, (data) => {
      const event = JSON.parse(data) as Event;
      // The first word of a stream says where it begins, and is no event.
      if (event.type === undefined) return false;
      log.push(event);
      return enough();
    });
  };
  await reconnecting(chats, (reader) => {
    const log = logs[reader] as Event[];
    const from = log.length;
    const wanted = 1 + (from % 3);
    return hear(log, () => log.length - from >= wanted);
  });
  const ends = await Promise.all(chats.map(settled));
  await admin.call('PUT /queues/the-end', { title: 'The end' });
  const at_end = (log: Event[]) => () => log.at(-1)?.subject === 'the-end';
  const whole: Event[] = [];
  await hear(whole, at_end(whole));
  for (const log of logs) {
    await hear(log, at_end(log));
    expect(log).toEqual(whole);
  }
  // And what they hear is what a fresh fetch shows: as many messages as there are.
  for (const { conversation } of ends) {
    const told = whole.filter(
      ({ type, subject }) => /^message\.(received|sent)$/.test(type) && subject === conversation.id,
    );
    expect(told.map(({ data }) => data.seq)).toEqual(told.map((_, at) => at + 1));
    expect(told.length).toBe(conversation.seq);
  }
}, 7_200_000);
