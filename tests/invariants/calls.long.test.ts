import { ConversationSubmission, GateDefinition, type Message, wordsOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnEngine, type TestEngine } from '../../server/src/testing/engine.ts';
import { type Stepped, startStepped } from '../../server/src/testing/steps.ts';
import { atEveryStep, type Walk } from './every-step.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';

let engine: TestEngine;
let shop: ToolServer;
let world: Stepped;
beforeAll(async () => {
  // Nobody else's transactions hide what was just committed from whoever carries it out.
  engine = await startOwnEngine();
  shop = await toolServer();
  world = await startStepped(engine.url_pattern, { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' });
  const never = GateDefinition.parse({ title: 'Replies', policy: { mode: 'never' } });
  await world.gate('tool-replies', never);
  await world.gate('parcel', never);
  const bot = toolBot(shop.url);
  const refunds = refund_gate({ arguments_schema: bot.tools[0]?.arguments_schema });
  // What is approved is begun at once here, with no time to take it back.
  const policy = { ...refunds.policy, undo_ms: 0 };
  await world.gate('refund', GateDefinition.parse({ ...refunds, policy }));
  await world.bot('shop', bot);
  shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
});
afterAll(async () => {
  await world?.stop();
  await shop?.stop();
  await engine?.stop();
});

const begin = () => {
  shop.called.length = 0;
  return world.begin(ConversationSubmission.parse({ bot: 'shop', contact: { name: 'Kim' } }));
};
type Begun = Awaited<ReturnType<typeof begin>>;

/** What holds once the bot was told to leave it: up to where it had spoken, and whether it had begun. */
interface Acknowledged {
  seq: number;
  begun: boolean;
}
const callOf = async ({ id }: Begun) => (await world.outputs('refund', id))[0];
const hasBegun = async (begun: Begun) => Boolean((await callOf(begun))?.claimed_at);

const take = async (begun: Begun): Promise<Acknowledged> => {
  const { seq } = await begun.take(world.member('ana'));
  return { seq, begun: await hasBegun(begun) };
};
const stop = async (begun: Begun): Promise<Acknowledged> => {
  await world.stopBot('shop');
  const { messages } = await begun.read();
  return { seq: messages.length, begun: await hasBegun(begun) };
};

const small = ({ say }: Begun) => say('refund my order a-123, 12 please');
const large = async ({ say }: Begun) => {
  await say('refund my order a-123, 150 please');
  await world.carry();
};
/** Decides the call that waits, as a reviewer does, and has it carried out. */
async function approve(): Promise<void> {
  const { rows } = await world.cases('refund');
  const by = world.member('ben');
  // One that was withdrawn meanwhile is decided no more.
  await Promise.allSettled(rows.map(({ id }) => world.answer(by, id, { verdict: 'approve' })));
  await world.carry();
}

const spokenBy = (messages: Message[], audience: Message['audience']) =>
  messages.filter((one) => one.author_kind === 'bot' && one.audience === audience);

/** A call that had not begun never does; one that had is carried out once, and told: to the customer
 *  before the wheel was taken, or to whoever has it. */
async function fencedAt(begun: Begun, { seq, begun: had }: Acknowledged, step: number) {
  const { messages } = await begun.read();
  const where = `at step ${step}`;
  expect(messages.map((one) => one.seq)).toEqual(messages.map((_, index) => index + 1));
  expect(shop.called.length, where).toBe(had ? 1 : 0);
  expect(await hasBegun(begun), where).toBe(had);
  const told = spokenBy(messages, 'all');
  expect(
    told.filter((one) => one.seq > seq),
    `a word after the takeover ${where}`,
  ).toEqual([]);
  expect((await world.cases('refund')).rows, where).toEqual([]);
  const notes = spokenBy(messages, 'team').map(({ body }) => wordsOf(body));
  const called_off = notes.filter((words) => words.includes('It was not done.'));
  expect(called_off.length, `called off ${where}`).toBeLessThanOrEqual(had ? 0 : 1);
  return { told: told.length, noted: notes.length - called_off.length };
}

const walk = (
  over: Pick<Walk<Begun, Acknowledged>, 'before' | 'path' | 'act' | 'check'>,
): Promise<number> => atEveryStep(world, { begin, rest: () => world.carry(), ...over });

/** At some steps it was carried out, at others not any more. */
const someOf = (done: number, met: number) => {
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(met);
};

test('[W51] a takeover at each step of a call: it was begun before it and is told once, or is not carried out', async () => {
  let done = 0;
  const met = await walk({
    before: small,
    path: () => world.carry(),
    act: take,
    async check(begun, taken, step) {
      const { told, noted } = await fencedAt(begun, taken, step);
      expect(told + noted, `told at step ${step}`).toBe(taken.begun ? 1 : 0);
      done += shop.called.length;
    },
  });
  expect(met).toBeGreaterThan(40);
  someOf(done, met);
}, 600_000);

test('[W51] a takeover at each step of an approval: the call was begun before it and is told once, or is not carried out', async () => {
  let done = 0;
  const met = await walk({
    before: large,
    path: approve,
    act: take,
    async check(begun, taken, step) {
      const { told, noted } = await fencedAt(begun, taken, step);
      expect(told + noted, `told at step ${step}`).toBe(taken.begun ? 1 : 0);
      done += shop.called.length;
    },
  });
  expect(met).toBeGreaterThan(30);
  someOf(done, met);
}, 600_000);

test.each([
  ['a call', small, () => world.carry(), 40],
  ['an approval', large, approve, 30],
] as const)(
  '[W9] bots are stopped at each step of %s: it was begun before, or is not carried out',
  async (_what, before, path, least) => {
    let done = 0;
    const met = await walk({
      before,
      path,
      act: stop,
      async check(begun, stopped, step) {
        await fencedAt(begun, stopped, step);
        await world.resumeBot('shop');
        done += shop.called.length;
      },
    });
    expect(met).toBeGreaterThan(least);
    someOf(done, met);
  },
);
