import { expect, test } from 'vitest';
import { groundedConfidence } from './grounding.ts';
import { joinSentences, questionsIn, sentencesOf, wholeSentences } from './sentence.ts';

test.each([
  ['One. Two? Three', ['One.', 'Two?', 'Three']],
  ['It costs 3.50 euros. KC-20418 e.g.', ['It costs 3.50 euros.', 'KC-20418 e.g.']],
  ['如何退货？运费多少？', ['如何退货？', '运费多少？']],
  ['「はい。」と言った。次は？', ['「はい。」', 'と言った。', '次は？']],
  ['كم السعر؟ متى يصل؟', ['كم السعر؟', 'متى يصل؟']],
  ['a line\nanother', ['a line', 'another']],
  ['', ['']],
])('[W93] the sentences of %j', (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences);
});

test('[W93] sentences are put together as their script writes them', () => {
  expect(joinSentences(['One.', 'Two.'])).toBe('One. Two.');
  expect(joinSentences(['一。', '二。'])).toBe('一。二。');
  expect(joinSentences([])).toBe('');
});

test.each([
  ['You can. [1] And', 'You can. [1]'],
  ['You can.', ''],
  ['You can. [1', ''],
  ['您可以退货。', ''],
  ['您可以退货。[1', ''],
  ['您可以退货。[1]请', '您可以退货。[1]'],
  ['您可以退货。请保留', '您可以退货。'],
  ['他说「好。', ''],
  ['他说「好。」然后', '他说「好。」'],
  ['一行\n二', '一行'],
])('[W93] of %j is shown while it is written: %j', (text, shown) => {
  expect(wholeSentences(text)).toBe(shown);
});

test('[W93] words without spaces are checked against what they cite, too', () => {
  const passages = [
    {
      title: '退货政策',
      text: '您可以在收到商品后三十天内退货。请保留原包装和收据。',
      citation: { title: '退货政策', url: null },
    },
  ];
  const sure = (answer: string) =>
    groundedConfidence(answer, { passages, asked: '如何退货', found: 0.9 });
  expect(sure('收到商品后三十天内可以退货，请保留收据。[1]')).toBeGreaterThan(0.8);
  expect(sure('我们的公园每天早上八点开门，门票免费。[1]')).toBeLessThan(0.2);
  expect(sure('您可以在90天内退货。[1]')).toBeLessThan(0.5);
});

test.each([
  [
    'How do I return a pan? How long does delivery take? How do I clean it?',
    ['How do I return a pan?', 'How long does delivery take?', 'How do I clean it?'],
  ],
  [
    'Hi. I bought a pan. How do I return it? And is delivery free? Thanks!',
    ['Hi. I bought a pan. How do I return it?', 'And is delivery free? Thanks!'],
  ],
  ['如何退货？运费多少？', ['如何退货？', '运费多少？']],
  ['One question only? It is about a pan.', ['One question only? It is about a pan.']],
  ['No question. None.', ['No question. None.']],
  ['???', ['???']],
  ['', ['']],
])('[W96] the questions in %j', (text, questions) => {
  expect(questionsIn(text)).toEqual(questions);
});

test('[W96] what asks more than anybody would is one text', () => {
  const text = 'Is it blue? '.repeat(400).trim();
  expect(questionsIn(text)).toEqual([text]);
});
