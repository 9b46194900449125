import type { Brief, Case, CaseRow, Chat, Output, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatStream } from './chat-stream.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let lead: Caller;
const startSecond = () => serveBeside(server.database_url);
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
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  // Another looks after the same clocks, and is restarted in the middle.
  second = await startSecond();
  admin = await server.keyFor('admin');
  lead = await server.keyFor('lead');
  const drafts = { posture: 'draft', intents: [lamps, other] };
  const waiting = { tell_after_ms: 300, silent_after_ms: 9_000 };
  await admin.call('PUT /bots/careful', { ...drafts, waiting });
  const patient = { tell_after_ms: 700, silent_after_ms: 600_000 };
  await admin.call('PUT /bots/patient', { ...drafts, waiting: patient });
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const question = 'how long does the lamp burn?';
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const linesIn = async (id: string) =>
  (await read(id)).messages.flatMap(({ body }) => (body.kind === 'line' ? [body] : []));
const kindsIn = async (id: string) => (await linesIn(id)).map(({ line }) => line);
/** The reply that is held in a conversation, with its case. */
const heldIn = (id: string) =>
  until(async () => {
    const { rows } = (await admin.call<Page<Output>>('GET /outputs?gate=replies&limit=50')).body;
    return rows.find((one) => one.conversation_id === id && one.verdict === 'hold');
  });
const caseOf = async ({ case_id }: Output) =>
  (await admin.call<Case>(`GET /cases/${case_id}`)).body;
const approve = async ({ case_id }: Output) =>
  (await lead.call(`POST /cases/${case_id}/answers`, { values: { verdict: 'approve' } })).status;
const told = (id: string) => until(async () => (await kindsIn(id)).includes('approval'));

test('[W80] of a held reply the customer is told once, then a person is asked for, with it as the suggestion', async () => {
  const talk = await chatting(server.url, 'careful', 'Kim');
  const stream = await chatStream(server.url, talk.by.key, talk.id);
  await talk.say(question);
  const held = await heldIn(talk.id);
  const { conversation: waits } = await read(talk.id);
  expect(waits.draft).toEqual({
    output_id: held.id,
    case_id: held.case_id,
    since: held.created_at,
    tool: null,
    tool_title: null,
  });
  // Whoever has the chat open hears it at once.
  await until(() =>
    stream
      .told()
      .flatMap(({ messages }) => messages)
      .some(({ body }) => body.kind === 'line' && body.line === 'approval'),
  );
  await stream.close();
  await second.close();
  second = await startSecond();
  const { conversation } = await until(async () => {
    const now = await read(talk.id);
    return now.conversation.hand_off ? now : undefined;
  });
  expect(conversation).toMatchObject({ draft: null, hand_off: { reason: 'undecided' } });
  expect(await kindsIn(talk.id)).toEqual(['approval', 'handed_off']);
  expect((await caseOf(held)).state).toBe('resolved');
  const brief = await admin.call<{ brief: Brief }>(`GET /conversations/${talk.id}/brief`);
  expect(brief.body.brief.suggestion?.text).toBe(lamps.answer);
  // From here on they wait as anybody does, and hear of it.
  await until(async () => (await kindsIn(talk.id)).includes('still_waiting'));
});

test('[W80] nothing is said of a reply that is decided at once, nor after it was', async () => {
  const quick = await chatting(server.url, 'patient', 'Quick');
  await quick.say(question);
  expect(await approve(await heldIn(quick.id))).toBe(200);
  const slow = await chatting(server.url, 'patient', 'Slow');
  await slow.say(question);
  const held = await heldIn(slow.id);
  await told(slow.id);
  // The first one's clock would have been due before.
  expect(await kindsIn(quick.id)).toEqual([]);
  // Who writes on meanwhile is not told again, though another reply is held by then.
  await slow.say('and when is my parcel delivered?');
  await until(async () => (await heldIn(slow.id)).id !== held.id);
  const next = await chatting(server.url, 'patient', 'Next');
  await next.say(question);
  await told(next.id);
  expect(await approve(await heldIn(slow.id))).toBe(200);
  await until(async () => (await read(slow.id)).messages.at(-1)?.author_kind === 'bot');
  expect(await kindsIn(slow.id)).toEqual(['approval']);
  // What they ask after that is another matter.
  await slow.say(question);
  await until(async () => (await kindsIn(slow.id)).length === 2);
  expect((await read(slow.id)).conversation.owner.kind).toBe('bot');
});

test('[W80] [W12] outside the hours of its people the customer is told when they are back, and may be called back', async () => {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const in_three_days = names[(new Date().getUTCDay() + 3) % 7] as string;
  const hours = { zone: 'UTC', weekly: { [in_three_days]: [['09:00', '17:00']] } };
  const waiting = { tell_after_ms: 300, silent_after_ms: 60_000 };
  await admin.call('PUT /bots/closed', {
    posture: 'draft',
    intents: [lamps, other],
    waiting,
    hours,
  });
  const talk = await chatting(server.url, 'closed', 'Night');
  await talk.say(question);
  await told(talk.id);
  const [line] = await linesIn(talk.id);
  const back_ms = Date.parse(line?.back_at ?? '');
  expect(new Date(back_ms).getUTCHours()).toBe(9);
  const { chat } = (await talk.by.call<{ chat: Chat }>(`GET /chat/conversations/${talk.id}`)).body;
  expect(chat).toMatchObject({ call_back: 'offered', owner: { kind: 'bot' } });
  const { due_at } = await caseOf(await heldIn(talk.id));
  // A night is no part of the time that people have for it.
  const beyond_ms = Date.parse(due_at ?? '') - back_ms;
  expect(beyond_ms).toBeGreaterThanOrEqual(60_000);
  expect(beyond_ms).toBeLessThan(600_000);
});

test('[W81] a reply that is held waits among the hand-offs, due when it is handed off', async () => {
  await admin.call('PUT /gates/old', { policy: { mode: 'always' } });
  for (let at = 0; at < 3; at++) await admin.call('POST /gates/old/outputs', { content: `${at}` });
  const talk = await chatting(server.url, 'patient', 'Late');
  await talk.say(question);
  const held = await heldIn(talk.id);
  const { rows } = (await admin.call<Page<CaseRow>>('GET /cases?view=waiting&limit=50')).body;
  const at = (wanted: (row: CaseRow) => boolean) => rows.findIndex(wanted);
  expect(at(({ id }) => id === held.case_id)).toBeLessThan(at(({ gate }) => gate === 'old'));
  const { due_at, created_at } = await caseOf(held);
  const asked = (await read(talk.id)).messages[0]?.at ?? '';
  expect(Date.parse(due_at ?? '') - Date.parse(asked)).toBeGreaterThan(590_000);
  expect(Date.parse(due_at ?? '') - Date.parse(created_at)).toBeLessThanOrEqual(600_000);
  // A gate that gives people less time keeps to it.
  await admin.call('PUT /gates/brisk', {
    policy: { mode: 'always', deadline: { expire_after_ms: 60_000 } },
  });
  await admin.call('PUT /bots/brisk', { gate: 'brisk', intents: [lamps, other] });
  const brisk = await chatting(server.url, 'brisk', 'Brisk');
  await brisk.say(question);
  const sooner = await until(async () => {
    const page = (await admin.call<Page<Output>>('GET /outputs?gate=brisk&limit=5')).body;
    return page.rows.find((one) => one.conversation_id === brisk.id);
  });
  const of_gate = await caseOf(sooner);
  expect(Date.parse(of_gate.due_at ?? '') - Date.parse(of_gate.created_at)).toBe(60_000);
});
