import { expect, test } from 'vitest';
import { isStalling } from './stalling.ts';

test.each([
  'Let me see who can answer that.',
  'Hello, this is Rita. One moment please.',
  'One moment',
  'Hi Maeve, give me a minute please',
  'I’ll check that for you',
  'I will ask my colleagues.',
  'Bear with me',
  'Hello!',
  'I’m looking into it',
  'Hallo, einen Moment bitte',
  'Ich schaue kurz nach',
  'Je vérifie',
  'Un momento, por favor',
  'Só um momento',
  'Un attimo per favore',
  'لحظة من فضلك',
])('[W121] %j answers nothing', (text) => {
  expect(isStalling(text)).toBe(true);
});

test.each([
  'It takes 4 to 6 days.',
  'One moment: it takes 4 to 6 days.',
  'Hello, this is Rita. It takes four days.',
  'I will send you a new one today.',
  'I checked: it left on Monday.',
  'Let me see. It is in stock.',
  'Wait five days after ordering.',
  'A minute of boiling is enough.',
  'Give it a minute on high heat',
  'I am sorry, we do not deliver to Brazil',
  'Yes',
  'Ich schicke Ihnen heute ein neues.',
  '',
])('[W121] %j may be an answer', (text) => {
  expect(isStalling(text)).toBe(false);
});

test('[W121] however long and strange a text is, it is read at once', () => {
  for (const text of ['let me see ', 'ok, ', 'one ', 'I will check ', 'ich schaue ']) {
    expect([true, false]).toContain(isStalling(text.repeat(1_500)));
  }
});
