import type { Brief, Conversation, ConversationReport, Output, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let admin: Caller;
const best = 'a person serves our best customers';
const lamps = {
  name: 'lamps',
  examples: ['how long does the lamp burn', 'how many hours does a lamp burn'],
  answer: 'A lamp burns for eight hours.',
};
const other = {
  name: 'delivery',
  examples: ['when is my parcel delivered', 'when does the delivery come'],
  answer: 'Parcels come within two days.',
};
const intents = [lamps, other];
const is_best = { field: 'metadata.contact.attributes.tier', op: '=', value: 'best' };
const pass_plain = { field: 'metadata.contact.attributes.tier', op: '=', value: 'plain' };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const rules = [
    { when: is_best, then: 'block', reason: best },
    { when: pass_plain, then: 'pass' },
  ];
  await admin.call('PUT /gates/ruled', { policy: { mode: 'rules', rules, otherwise: 'block' } });
  await admin.call('PUT /bots/ruled', { gate: 'ruled', intents, hand_off_below: 0.1 });
  await admin.call('PUT /bots/mute', { gate: 'ruled', intents, posture: 'off' });
});
afterAll(() => server?.stop());

/** A question of a customer of some tier, once a person is asked for, or once it is answered. */
async function asked(bot: string, tier: string) {
  const contact = { external_id: `${bot}-${tier}`, attributes: { tier } };
  const begun = await admin.call<Conversation>('POST /conversations', { bot, contact });
  const { id } = begun.body;
  const said = { from: 'contact', body: { kind: 'text', text: 'how long does the lamp burn' } };
  await admin.call(`POST /conversations/${id}/messages`, said);
  const { conversation } = await until(async () => {
    const now = (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
    const answered = now.messages.some(({ author_kind }) => author_kind === 'bot');
    return now.conversation.hand_off || answered ? now : undefined;
  });
  const { body } = await admin.call<{ brief: Brief | null }>(`GET /conversations/${id}/brief`);
  return { reason: conversation.reason, why: body.brief?.why, hand_off: conversation.hand_off };
}

test('[W90] a rule’s hand-off is by rule and says its words, a block is a block, a bot that is off is off', async () => {
  const from = new Date(Date.now() - 60_000).toISOString();
  const by_rule = await asked('ruled', 'best');
  expect([by_rule.reason, by_rule.why]).toEqual(['rule', best]);
  const output = await admin.call<Output>(`GET /outputs/${by_rule.hand_off?.output_id}`);
  expect(output.body.content).toEqual({ why: expect.stringContaining(best) });
  expect(await asked('ruled', 'odd')).toMatchObject({
    reason: 'blocked',
    why: 'no rule lets it through',
  });
  expect((await asked('mute', 'best')).reason).toBe('off');
  expect(await asked('ruled', 'plain')).toMatchObject({ reason: null, hand_off: null });
  const query = new URLSearchParams({ from, to: new Date(Date.now() + 60_000).toISOString() });
  const report = await admin.call<ConversationReport>(`GET /reports/conversations?${query}`);
  const counted = report.body.reasons.map(({ reason, n }) => [reason, n]);
  expect(counted.toSorted()).toEqual([
    ['blocked', 1],
    ['off', 1],
    ['rule', 1],
  ]);
});

test('[W90] a bot that is tried says the same', async () => {
  const trial = async (bot: string, tier: string) => {
    const body = { text: 'how long does the lamp burn', contact: { attributes: { tier } } };
    const tried = await admin.call<{ hands_off: { reason: string } }>(
      `POST /bots/${bot}/try`,
      body,
    );
    return tried.body.hands_off?.reason;
  };
  expect(await Promise.all([trial('ruled', 'best'), trial('ruled', 'odd')])).toEqual([
    'rule',
    'blocked',
  ]);
  expect(await trial('mute', 'best')).toBe('off');
});
