import { type ChatMessage, type Message, makeId, type Transcript } from '@wheelhouse/core';
import { seededChance, shuffle } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { shakyLine } from '../../server/src/testing/shaky-line.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { type Chatting, chatting } from './visitor.ts';

/** 100,000 take a quarter of an hour; WHEELHOUSE_TEST_MESSAGES=100000 asks for them. */
const count = Number(process.env.WHEELHOUSE_TEST_MESSAGES ?? 2_000);
const conversations = 16;
const most_sends = 3;
const senders = 32;
/** How many sends there are between two cuts of the line. */
const between_cuts = 150;
const seed = Number(process.env.WHEELHOUSE_TEST_SEED ?? Date.now() % 1_000_000);

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  const settings = { WHEELHOUSE_RATE_LIMIT: '100000000' };
  server = await startServer({ url_pattern: inject('engine'), settings });
  admin = await server.keyFor('admin');
  // Whatever is said goes to a person, so that every other message is the customer's.
  await admin.call('PUT /bots/default', { title: 'Silent', posture: 'off' });
});
afterAll(() => server?.stop());

interface Sending {
  to: Chatting;
  id: string;
  text: string;
}

async function readAll(id: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const after = all.at(-1)?.seq ?? 0;
    const { body } = await admin.call<Transcript>(`GET /conversations/${id}?after=${after}`);
    all.push(...body.messages);
    if (!body.messages.length) return all;
  }
}

test(`[W60] [W1] [W2] ${count} messages sent up to three times, out of order, over lines that break: none lost, none doubled, no gap`, async () => {
  const chance = seededChance(seed);
  const line = await shakyLine(server.url);
  const chats = await Promise.all(
    Array.from({ length: conversations }, () => chatting(server.url)),
  );
  const messages = Array.from({ length: count }, (_, at): Sending => {
    const bytes = Uint8Array.from({ length: 10 }, () => chance() % 256);
    const id = makeId('message', Date.now(), bytes);
    return { to: chats[at % conversations] as Chatting, id, text: `message ${at}` };
  });
  // Each up to three times, and all of them shuffled, so that repeats come early, late and at once.
  const sends = messages.flatMap((_, at) => Array(1 + (chance() % most_sends)).fill(at));
  const order = shuffle(Int32Array.from(sends), chance);
  const seq_of = new Map<string, Set<number>>();
  const refused: unknown[] = [];
  let next = 0;
  let unanswered = 0;
  const sendOne = async ({ to, id, text }: Sending): Promise<void> => {
    const by = caller(line.url, to.by.key);
    for (;;) {
      const path = `POST /chat/conversations/${to.id}/messages`;
      const sent = by.call<ChatMessage>(path, { id, body: { kind: 'text', text } });
      const answer = await sent.catch(() => undefined);
      if (answer?.status === 201) {
        seq_of.set(id, (seq_of.get(id) ?? new Set()).add(answer.body.seq));
        return;
      }
      // Cut off, nobody knows whether it arrived, and it is sent again as a browser does.
      if (answer && answer.status !== 503) refused.push(answer);
      unanswered += 1;
    }
  };
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (let at = next++; at < order.length; at = next++) {
        if (at % between_cuts === between_cuts - 1) line.cut();
        await sendOne(messages[order[at] as number] as Sending);
      }
    }),
  );
  await line.stop();
  expect(refused).toEqual([]);
  expect(unanswered, `nothing was cut with seed ${seed}`).toBeGreaterThan(0);
  for (const { id } of chats) {
    const all = await readAll(id);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    const said = all.filter(({ author_kind }) => author_kind === 'contact');
    const sent = messages.filter(({ to }) => to.id === id);
    expect(said.map((one) => one.id).toSorted()).toEqual(sent.map((one) => one.id).toSorted());
    // Whoever sent it again was told where it stands, each time the same.
    for (const one of said) expect([...(seq_of.get(one.id) ?? [])]).toEqual([one.seq]);
    const texts = new Map(sent.map((one) => [one.id, one.text]));
    for (const { id: of, body } of said)
      expect(body).toEqual({ kind: 'text', text: texts.get(of) });
  }
}, 7_200_000);
