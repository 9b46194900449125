import { expect, test } from 'vitest';
import { contradictions } from './contradiction.ts';
import { GateDefinition } from './gate.ts';
import { least_promised } from './learn/target.ts';
import { OverrideSubmission } from './override.ts';
import type { PromiseTerms } from './promise.ts';
import { tierOf, tiersOf } from './tier.ts';

const terms = (more: object): PromiseTerms => ({
  ...{ alpha: 0.02, delta: 0.06, tiers: {}, label_noise: 0, spot_check: 0.05 },
  after_alarm: 'hold',
  ...more,
});
const certify_by = { attribute: 'language', values: ['de', 'fr'] };
const guaranteed = (more: object) =>
  GateDefinition.safeParse({ policy: { mode: 'guaranteed', alpha: 0.02, delta: 0.05, ...more } });

test('[G62] each group has a tier with its part of delta, and what is in none of them has one', () => {
  const by_group = terms({ certify_by });
  expect(tiersOf(by_group)).toEqual([
    { tier: 'language: de', alpha: 0.02, delta: 0.02 },
    { tier: 'language: fr', alpha: 0.02, delta: 0.02 },
    { tier: 'other', alpha: 0.02, delta: 0.02 },
  ]);
  const tier = (groups?: Record<string, string>) => tierOf(by_group, { risk: 'high', groups });
  expect(tier({ language: 'de', channel: 'mail' })).toBe('language: de');
  const others = [tier({ language: 'ar' }), tier({ channel: 'de' }), tier({}), tier()];
  expect(new Set(others)).toEqual(new Set(['other']));
  // Names that every object has are no group of an output's.
  const inherited = terms({ certify_by: { attribute: 'toString', values: ['x'] } });
  expect(tierOf(inherited, { groups: {} })).toBe('other');
});

test('[G62] no group takes the name of what is left over or of a risk', () => {
  const named = terms({ certify_by: { attribute: 'kind', values: ['other', 'high', 'all'] } });
  const tiers = tiersOf(named).map(({ tier }) => tier);
  expect(new Set(tiers).size).toBe(4);
  expect(tierOf(named, { groups: { kind: 'other' } })).toBe('kind: other');
  expect(tierOf(named, { risk: 'high' })).toBe('other');
});

test('[G62] a promise by risk and by group at once, or by no group or one twice, is refused by its field', () => {
  const both = guaranteed({ certify_by, tiers: { high: 0.01 } }).data;
  expect(contradictions(both as GateDefinition)).toMatchObject([{ field: 'policy.certify_by' }]);
  const alone = guaranteed({ certify_by }).data;
  expect(contradictions(alone as GateDefinition)).toEqual([]);
  for (const [wrong, path] of [
    [{ ...certify_by, values: [] }, ['policy', 'certify_by', 'values']],
    [{ ...certify_by, values: ['de', 'de'] }, ['policy', 'certify_by', 'values']],
    [{ ...certify_by, attribute: ' ' }, ['policy', 'certify_by', 'attribute']],
  ]) {
    expect(guaranteed({ certify_by: wrong }).error?.issues).toMatchObject([{ path }]);
  }
});

test('[G86] a limit or a chance under one in a million is refused by its field, and that much is not', () => {
  for (const hostile of [1e-320, 1e-17, 3e-9, 9e-7, 1]) {
    for (const field of ['alpha', 'delta']) {
      const { error } = guaranteed({ [field]: hostile });
      expect(error?.issues).toMatchObject([{ path: ['policy', field] }]);
    }
    const { error } = guaranteed({ tiers: { high: hostile } });
    expect(error?.issues).toMatchObject([{ path: ['policy', 'tiers', 'high'] }]);
  }
  const least = { alpha: least_promised, delta: least_promised, tiers: { low: least_promised } };
  expect(guaranteed(least).success).toBe(true);
});

test('[G89] people who err as often as not are refused by the field', () => {
  for (const label_noise of [0.5, 0.97, 1]) {
    const { error } = guaranteed({ label_noise });
    expect(error?.issues).toMatchObject([{ path: ['policy', 'label_noise'] }]);
  }
  expect(guaranteed({ label_noise: 0.49 }).success).toBe(true);
});

test('[G88] an override names a tier, however long the name of its group is', () => {
  const [attribute, value] = ['a'.repeat(100), 'v'.repeat(200)];
  const [{ tier } = { tier: '' }] = tiersOf(terms({ certify_by: { attribute, values: [value] } }));
  const said = { threshold: 0.5, until: '2026-01-01T00:00:00.000Z', reason: 'they wait' };
  expect(tier).toBe(`${attribute}: ${value}`);
  expect(OverrideSubmission.safeParse({ ...said, tier }).success).toBe(true);
  expect(OverrideSubmission.safeParse({ ...said, tier: `${tier}!` }).success).toBe(false);
});
