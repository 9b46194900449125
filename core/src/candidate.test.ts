import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateOf, saysTheSame } from './candidate.ts';
import { masked } from './masked.ts';

test.each([
  [
    'Hi Kim! We sent order A-4471 to kim@x.org; ring +44 20 7946 0958.',
    'Hi [name]! We sent order [order number] to [e-mail]; ring [telephone].',
  ],
  ['Ask Mr. Huda Nasser for it.', 'Ask Mr. [name] for it.'],
  ['Frau Dr. Anna von der Heide prüft es', 'Frau [name] prüft es'],
  ['Mme Léa Petit et M. Duval', 'Mme [name] et M. [name]'],
  ['My name is Huda Nasser and I wait.', 'My name is [name] and I wait.'],
  ['Señora García López le llama', 'Señora [name] le llama'],
  ['The Dr is in. Mr and Mrs only.', 'The Dr is in. Mr and Mrs only.'],
  ['Kimberley paid 20 € on Friday', 'Kimberley paid 20 € on Friday'],
  ['Card 4111 1111 1111 1111 is charged', 'Card [account] is charged'],
])('[W46] %j is kept as %j', (text, wanted) => {
  expect(masked(text, ['Kim Park', null])).toBe(wanted);
});

test('[W46] whatever is written, a mask leaves nothing of what it covers', () => {
  const words = fc.constantFrom(
    'Kim',
    'kim@x.org',
    'order 4471',
    ' ',
    ', ',
    'lamp',
    '+44 20 7946 0958',
  );
  fc.assert(
    fc.property(fc.array(words), (all) => {
      const out = masked(all.join(' '), ['Kim']);
      expect(out).not.toMatch(/(?<!\p{L})kim(?!\p{L})|@x|4471|7946/iu);
      expect(masked(out, ['Kim'])).toBe(out);
    }),
  );
});

test.each([
  [
    'Hello! Can the Aurora lamp hang outdoors? My order is 4471.',
    'Hello Kim! The Aurora stands rain and frost down to -20 degrees. Goodbye',
    {
      title: 'Can the Aurora lamp hang outdoors?',
      text: 'The Aurora stands rain and frost down to -20 degrees.',
    },
  ],
  ['Can the Aurora lamp hang outdoors?', 'Which of the Aurora lamps do you have at home?', null],
  ['Can the Aurora lamp hang outdoors?', 'Yes it can.', null],
  ['And now?', 'The Aurora stands rain and frost down to -20 degrees.', null],
])('[W46] of %j, answered %j, the candidate is %j', (asked, answered, wanted) => {
  expect(candidateOf({ asked, answered }, ['Kim'])).toEqual(wanted);
});

test('[W46] what says the same is known by its words, also with others around them', () => {
  const one = {
    title: 'Can the Aurora hang outdoors?',
    text: 'The Aurora stands rain and frost down to -20 degrees.',
  };
  expect(saysTheSame(one, { title: 'Lamps', text: `${one.text} It hangs well.` })).toBe(true);
  const other = {
    title: one.title,
    text: 'Aurora stands frost, rain too, to -20 degrees outside.',
  };
  expect(saysTheSame(one, other)).toBe(true);
  expect(saysTheSame(one, { title: one.title, text: 'No: only indoors, as it rusts.' })).toBe(
    false,
  );
});
