import type { CaseRow, Message, Output, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let there: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  second = await serveBeside(server.database_url);
  admin = await server.keyFor('admin');
  there = caller(second.url, admin.key);
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const bot = {
  title: 'Helper',
  gate: 'postured',
  intents: [
    { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
    { name: 'refund', examples: ['refund please', 'my money back'], answer: 'In 30 days.' },
  ],
};
const every_day = (spans: [string, string][]) => ({
  zone: 'UTC',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, spans]),
  ),
});

/** Open on a day within a week that is not today. */
const closed_now = {
  ...every_day([]),
  exceptions: [
    {
      date: new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10),
      open: [['09:00', '10:00']],
    },
  ],
};

interface Cell {
  /** What the bot is, beside how it always is. */
  bot?: object;
  contact?: object;
  change?: object;
  says?: string;
}
/** One thing that posture may follow from: the rule that tells it, and a conversation on either side. */
interface Dimension {
  when: object;
  inside: Cell;
  outside: Cell;
}
const dimensions: Record<string, Dimension> = {
  topic: {
    when: { field: 'metadata.topic', op: '=', value: 'refund' },
    inside: { says: 'refund please' },
    outside: {},
  },
  'what no intent is for': {
    when: { field: 'metadata.topic', op: '=', value: 'other' },
    inside: { says: 'hello' },
    outside: {},
  },
  confidence: {
    when: { field: 'confidence', op: '>=', value: 1 },
    inside: { says: 'hello' },
    outside: {},
  },
  hour: {
    when: { field: 'metadata.hours', op: '=', value: 'closed' },
    inside: { bot: { hours: closed_now } },
    outside: { bot: { hours: every_day([['00:00', '24:00']]) } },
  },
  attribute: {
    when: {
      all: [
        { field: 'metadata.contact.attributes.vip', op: 'exists' },
        { field: 'metadata.contact.attributes.vip', op: '=', value: true },
      ],
    },
    inside: { contact: { external_id: 'k-1', attributes: { vip: true } } },
    outside: { contact: { external_id: 'k-2' } },
  },
  'who it is': {
    when: { field: 'metadata.contact.verified', op: '=', value: false },
    inside: { contact: { name: 'Anyone' } },
    outside: { contact: { external_id: 'k-3' } },
  },
  label: {
    when: { field: 'metadata.labels', op: 'contains', value: 'vip' },
    inside: { change: { labels: ['vip'] } },
    outside: { change: { labels: ['new'] } },
  },
};

/** A customer's words, said to whichever server, and what came of them. */
async function ask(by: Caller, { contact = {}, change, says = 'where is my order' }: Cell) {
  const begun = await by.call<{ id: string }>('POST /conversations', { bot: 'helper', contact });
  const { id } = begun.body;
  if (change) expect((await by.call(`PATCH /conversations/${id}`, change)).status).toBe(200);
  const body = { from: 'contact', body: { kind: 'text', text: says } };
  const said = await by.call<Message>(`POST /conversations/${id}/messages`, body);
  expect(said.status).toBe(201);
  return id;
}

type Came = 'auto' | 'draft' | 'off';
async function cameOf(id: string): Promise<{ came: Came; why: string; lines: string[] }> {
  return until(async () => {
    const { body } = await admin.call<Transcript>(`GET /conversations/${id}`);
    const lines = body.messages.flatMap(({ body: one }) => (one.kind === 'line' ? one.line : []));
    if (body.messages.some(({ author_kind }) => author_kind === 'bot')) {
      return { came: 'auto' as const, why: '', lines };
    }
    if (body.conversation.hand_off) {
      const { output_id } = body.conversation.hand_off;
      const asked = (await admin.call<Output>(`GET /outputs/${output_id}`)).body;
      return { came: 'off' as const, why: String((asked.content as { why?: string }).why), lines };
    }
    const held = await admin.call<Page<CaseRow>>('GET /cases?gate=postured&state=waiting');
    for (const { id: case_id } of held.body.rows) {
      const found = await admin.call<{ output_id: string; reasons: string[] }>(
        `GET /cases/${case_id}`,
      );
      const output = await admin.call<Output>(`GET /outputs/${found.body.output_id}`);
      if (output.body.conversation_id !== id) continue;
      return { came: 'draft' as const, why: found.body.reasons.join(', '), lines };
    }
    return undefined;
  });
}

const thens = { auto: 'pass', draft: 'hold', off: 'block' } as const;
const postures = ['auto', 'draft', 'off'] as const;
/** The other side of each cell shall differ from it. */
const otherwise = { auto: 'hold', draft: 'pass', off: 'pass' } as const;
const put = (by: Caller, rules: object[], rest: 'pass' | 'hold' | 'block') =>
  by.call('PUT /gates/postured', { policy: { mode: 'rules', rules, otherwise: rest } });

test.each(
  Object.keys(dimensions).flatMap((name) => postures.map((posture) => [name, posture] as const)),
)(
  '[W49] by %s a bot is on %s, the case says why, and else it is as the rest is',
  async (name, posture) => {
    const { when, inside, outside } = dimensions[name] as Dimension;
    const reason = `here it is on ${posture}`;
    const rule = { when, then: thens[posture], reason };
    expect((await put(admin, [rule], otherwise[posture])).status).toBeLessThan(300);
    await admin.call('PUT /bots/helper', { ...bot, hand_off_below: 0.1, ...inside.bot });
    // On either server, from the turn after the change.
    const { came, why, lines } = await cameOf(await ask(there, inside));
    expect([came, lines]).toEqual([posture, posture === 'off' ? ['handed_off'] : []]);
    if (came !== 'auto') expect(why).toContain(reason);
    await admin.call('PUT /bots/helper', { ...bot, hand_off_below: 0.1, ...outside.bot });
    const other = await cameOf(await ask(there, outside));
    expect(other.came).toBe(posture === 'auto' ? 'draft' : 'auto');
  },
);

test.each(postures)(
  '[W49] a bot on %s is so in each conversation but those that differ',
  async (own) => {
    await put(admin, [{ when: { field: 'confidence', op: '<', value: 0 }, then: 'hold' }], 'pass');
    await admin.call('PUT /bots/helper', { ...bot, posture: own, hand_off_below: 0.1 });
    const words = { auto: '', draft: 'this assistant only drafts', off: 'it is off' };
    const as_bot = await cameOf(await ask(there, {}));
    expect([as_bot.came, as_bot.why.includes(words[own])]).toEqual([own, true]);
    for (const posture of postures) {
      const { came, why } = await cameOf(await ask(there, { change: { posture } }));
      expect(came).toBe(posture);
      if (came !== 'auto') expect(why).toContain('in this conversation');
    }
  },
);

test('[W49] a rule that no gate can judge by is refused by its field', async () => {
  const rule = { when: { field: 'metadata.topic', op: 'is', value: 'refund' }, then: 'hold' };
  const refused = await put(admin, [rule], 'pass');
  expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([
    422,
    'policy.rules.0.when.op',
  ]);
  const wrong = await admin.call('PUT /bots/helper', { ...bot, posture: 'shy' });
  expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([422, 'posture']);
});
