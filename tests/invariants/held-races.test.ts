import { ConversationSubmission } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SteppedShop, startSteppedShop } from './stepped-shop.ts';

let world: SteppedShop;
beforeAll(async () => {
  world = await startSteppedShop({
    title: 'Shop bot',
    intents: [
      {
        name: 'where',
        examples: ['where is my order', 'where is my parcel', 'track order'],
        answer: 'It is on its way.',
      },
      {
        name: 'refund',
        examples: ['i want a refund', 'give me my money back', 'refund please'],
        answer: 'You can return it within 30 days.',
      },
    ],
  });
});
afterAll(() => world?.stop());

test('[W83] what a bot drafts once the wheel came back is not withdrawn with what it drafted before', async () => {
  const talk = await world.begin(ConversationSubmission.parse({ bot: 'drafter' }));
  await talk.say('where is my order');
  await world.send();
  const [before] = (await world.cases('drafts')).rows;
  const ana = world.member('ana');
  await talk.take(ana);
  await talk.giveBack(ana);
  // What was drafted before waits no more, also where nobody has come to withdraw it yet.
  expect((await talk.read()).conversation.draft).toBeNull();
  // The bot takes its turn before it is read in the log that the wheel went, and came back.
  await world.send();
  const drafts = await world.outputs('drafts', talk.id);
  expect(drafts.map(({ outcome }) => outcome?.status)).toEqual([undefined, 'cancelled']);
  expect(drafts.at(-1)?.case_id).toBe(before?.id);
  const { conversation } = await talk.read();
  expect(conversation.draft).toMatchObject({ output_id: drafts[0]?.id });
});
