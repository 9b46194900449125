import { expect, test } from 'vitest';
import { openQuestionIn } from './open-question.ts';

test.each([
  ['Do you sell stoves to Norway?', 'Do you sell stoves to Norway?'],
  ['I bought a stove last week. Is it waterproof? Thanks!', 'Is it waterproof?'],
  ['and do you ship to norway', 'and do you ship to norway'],
  ['how long does the lamp burn', 'how long does the lamp burn'],
  ['which size should i take', 'which size should i take'],
  ['Liefern Sie auch nach Norwegen?', 'Liefern Sie auch nach Norwegen?'],
  ['wie lange dauert der versand', 'wie lange dauert der versand'],
  ['est-ce que vous livrez en norvège', 'est-ce que vous livrez en norvège'],
  ['cuánto cuesta el envío', 'cuánto cuesta el envío'],
  ['您发货到挪威吗', '您发货到挪威吗'],
  ['ノルウェーへ発送できますか', 'ノルウェーへ発送できますか'],
])('[W99] %j asks something', (text, asked) => {
  expect(openQuestionIn(text)).toBe(asked);
});

test.each([
  'Hi, I bought a stove last week.',
  'I bought a stove last week',
  'When I opened the box it was broken.',
  'What a mess.',
  'My order is KC-20418.',
  'Can you help me?',
  'Can I ask you something?',
  'Is anyone there?',
  'Are you there?',
  'Hello?',
  'KC-20418?',
  'ok?',
  'Right?',
  '???',
  'Danke!',
  'Ich habe letzte Woche einen Herd gekauft.',
  '我上周买了一个炉子。',
  '',
])('[W99] %j asks nothing that can be known', (text) => {
  expect(openQuestionIn(text)).toBeUndefined();
});
