import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Deadline, formOf, judge, Policy, Quorum, type Rule } from './gate.ts';
import type { OutputSubmission } from './output.ts';
import type { Standing } from './promise.ts';

const policy = (given: object) => Policy.parse(given);
const output = (given: object = {}) => ({ content: 'x', ...given }) as OutputSubmission;
const no_chance = 0.999999;

test.each([
  [0.8, 0.8, 'pass', 'confidence 0.80 is at or over 0.80'],
  [0.8, 0.81, 'pass', 'confidence 0.81 is at or over 0.80'],
  [0.8, 0.79, 'hold', 'confidence 0.79 is under 0.80'],
  [0.8, 0.7999, 'hold', 'confidence 0.7999 is under 0.8000'],
  [0.8, 0.79999999999, 'hold', 'confidence 0.79999999999 is under 0.8'],
  [0, 0, 'pass', 'confidence 0.00 is at or over 0.00'],
  [1, 1, 'pass', 'confidence 1.00 is at or over 1.00'],
  [1, 0.9999999999999999, 'hold', 'confidence 0.9999999999999999 is under 1'],
])('[G1] [G5] threshold %d, confidence %d: %s', (threshold, confidence, verdict, reason) => {
  const judged = judge(policy({ mode: 'threshold', threshold }), output({ confidence }), no_chance);
  expect(judged).toMatchObject({ verdict, reasons: [reason] });
});

test('[G80] where agreement is the score, what the AI says of itself passes nothing while it is learned', () => {
  const agreed = policy({ mode: 'guaranteed', alpha: 0.1, delta: 0.1, score: 'agreement' });
  const standing: Standing = {
    ...{ epoch_id: 'epoch_1', tier: 'all', threshold: 0.9, certificate_id: 'cert_1' },
    ...{
      spot_check: 0.05,
      wrong: 0,
      unlikely: false,
      labelled: 0,
      needed: 1,
      designing: false,
      alarmed: false,
      unwatched: false,
    },
    tracked: null,
  };
  const learning = { ...standing, threshold: null, certificate_id: null, head: null };
  expect(judge(agreed, output({ confidence: 1 }), no_chance, learning)).toMatchObject({
    verdict: 'hold',
    promise: { phase: 'head', score: 1 },
  });
  // Nor at what is tracked, which is of another score.
  const tracked = { ...learning, tracked: 0.1 };
  expect(judge(agreed, output({ confidence: 1 }), no_chance, tracked).verdict).toBe('hold');
  const platt = { kind: 'platt' as const, slope: -1, offset: 0 };
  const learned = { ...standing, head: { kind: 'score' as const, platt } };
  expect(judge(agreed, output({ confidence: 1 }), no_chance, learned).verdict).toBe('hold');
  const passed = judge(agreed, output({ confidence: 0.01 }), no_chance, learned);
  expect(passed).toMatchObject({ verdict: 'pass', promise: { phase: 'test', threshold: 0.9 } });
  expect(passed.promise?.score).toBeCloseTo(0.99, 12);
  expect(passed.reasons).toEqual(['agreement 0.99 is at or over 0.90, which is certified']);
  // The other score goes by confidence alone.
  const plain = policy({ mode: 'guaranteed', alpha: 0.1, delta: 0.1 });
  expect(judge(plain, output({ confidence: 0.95 }), no_chance, standing).verdict).toBe('pass');
  expect(judge(plain, output(), no_chance, standing).promise).toBeUndefined();
});

test('[G5] what is nearly certain is not called certain', () => {
  const near = (confidence: number) =>
    judge(policy({ mode: 'threshold', threshold: 0.8 }), output({ confidence }), no_chance).reasons;
  expect(near(0.997)).toEqual(['confidence 0.997 is at or over 0.800']);
  expect(near(1)).toEqual(['confidence 1.00 is at or over 0.80']);
});

test('[G1] without a confidence it is held, and so is everything at a gate not yet certified', () => {
  const threshold = policy({ mode: 'threshold', threshold: 0 });
  expect(judge(threshold, output(), no_chance)).toMatchObject({
    verdict: 'hold',
    reasons: ['no confidence was given'],
  });
  const guaranteed = policy({ mode: 'guaranteed', alpha: 0.02, delta: 0.1 });
  expect(judge(guaranteed, output({ confidence: 1 }), no_chance).verdict).toBe('hold');
});

test('[G1] [G5] two different numbers are never said to be the same', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, (threshold, confidence) => {
      const { reasons } = judge(
        policy({ mode: 'threshold', threshold }),
        output({ confidence }),
        no_chance,
      );
      const [shown, cut] = (reasons[0] as string).match(/\d[\d.e+-]*/g) as string[];
      expect(shown === cut).toBe(confidence === threshold);
      expect(Number(shown) < Number(cut)).toBe(confidence < threshold);
    }),
    { numRuns: 2_000 },
  );
});

const amount_over = (value: number, then: string, reason?: string) => ({
  when: { field: 'action.arguments.amount', op: '>', value },
  then,
  ...(reason ? { reason } : {}),
});
const asks = (amount: unknown) => output({ action: { name: 'refund', arguments: { amount } } });

test.each([
  [501, 'hold', 'over 500'],
  [500, 'pass', 'no rule asks for a person'],
  [5_001, 'block', 'amount 5,001 is over 5,000'],
])('[G2] [G5] a refund of %d: %s', (amount, verdict, reason) => {
  const rules = [amount_over(5_000, 'block'), amount_over(500, 'hold', 'over 500')];
  const judged = judge(policy({ mode: 'rules', rules, otherwise: 'pass' }), asks(amount), 0.5);
  expect(judged).toMatchObject({ verdict, reasons: [reason] });
});

test('[G2] the first rule that matches decides, whatever follows', () => {
  const rules = [amount_over(1, 'pass', 'first'), amount_over(0, 'block', 'second')];
  const given = policy({ mode: 'rules', rules, otherwise: 'hold' });
  expect(judge(given, asks(2), 0.5)).toMatchObject({ verdict: 'pass', reasons: ['first'] });
  expect(judge(given, asks(1), 0.5)).toMatchObject({ verdict: 'block', reasons: ['second'] });
  expect(judge(given, asks(0), 0.5)).toMatchObject({ verdict: 'hold' });
});

test.each([
  ['an amount that is missing', {}],
  ['an amount as text', { amount: '600' }],
  ['an amount that is null', { amount: null }],
  ['an amount that is a list', { amount: [600] }],
])('[G3] %s is held, by whatever comparison', (_what, args) => {
  for (const [op, value] of [
    ['>', 500],
    ['<=', 500],
    ['=', 500],
    ['!=', 500],
    ['in', [500]],
    ['not_in', [500]],
  ] as const) {
    const when = { field: 'action.arguments.amount', op, value };
    const asked = output({ action: { name: 'refund', arguments: args } });
    const held = policy({ mode: 'rules', rules: [{ when, then: 'hold' }], otherwise: 'pass' });
    expect(judge(held, asked, 0.5), op).toMatchObject({ verdict: 'hold' });
    const passed = policy({ mode: 'rules', rules: [{ when, then: 'pass' }], otherwise: 'hold' });
    expect(judge(passed, asked, 0.5), op).toMatchObject({ verdict: 'hold' });
  }
});

test('[G3] what one rule could not judge, no later rule lets through; a block still blocks', () => {
  const unsure = { when: { field: 'risk', op: '=', value: 'high' }, then: 'hold' };
  const certain = { when: { field: 'content', op: '=', value: 'x' } };
  const with_rule = (then: string, otherwise: string) =>
    policy({ mode: 'rules', rules: [unsure, { ...certain, then }], otherwise });
  expect(judge(with_rule('pass', 'pass'), output(), 0.5)).toMatchObject({
    verdict: 'hold',
    reasons: ['cannot be judged: risk is missing'],
  });
  expect(judge(with_rule('block', 'pass'), output(), 0.5).verdict).toBe('block');
  const none = policy({ mode: 'rules', rules: [unsure], otherwise: 'block' });
  expect(judge(none, output(), 0.5).verdict).toBe('block');
});

const scalar = fc.constantFrom<unknown>(undefined, null, 0, 1, '1', 'a', true, [1], { a: 1 });
const rule = fc.record({
  when: fc.record({
    field: fc.constantFrom('content', 'metadata.a', 'metadata.b'),
    op: fc.constantFrom('=', '!='),
    value: fc.constantFrom<unknown>(null, 0, '1', 'a', true),
  }),
  then: fc.constantFrom('pass', 'hold', 'block'),
});

test('[G3] of any rules: where one that would hold cannot be judged, nothing passes', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), scalar, (rules, a) => {
      const given = policy({ mode: 'rules', rules, otherwise: 'pass' });
      const asked = output({ content: 'a', metadata: a === undefined ? {} : { a } });
      const judged = judge(given, asked, 0.5);
      expect(judged.reasons.length).toBeGreaterThan(0);
      const first = (rules as Rule[]).find(({ when }) => {
        const { field, op, value } = when as { field: string; op: string; value: unknown };
        const found = field === 'content' ? 'a' : field === 'metadata.a' ? a : undefined;
        return op === '=' ? found === value : found !== undefined && found !== value;
      });
      const all_missing = (rules as Rule[]).every(
        ({ when, then }) => (when as { field: string }).field === 'metadata.b' && then !== 'pass',
      );
      if (all_missing) expect(judged.verdict).toBe('hold');
      if (!first) expect(judged.verdict === 'block').toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['always', {}, 'hold', false, null],
  ['never', {}, 'pass', false, null],
  ['never', { spot_check: 0.05 }, 'pass', true, 0.05],
  ['always', { spot_check: 0.05 }, 'hold', false, null],
  ['shadow', { spot_check: 1 }, 'hold', false, null],
])('[G4] [G5] mode %s with %o: %s', (mode, more, verdict, spot_checked, probability) => {
  const judged = judge(policy({ mode, ...more }), output(), 0.04);
  expect(judged).toMatchObject({ verdict, spot_checked, spot_check_probability: probability });
  expect(judged.reasons.length).toBeGreaterThan(0);
});

test('[G4] a spot check is drawn below its share, not at it, and the share is kept either way', () => {
  const given = policy({ mode: 'never', spot_check: 0.25 });
  expect(judge(given, output(), 0.2499)).toMatchObject({
    spot_checked: true,
    spot_check_probability: 0.25,
    reasons: ['this gate holds nothing', 'spot check: 25% of what passes is looked at'],
  });
  expect(judge(given, output(), 0.25)).toMatchObject({
    spot_checked: false,
    spot_check_probability: 0.25,
  });
});

test('[C9] a fallback that approves needs words; blanks are none', () => {
  expect(Deadline.safeParse({ fallback: 'approve' }).success).toBe(false);
  expect(Deadline.safeParse({ fallback: 'approve', approve_in_words: '  ' }).success).toBe(false);
  expect(Deadline.safeParse({ fallback: 'approve', approve_in_words: 'small' }).success).toBe(true);
  expect(Deadline.parse({}).fallback).toBe('none');
});

test('[C13] rungs come one after the other', () => {
  const rung = (after_ms: number) => ({ after_ms, do: 'remind' });
  expect(Deadline.safeParse({ ladder: [rung(5), rung(5)] }).success).toBe(false);
  expect(Deadline.safeParse({ ladder: [rung(5), rung(6)] }).success).toBe(true);
});

test('[C2] a quorum never asks for more agreement than it asks people', () => {
  expect(Quorum.safeParse({ approvals: 3, of: 2 }).success).toBe(false);
  expect(Quorum.safeParse({ approvals: 2, of: 2 }).success).toBe(true);
});

test('[C8] a gate without a form asks for a verdict on what it guards', () => {
  const spec = { name: 'refund', arguments_schema: { type: 'object' } };
  expect(formOf({ policy: policy({ mode: 'always' }), action: spec }).questions[0]).toMatchObject({
    kind: 'verdict',
    edit: 'arguments',
  });
  expect(formOf({ policy: policy({ mode: 'always' }) }).questions[0]).toMatchObject({
    kind: 'verdict',
    edit: 'content',
  });
});

test('[G41] a score beside a threshold is written in as many digits as tell the two apart', () => {
  const standing = {
    ...{ epoch_id: 'epoch_1', tier: 'all', certificate_id: 'cert_1', tracked: null },
    ...{ spot_check: 0.05, labelled: 9, wrong: 0, needed: 1, unlikely: false },
    ...{ designing: false, alarmed: false, unwatched: false },
  };
  const promised = policy({ mode: 'guaranteed', alpha: 0.1, delta: 0.1 });
  const said = (confidence: number, threshold: number) =>
    judge(promised, output({ confidence }), no_chance, { ...standing, threshold }).reasons[0];
  const certified = 'which is certified';
  const rows: [number, number, string][] = [
    [0.9199, 0.95, 'confidence 0.92 is under 0.95'],
    [0.9461, 0.9464, 'confidence 0.9461 is under 0.9464'],
    [0.9991, 0.999975, 'confidence 0.99910 is under 0.99997'],
    [0.99996, 0.999975, 'confidence 0.99996 is under 0.99997'],
    [1, 0.999975, 'confidence 1.00000 is at or over 0.99997'],
    [0.9972, 0.9972, 'confidence 0.997 is at or over 0.997'],
    [1 - 2 ** -53, 1, `confidence ${1 - 2 ** -53} is under 1`],
  ];
  for (const [score, threshold, words] of rows) {
    expect(said(score, threshold)).toBe(`${words}, ${certified}`);
  }
});
