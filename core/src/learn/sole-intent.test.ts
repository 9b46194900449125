import { describe, expect, test } from 'vitest';
import { intentConfidence, KnownWords, SoleIntent } from './index.ts';

const examples = [
  'when are you open',
  'what are your opening hours',
  'are you open on sunday',
  'how are you',
  '你们几点开门',
];
const intent = new SoleIntent('opening_hours', examples);
const known = new KnownWords(examples);
const sure = (text: string) => intentConfidence(intent.predict(text).confidence, known.share(text));

describe('a bot of one intent', () => {
  test('[W95] knows its examples word for word', () => {
    for (const text of examples) {
      expect(intent.predict(text)).toEqual({
        label: 'opening_hours',
        confidence: 1,
        scores: [{ label: 'opening_hours', probability: 1 }],
      });
      expect(sure(text)).toBeGreaterThan(0.99);
    }
  });

  test.each([
    'When are you open?',
    'opening hours please',
    'are you open on sundays',
    '几点开门？',
  ])('[W95] knows them with endings, small slips and courtesies: %s', (text) => {
    expect(sure(text)).toBeGreaterThanOrEqual(0.8);
  });

  test.each([
    'asdkjh qwe',
    '???',
    '',
    'my cat is ill',
    'what is the capital of france',
    'where is my order',
    'open a bank account for my daughter',
    '我想学弹钢琴',
  ])('[W95] is unsure of what it does not mean: %j', (text) => {
    expect(sure(text)).toBeLessThan(0.5);
  });

  test('[W95] without an example it means nothing', () => {
    expect(new SoleIntent('none', []).predict('open').confidence).toBe(0);
  });
});
