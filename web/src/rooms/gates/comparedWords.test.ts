import { GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { comparedWords } from './comparedWords.ts';

const gate = (questions: object[], mode = 'guaranteed') =>
  GateDefinition.parse({
    policy: mode === 'guaranteed' ? { mode, alpha: 0.05, delta: 0.05 } : { mode },
    form: { questions },
  });
const text = { name: 'reply', kind: 'text' };
const choice = { name: 'topic', kind: 'choice', options: [{ value: 'a' }] };
const verdict = { name: 'verdict', kind: 'verdict' };

test('[G89] a promise by a form that no output answers to is said never to be proven', () => {
  const sample = [{ content: { answer: 'yes' } }, { content: null }];
  expect(comparedWords(gate([text]), sample)).toContain('Of the last 2 outputs none has');
  expect(comparedWords(gate([text]), sample.slice(0, 1))).toContain('The last output has');
  expect(comparedWords(gate([text]), [...sample, { content: { reply: 'yes' } }])).toContain(
    'word for word what the AI’s content has',
  );
  expect(comparedWords(gate([text]), [])).toContain('word for word');
  expect(comparedWords(gate([text, choice]), [])).toContain('it says what the AI’s content has');
});

test('[G89] where there is a verdict, or no promise, nothing is said', () => {
  expect(comparedWords(gate([verdict, text]), [{ content: null }])).toBeUndefined();
  expect(comparedWords(gate([text], 'always'), [])).toBeUndefined();
  const { policy } = gate([text]);
  expect(comparedWords({ policy }, [])).toBeUndefined();
});
