import type { GatePromise, PromiseTier } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { happenedWords } from '../../../kit/happenedWords.ts';
import {
  provenBy,
  standingWords,
  standsWords,
  stateSentence,
  tierHeadWords,
  unwatchedWords,
} from './promiseText.ts';

const learning = (more: Partial<PromiseTier>, override: object | null = null) =>
  standingWords(
    {
      ...{ tier: 'all', state: 'learning', threshold: null, certificate: null, starts: [] },
      ...{ labelled: 18, wrong: 0, needed: 40, attempt: 1, unlikely: false, ...more },
    } as unknown as PromiseTier,
    override as Parameters<typeof standingWords>[1],
  );

test('[K136] what is missing of a proof is a number that errors only raise, until they are weighed', () => {
  expect(learning({})).toContain(
    '18 decisions so far, none wrong; it takes at least some 40 more, and each error adds to that.',
  );
  expect(learning({ needed: 1, wrong: 12 })).toContain(
    '18 decisions so far, 12 wrong; it takes at least some 1 more, and each error adds to that.',
  );
});

test('[K136] what ended needs no more decisions', () => {
  expect(learning({ waiting: 3 })).toContain(
    'Of what waits for a decision 3 are evidence too: each counts as wrong until it is decided.',
  );
  expect(learning({ state: 'ended', needed: 0, wrong: 2 })).toBe(
    'No output is judged by it any more. It had 18 decisions, 2 against the AI, with those that were decided after it ended.',
  );
});

test('[K136] under a new promise nothing has come, whatever came before it', () => {
  const said = stateSentence({
    state: 'learning',
    epochs: [],
    override: null,
  } as never as GatePromise);
  expect(said).toContain('Nothing has come under this promise yet');
  expect(said).toContain('what came before it is no evidence of it');
});

test('[G54] that nobody watches is said first, with since when and what comes of it', () => {
  const unwatched = { since: '2026-11-24T09:00:00Z', waiting: 9, holds: false, case_id: null };
  expect(unwatchedWords({ unwatched: null })).toBe('');
  expect(unwatchedWords({ unwatched })).toMatch(
    /^Not watched since .*24.*: 9 spot checks have waited for more than three days\. Were they all/,
  );
  const promise = (state: string, holds: boolean) =>
    stateSentence({
      ...{ state, override: null },
      epochs: [{ ended_at: null, tiers: [{ unwatched: { ...unwatched, holds } }] }],
    } as never as GatePromise);
  expect(promise('certified', false)).toMatch(
    /proven, and what is sure enough passes, but it has not been watched since .*24/,
  );
  expect(promise('unwatched', true)).toMatch(
    /since .*24.* Everything of what is not watched waits until/,
  );
  const data = { tier: 'all', waiting: 9, holds: true };
  expect(happenedWords({ type: 'gate.unwatched', data })).toMatch(/nothing passes until/);
});

test('[G78] while an override lets more pass, no tier of it is said to wait with everything', () => {
  const override = { tier: null, threshold: 0.6 };
  const lets = 'an override lets pass what the AI is at least 0.6 sure of, and the rest waits';
  expect(learning({}, override)).toContain(`Not yet proven: meanwhile ${lets}`);
  for (const state of ['alarmed', 'unwatched'] as const) {
    expect(learning({ state }, override)).toContain(lets);
  }
  expect(learning({}, override)).not.toContain('everything waits');
  expect(learning({}, { ...override, tier: 'high' })).toContain('everything waits');
  const certificate = { labelled: 200, wrong: 0 } as PromiseTier['certificate'];
  const certified = { state: 'certified', threshold: 0.8, certificate } as const;
  expect(learning(certified, override)).toContain('Beyond that an override lets pass');
  expect(learning(certified, { ...override, threshold: 0.9 })).not.toContain('override');
});

test('[K136] an override is told with who signed it, and with all that came of it', () => {
  const said = (type: string, data: object) => happenedWords({ type, data } as never);
  const reason = 'The holidays';
  expect(said('gate.overridden', { threshold: 0.6, reason, signed_by_name: 'Ana' })).toBe(
    'Ana let more pass than is certified at 0.6: The holidays',
  );
  const ended = { why: 'withdrawn', passed: 1_200, checks: { n: 60, wrong: 7 } };
  expect(said('gate.override_ended', ended)).toBe(
    'As promised again: the override was ended by hand. 1,200 had passed by it: 60 looked at, 7 wrong',
  );
});

test('[K167] a proof is told by the share that it rests on, and its counts are called what they are', () => {
  const of = (wrong: number, share: number | null) => provenBy({ labelled: 644, wrong, share });
  expect(of(0, 0)).toBe('Proven by 644 decisions at or over it, none of them against the AI.');
  expect(of(47, 0.0251)).toMatch(
    /644 decisions at or over it, of which 2\.51% is against the AI by what each stands for: .*\. As they came, 47 of them/,
  );
  expect(of(14, 14 / 644)).toMatch(/14 of them against the AI \(2\.17%\)\.$/);
  expect(of(47, null)).toMatch(/47 of them against the AI as they came: /);
});

test('[K155] under an override it is said first that more passes, and only of what it is of', () => {
  const tiers = [{ tier: 'all', state: 'certified', unwatched: null }];
  const certified = { state: 'certified', epochs: [{ ended_at: null, tiers }] };
  const override = { tier: null, threshold: 0.6 };
  const promised = { ...certified, override: null } as unknown as GatePromise;
  const overridden = { ...certified, override } as unknown as GatePromise;
  expect(standsWords(promised)).toBe('Certified');
  expect(standsWords(overridden)).toBe('An override lets more pass. Without it: certified');
  expect(stateSentence(overridden)).toMatch(
    /^More passes now than is promised, .* Without it: the promise is proven/,
  );
  const tier = { tier: 'high', state: 'certified', threshold: 0.8 } as PromiseTier;
  expect(tierHeadWords(tier, null)).toBe('Certified');
  expect(tierHeadWords(tier, override)).toMatch(/^An override lets more pass/);
  expect(tierHeadWords(tier, { tier: 'low', threshold: 0.6 })).toBe('Certified');
  // It lets pass nothing that does not pass anyway.
  expect(tierHeadWords(tier, { tier: null, threshold: 0.9 })).toBe('Certified');
  const learning = { ...tier, state: 'learning' as const, threshold: null };
  expect(tierHeadWords(learning, override)).toMatch(/^An override lets more pass/);
});
