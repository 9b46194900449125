import { ConversationSubmission, type Message } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atEveryStep as walkEveryStep } from './every-step.ts';
import { type SteppedShop, startSteppedShop } from './stepped-shop.ts';

let world: SteppedShop;
beforeAll(async () => {
  world = await startSteppedShop(shop);
});
afterAll(() => world?.stop());

const shop = {
  title: 'Shop bot',
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'has my order shipped', 'track order'],
      answer: 'It is on its way.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return this'],
      answer: 'You can return it within 30 days.',
    },
  ],
};

const begin = (bot: string) =>
  world.begin(ConversationSubmission.parse({ bot, contact: { name: 'Kim' } }));
type Begun = Awaited<ReturnType<typeof begin>>;

const botsOf = (messages: Message[]) => messages.filter(({ author_kind }) => author_kind === 'bot');

const atEveryStep = <Found>(
  bot: string,
  before: (begun: Begun) => Promise<unknown>,
  path: (begun: Begun) => Promise<unknown>,
  act: (begun: Begun) => Promise<Found>,
  check: (begun: Begun, found: Found, step: number) => Promise<void>,
): Promise<number> =>
  walkEveryStep(world, { begin: () => begin(bot), before, path, act, rest: send, check });

const send = () => world.send();
const ask = ({ say }: Begun) => say('where is my order');
const take = (begun: Begun) => begun.take(world.member('ana'));

/** After the takeover's line no word of the bot's; numbers without a gap; no draft left open. */
async function noWordAfter(begun: Begun, seq: number, step: number): Promise<Message[]> {
  const { messages, conversation } = await begun.read();
  expect(messages.map((one) => one.seq)).toEqual(messages.map((_, index) => index + 1));
  const late = botsOf(messages).filter((one) => one.seq > seq);
  expect(late, `a word after the takeover at step ${step}`).toEqual([]);
  expect(botsOf(messages).length).toBeLessThanOrEqual(1);
  expect(conversation.owner).toMatchObject({ kind: 'member' });
  for (const gate of ['drafts', 'hand-offs']) expect((await world.cases(gate)).rows).toEqual([]);
  return messages;
}

test('[W4] a takeover at each step of a reply: no word of the bot’s follows it', async () => {
  let said = 0;
  const met = await atEveryStep('shop', ask, send, take, async (begun, taken, step) => {
    const messages = await noWordAfter(begun, taken.seq, step);
    said += botsOf(messages).length;
  });
  expect(met).toBeGreaterThan(30);
  // At some steps the reply was said already, at others not any more.
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(met);
});

test('[W4] another server that reads the log at each step of a reply: it is said once, and nothing is dropped', async () => {
  const elsewhere = () => world.sayElsewhere();
  let first = 0;
  const met = await atEveryStep('shop', ask, send, elsewhere, async (begun, passed, step) => {
    const { messages } = await begun.read();
    expect(botsOf(messages).length, `at step ${step}`).toBe(1);
    expect(await world.logged(begun.id)).not.toContain('message.dropped');
    first += Number(passed) > 0 ? 1 : 0;
  });
  expect(met).toBeGreaterThan(30);
  // At some steps there was something in the log for it to say.
  expect(first).toBeGreaterThan(0);
});

/** Decides the draft that waits, as a reviewer does, and has it said. */
async function approve(): Promise<void> {
  const { rows } = await world.cases('drafts');
  // A draft that was withdrawn meanwhile is decided no more.
  const by = world.member('ben');
  await Promise.allSettled(rows.map(({ id }) => world.answer(by, id, { verdict: 'approve' })));
  await send();
}

test('[W4] a takeover at each step of an approval: the draft is said before it or not at all', async () => {
  let said = 0;
  const before = async (begun: Begun) => {
    await ask(begun);
    await world.send();
  };
  const met = await atEveryStep('drafter', before, approve, take, async (begun, taken, step) => {
    said += botsOf(await noWordAfter(begun, taken.seq, step)).length;
  });
  expect(met).toBeGreaterThan(15);
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(met);
});

test('[W5] more words of the customer at each step of a reply: each newest one is answered, once', async () => {
  const more = ({ say }: Begun) => say('i want a refund');
  const met = await atEveryStep('shop', ask, send, more, async (begun, second, step) => {
    const { messages } = await begun.read();
    expect(messages.map((one) => one.seq)).toEqual(messages.map((_, index) => index + 1));
    const after = botsOf(messages).filter((one) => one.seq > second.seq);
    // Where nothing was said to the first, both are answered together (rule W67).
    const both = /^(It is on its way\.\s+)?You can return it within 30 days\.$/;
    expect(
      after.map(({ body }) => 'text' in body && body.text),
      `at step ${step}`,
    ).toEqual([expect.stringMatching(both)]);
    expect(botsOf(messages).length).toBeLessThanOrEqual(2);
  });
  expect(met).toBeGreaterThan(30);
});

test('[W7] asking for a person at each step of a reply: one hand-off, and nothing of the bot’s after it', async () => {
  const wanted = (begun: Begun) => begun.askForPerson();
  await atEveryStep('shop', ask, send, wanted, async (begun, asked, step) => {
    const { messages, conversation } = await begun.read();
    expect(conversation.owner.kind, `at step ${step}`).toBe('queue');
    expect(botsOf(messages).filter(({ seq }) => seq > asked.seq)).toEqual([]);
    const lines = messages.filter(({ body }) => body.kind === 'line' && body.line === 'handed_off');
    expect(lines.length).toBe(1);
    // Its case is open, and taking the wheel closes it.
    expect((await world.cases('hand-offs')).rows.length).toBe(1);
    await noWordAfter(begun, (await take(begun)).seq, step);
  });
});

test('[W3] two who take it at each step of a hand-off: one has it and the other is told who', async () => {
  const plea = ({ say }: Begun) => say('I want to talk to a human');
  const both = async (begun: Begun) => {
    const by = ['ana', 'ben'].map((name) => world.member(name));
    const taken = await Promise.allSettled(by.map((one) => begun.take(one)));
    return taken.map((one) => (one.status === 'fulfilled' ? 'has' : one.reason.code));
  };
  await atEveryStep('shop', plea, send, both, async (begun, found, step) => {
    expect(found.toSorted(), `at step ${step}`).toEqual(['has', 'wheel_taken']);
    await noWordAfter(begun, 0, step);
  });
});

test('[W6] taken and given back at each step of a reply: it is answered once, however often the wheel went to and fro', async () => {
  const there_and_back = async (begun: Begun) => {
    await take(begun);
    return begun.giveBack(world.member('ana'));
  };
  await atEveryStep('shop', ask, send, there_and_back, async (begun, _back, step) => {
    const { messages } = await begun.read();
    expect(botsOf(messages).length, `at step ${step}`).toBe(1);
  });
});

test('[W4] resolved at each step of a reply: nothing is said in it afterwards', async () => {
  const end = (begun: Begun) => begun.resolve(world.member('ana'));
  await atEveryStep('shop', ask, send, end, async (begun, ended, step) => {
    const { messages } = await begun.read();
    expect(
      botsOf(messages).filter(({ seq }) => seq > ended.seq),
      `at step ${step}`,
    ).toEqual([]);
  });
});
