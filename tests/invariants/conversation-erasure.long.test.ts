import { ConversationSubmission } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atEveryStep } from './every-step.ts';
import { dumped } from './record.ts';
import { type SteppedShop, startSteppedShop } from './stepped-shop.ts';

let world: SteppedShop;
beforeAll(async () => {
  world = await startSteppedShop(shop);
});
afterAll(() => world?.stop());

const shop = {
  title: 'Shop bot',
  clarifies: false,
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'has my order shipped', 'track order'],
      answer: 'It is on its way, {contact.name}.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return this'],
      answer: 'You can return it within 30 days.',
    },
  ],
};

let walks = 0;
/** A conversation whose every word stands nowhere else. */
async function begin(bot: string) {
  walks += 1;
  const word = `planted${walks}q`;
  // The customer's name stays with them: it is the conversation that is erased.
  const name = `named${walks}q`;
  const begun = await world.begin(ConversationSubmission.parse({ bot, contact: { name } }));
  return { ...begun, word, name };
}
type Begun = Awaited<ReturnType<typeof begin>>;

/** Nothing of it is anywhere, now and when every job has had its turn. */
async function nothingLeft({ word, name, read }: Begun, step: number): Promise<void> {
  await world.send();
  await world.learn();
  const { conversation, messages } = await read();
  expect(conversation.erased_at, `at step ${step}`).not.toBeNull();
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  for (const [table, rows] of await dumped(world.database_url)) {
    expect(rows.includes(word), `${word} in ${table}, erased at step ${step}`).toBe(false);
    if (table === 'contacts') continue;
    expect(rows.includes(name), `${name} in ${table}, erased at step ${step}`).toBe(false);
  }
  for (const gate of ['drafts', 'hand-offs']) expect((await world.cases(gate)).rows).toEqual([]);
}

async function erasedAtEveryStep(
  bot: string,
  before: (begun: Begun) => Promise<unknown>,
  path: (begun: Begun) => Promise<unknown>,
): Promise<number> {
  let last: Begun | undefined;
  const steps = await atEveryStep(world, {
    begin: async () => {
      last = await begin(bot);
      return last;
    },
    before,
    path,
    act: (begun: Begun) => begun.erase(),
    rest: () => world.send(),
    check: (begun, _erased, step) => nothingLeft(begun, step),
  });
  // The last walk met no step at which to erase: nothing of it is left for the next test either.
  await last?.erase();
  return steps;
}

const send = () => world.send();
const ask = ({ say, word }: Begun) => say(`where is my order ${word}`);

test('[A12] erased at each step of a bot’s reply, nothing of it is written back', async () => {
  expect(await erasedAtEveryStep('shop', ask, send)).toBeGreaterThan(10);
});

test('[A12] erased at each step of a draft that is made, nothing of it is written back', async () => {
  expect(await erasedAtEveryStep('drafter', ask, send)).toBeGreaterThan(10);
});

test('[A12] erased at each step of an approval, nothing of the draft is said', async () => {
  const before = async (begun: Begun) => {
    await ask(begun);
    await world.send();
  };
  const approve = async ({ word }: Begun) => {
    const { rows } = await world.cases('drafts');
    const by = world.member('ben');
    const values = { verdict: 'edit', content: `Here it is: ${word}` };
    await Promise.allSettled(rows.map(({ id }) => world.answer(by, id, values)));
    await world.send();
  };
  expect(await erasedAtEveryStep('drafter', before, approve)).toBeGreaterThan(10);
});

test('[A12] erased at each step of a hand-off and its brief, nothing of it is written back', async () => {
  const plea = ({ say, word }: Begun) => say(`I want to talk to a human about ${word}`);
  const handed = async () => {
    await world.send();
    await world.learn();
  };
  expect(await erasedAtEveryStep('shop', plea, handed)).toBeGreaterThan(10);
});
