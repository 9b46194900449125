import type { GatePromise } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import {
  countsOf,
  epochTitle,
  headWords,
  partsSentence,
  stateTold,
} from '../../../kit/partWords.ts';
import { stateSentence } from './promiseText.ts';

type Stand = [tier: string, state: string, labelled?: number];
const epoch = (model_version: string, tiers: Stand[], more: object = {}) => ({
  ...{ model: 'm', model_version, ended_at: null, why_ended: null, ...more },
  tiers: tiers.map(([tier, state, labelled = 40]) => ({ tier, state, labelled, unwatched: null })),
});
const promise = (state: string, ...epochs: ReturnType<typeof epoch>[]) =>
  ({ state, epochs, override: null }) as never as GatePromise;
const head = (one: GatePromise) => headWords(countsOf(one));

const one_alarmed = promise(
  'alarmed',
  epoch('1', [['language: fr', 'alarmed']]),
  epoch('1', [
    ['language: de', 'certified'],
    ['other', 'certified'],
  ]),
);

test('[K160] where one part is alarmed, it is that one which waits, and the others are said to pass', () => {
  const said = stateSentence(one_alarmed);
  expect(said).toBe(
    'language: fr is alarmed: spot checks showed more wrong than promised, and all of it waits until it is proven anew. language: de and All others are certified: what is sure enough of them passes.',
  );
  expect(said).not.toContain('Everything waits');
  expect([head(one_alarmed), stateTold(countsOf(one_alarmed))]).toEqual([
    'Alarmed for 1 of 3 parts',
    'alarmed',
  ]);
  const all = promise('alarmed', epoch('1', [['all', 'alarmed']]));
  expect([head(all), stateSentence(all)]).toEqual([
    'Alarmed',
    expect.stringContaining('Everything waits until it is proven anew'),
  ]);
});

test('[K160] what is tracked or not watched is told of its part alone', () => {
  const both = promise(
    'unwatched',
    epoch('1', [
      ['high', 'unwatched'],
      ['other', 'tracking'],
    ]),
  );
  expect(partsSentence(both)).toMatch(/^Risk high is not watched: .* All others are tracked: /);
  expect(head(both)).toBe('Unwatched for 1 of 2 parts');
});

test('[K161] a version that has just come takes nothing from those that are certified', () => {
  const [first, second] = [epoch('7', [['all', 'certified']]), epoch('8', [['all', 'certified']])];
  const stray = promise('learning', epoch('9', [['all', 'learning', 1]]), first, second);
  expect([head(stray), stateTold(countsOf(stray))]).toEqual([
    'Certified for 2 of 3 versions',
    'certified',
  ]);
  expect(stateSentence(stray)).toBe(
    'm 7 and m 8 are certified: what is sure enough of them passes. m 9 is not proven yet (1 decision so far), and all of it waits for a person.',
  );
  const many = ['1', '2', '3', '4', '5'].map((name) => epoch(name, [['all', 'learning', 0]]));
  expect(partsSentence(promise('learning', first, ...many))).toContain(
    'm 1, m 2, m 3 and 2 more are not proven yet (0 decisions so far), and all of them wait',
  );
});

test('[K160] what is of one part alone is called by it, and what is of all by its version', () => {
  const titles = one_alarmed.epochs.map(epochTitle);
  expect(titles).toEqual(['m 1 · language: fr', 'm 1']);
  const whole = promise('certified', epoch('2', [['all', 'certified']]));
  expect(whole.epochs.map(epochTitle)).toEqual(['m 2']);
});

test('[K162] versions that ended because no output came are said to have ended so', () => {
  const gone = (why_ended: string) =>
    stateSentence(
      promise('learning', epoch('1', [['all', 'ended']], { ended_at: 'x', why_ended })),
    );
  expect(gone('unused')).toMatch(/^No version was used for 30 days, .* begins anew/);
  expect(gone('gate_changed')).toContain('Nothing has come under this promise yet');
});
