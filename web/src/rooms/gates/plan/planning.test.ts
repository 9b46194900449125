import { GateDefinition, tiersOf } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { divisionOf, planningOf, setupOf, termsOf, withLimit } from './planning.ts';

const policyOf = (more: object) =>
  GateDefinition.parse({ policy: { mode: 'guaranteed', alpha: 0.05, delta: 0.04, ...more } })
    .policy;
const of_tiers = planningOf(
  policyOf({ tiers: { high: 0.011 }, cost_tiers: [{ from_usd: 50, alpha: 0.02 }] }),
);

test('[J25] a plan begins with the tiers of its gate, each at the next stricter step', () => {
  expect(setupOf(of_tiers).tiers).toEqual([
    { tier: 'high', alpha: 0.01 },
    { tier: 'cost from $50', alpha: 0.02 },
    { tier: 'other', alpha: 0.05 },
  ]);
  const terms = termsOf(of_tiers);
  expect(terms && tiersOf(terms)[0]?.delta).toBeCloseTo(0.04 / 3, 12);
  const groups = planningOf(policyOf({ certify_by: { attribute: 'language', values: ['de'] } }));
  expect(setupOf(groups).tiers?.map(({ tier }) => tier)).toEqual(['language: de', 'other']);
  const undivided = planningOf(policyOf({}));
  expect([undivided.limits, setupOf(undivided).tiers]).toEqual([null, undefined]);
  expect(planningOf(GateDefinition.parse({ policy: { mode: 'always' } }).policy).limits).toBe(null);
});

test('[J25] a limit is moved by itself, and groups have theirs in common', () => {
  const alphas = (planning: typeof of_tiers) => setupOf(planning).tiers?.map(({ alpha }) => alpha);
  expect(alphas(withLimit(of_tiers, 'high', 0.03))).toEqual([0.03, 0.02, 0.05]);
  expect(alphas(withLimit(of_tiers, 'cost from $50', 0.04))).toEqual([0.01, 0.04, 0.05]);
  expect(alphas(withLimit(of_tiers, 'other', 0.1))).toEqual([0.01, 0.02, 0.1]);
  const groups = planningOf(policyOf({ certify_by: { attribute: 'language', values: ['de'] } }));
  expect(alphas(withLimit(groups, 'language: de', 0.1))).toEqual([0.1, 0.1]);
});

test('[J25] a file is read again only where outputs come under another limit', () => {
  const by = (planning: typeof of_tiers) => divisionOf(termsOf(planning));
  expect(by(withLimit(of_tiers, 'other', 0.1))).toBe(by(of_tiers));
  expect(by(withLimit(of_tiers, 'high', 0.015))).toBe(by(of_tiers));
  // What is costly and of high risk is then under the limit of its cost.
  expect(by(withLimit(of_tiers, 'high', 0.03))).not.toBe(by(of_tiers));
});
