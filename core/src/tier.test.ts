import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contradictions } from './contradiction.ts';
import { GateDefinition } from './gate.ts';
import { type Risk, risks } from './risk.ts';
import { costOfTier, hasOwnLimit, tierOf, tiersOf } from './tier.ts';

const guaranteed = (more: object) =>
  GateDefinition.safeParse({ policy: { mode: 'guaranteed', alpha: 0.02, delta: 0.06, ...more } });
const promised = (more: object) => {
  const { policy } = guaranteed(more).data as GateDefinition;
  if (policy.mode !== 'guaranteed') throw new Error('it promises nothing');
  return policy;
};
const from = (from_usd: number, alpha: number) => ({ from_usd, alpha });

test('[G77] a limit by cost is a tier with its part of delta, beside those by risk and the rest', () => {
  const terms = promised({
    tiers: { high: 0.01 },
    cost_tiers: [from(50, 0.015), from(1e6, 0.002)],
  });
  expect(tiersOf(terms).map(({ tier, alpha }) => [tier, alpha])).toEqual([
    ['high', 0.01],
    ['cost from $50', 0.015],
    ['cost from $1000000', 0.002],
    ['other', 0.02],
  ]);
  for (const { delta } of tiersOf(terms)) expect(delta).toBeCloseTo(0.015, 12);
  expect(costOfTier('cost from $1000000')).toBe(1e6);
  for (const none of ['high', 'other', 'cost from $50: de'])
    expect(costOfTier(none)).toBe(undefined);
  const all_risks = { tiers: { low: 0.1, medium: 0.1, high: 0.1 } };
  expect(tiersOf(promised(all_risks)).at(-1)?.tier).toBe('unstated');
  const and_cost = promised({ ...all_risks, cost_tiers: [from(50, 0.01)] });
  expect(tiersOf(and_cost).at(-1)?.tier).toBe('other');
});

test('[G77] both sides of each amount, and the stricter of risk and cost; the same limit is of the risk', () => {
  const terms = promised({
    ...{ tiers: { low: 0.05, high: 0.01 } },
    cost_tiers: [from(50, 0.02), from(500, 0.01), from(5_000, 0.001)],
  });
  const rows: [object, string][] = [
    [{}, 'other'],
    [{ cost_usd: 0 }, 'other'],
    [{ cost_usd: 49.99 }, 'other'],
    [{ cost_usd: 50 }, 'cost from $50'],
    [{ cost_usd: 499.99 }, 'cost from $50'],
    [{ cost_usd: 500 }, 'cost from $500'],
    [{ cost_usd: 1e300 }, 'cost from $5000'],
    [{ risk: 'medium' }, 'other'],
    [{ risk: 'medium', cost_usd: 60 }, 'cost from $50'],
    [{ risk: 'low' }, 'low'],
    [{ risk: 'low', cost_usd: 60 }, 'cost from $50'],
    [{ risk: 'high', cost_usd: 60 }, 'high'],
    [{ risk: 'high', cost_usd: 500 }, 'high'],
    [{ risk: 'high', cost_usd: 5_000 }, 'cost from $5000'],
  ];
  for (const [output, tier] of rows)
    expect([output, tierOf(terms, output)]).toEqual([output, tier]);
  // From nothing on is of all that say a cost.
  const any_cost = promised({ cost_tiers: [from(0, 0.01)] });
  expect([tierOf(any_cost, { cost_usd: 0 }), tierOf(any_cost, {})]).toEqual([
    'cost from $0',
    'other',
  ]);
});

const limit = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
const amounts = fc.uniqueArray(fc.double({ min: 0, max: 1e12, noNaN: true }), { maxLength: 10 });
const terms = fc
  .record({
    alpha: limit,
    tiers: fc.record(Object.fromEntries(risks.map((risk) => [risk, limit])), { requiredKeys: [] }),
    froms: amounts,
    limits: fc.array(limit, { minLength: 10, maxLength: 10 }),
  })
  .map(({ alpha, tiers, froms, limits }) => {
    const falling = limits.map((one) => Math.min(one, alpha)).sort((a, b) => b - a);
    const rising = [...froms].sort((a, b) => a - b);
    const cost_tiers = rising.map((usd, at) => from(usd, falling[at] as number));
    return { alpha, tiers: fallingBy(alpha, tiers), cost_tiers };
  });

/** As they would be saved: no limit is looser than that of a lesser risk, which may be `alpha`. */
function fallingBy(alpha: number, tiers: Partial<Record<Risk, number>>) {
  let before = 1;
  const fitted = risks.flatMap((risk) => {
    const limit = Math.min(before, tiers[risk] ?? alpha);
    before = limit;
    return tiers[risk] === undefined && limit === alpha ? [] : [[risk, limit] as const];
  });
  return Object.fromEntries(fitted) as Partial<Record<Risk, number>>;
}

const output = fc.record(
  {
    risk: fc.constantFrom(...risks),
    cost_usd: fc.oneof(fc.double({ min: 0, noNaN: true }), fc.integer({ min: 0, max: 1_000 })),
  },
  { requiredKeys: [] },
);

test('[G77] every output is in exactly one tier, under the strictest limit that applies to it', () => {
  fc.assert(
    fc.property(terms, output, fc.nat(), (made, one, at) => {
      const definition = guaranteed(made).data as GateDefinition;
      expect(contradictions(definition)).toEqual([]);
      const policy = promised(made);
      const tiers = tiersOf(policy);
      expect(new Set(tiers.map(({ tier }) => tier)).size).toBe(tiers.length);
      expect(tiers.reduce((sum, { delta }) => sum + delta, 0)).toBeCloseTo(0.06, 9);
      const costs = made.cost_tiers;
      const placed = [
        one,
        // On an amount itself, and right beside it.
        ...(costs.length
          ? [0, -1e-6, 1e-6].map((by) => ({
              ...one,
              cost_usd: Math.max(0, (costs[at % costs.length]?.from_usd ?? 0) + by),
            }))
          : []),
      ];
      for (const each of placed) {
        const own = tiers.filter(({ tier }) => tier === tierOf(policy, each));
        expect(own).toHaveLength(1);
        const { cost_usd, risk } = each;
        const named = [
          ...(risk !== undefined && policy.tiers[risk] !== undefined ? [policy.tiers[risk]] : []),
          ...costs.flatMap((cost) =>
            cost_usd !== undefined && cost_usd >= cost.from_usd ? [cost.alpha] : [],
          ),
        ];
        expect(own[0]?.alpha).toBe(named.length ? Math.min(...named) : policy.alpha);
        expect(hasOwnLimit(policy, own[0]?.tier as string)).toBe(named.length > 0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('[G77] amounts out of order or twice, too many and what could not be proven are refused by their field', () => {
  const fields = (cost_tiers: unknown) =>
    guaranteed({ cost_tiers }).error?.issues.map(({ path }) => path.join('.')) ?? [];
  const at = (place: string) => [`policy.cost_tiers${place}`];
  expect(fields([from(50, 0.01), from(50, 0.005)])).toEqual(at('.1.from_usd'));
  expect(fields([from(500, 0.01), from(50, 0.005)])).toEqual(at('.1.from_usd'));
  for (const usd of [-1, 1e13, '50', null]) {
    expect(fields([{ from_usd: usd, alpha: 0.01 }])).toEqual(at('.0.from_usd'));
  }
  for (const share of [0, 1e-7, 1, '1%']) {
    expect(fields([{ from_usd: 5, alpha: share }])).toEqual(at('.0.alpha'));
  }
  const many = (n: number) => Array.from({ length: n }, (_none, i) => from(i, 0.01));
  expect([fields(many(10)), fields(many(11))]).toEqual([[], at('')]);
  expect(fields([{ from_usd: 5, alpha: 0.01, to_usd: 9 }])).toEqual(at('.0'));
});

test('[G77] a limit that loosens as more is at stake is refused, and says what to give', () => {
  const found = (more: object) => contradictions(guaranteed(more).data as GateDefinition);
  expect(found({ cost_tiers: [from(5, 0.01), from(50, 0.01), from(500, 0.001)] })).toEqual([]);
  const looser = { cost_tiers: [from(5, 0.03), from(50, 0.01), from(500, 0.012)] };
  expect(found(looser)).toMatchObject([
    { field: 'policy.cost_tiers.0.alpha', message: expect.stringMatching(/"alpha": give 0.02/) },
    { field: 'policy.cost_tiers.2.alpha', message: expect.stringMatching(/less: give 0.01/) },
  ]);
});

test('[G117] a limit that loosens as the risk rises is refused at its field, and a stricter one is not', () => {
  const found = (tiers: object) =>
    contradictions(guaranteed({ tiers }).data as GateDefinition).map(({ field, message }) => [
      field.replace('policy.tiers.', ''),
      message,
    ]);
  // All under an alpha of 2%, which is that of risks without a limit.
  for (const tiers of [
    ...[{}, { high: 0.02 }, { high: 0.001 }, { low: 0.5 }, { medium: 0.01, high: 0.01 }],
    { low: 0.1, medium: 0.05, high: 0.001 },
  ]) {
    expect([tiers, found(tiers)]).toEqual([tiers, []]);
  }
  expect(found({ high: 0.1 })).toEqual([
    ['high', expect.stringMatching(/^is looser than the 0.02 of risk medium.* give 0.02 or less/)],
  ]);
  expect(found({ medium: 0.03, high: 0.01 })).toMatchObject([['medium', expect.anything()]]);
  // Alpha itself is the looser one: said at what is stricter than it.
  expect(found({ low: 0.01 })).toMatchObject([
    ['low', expect.stringContaining('give risk medium 0.01 or less too')],
    ['low', expect.stringContaining('give risk high 0.01 or less too')],
  ]);
  expect(found({ medium: 0.01 })).toMatchObject([['medium', expect.stringContaining('risk high')]]);
  // Against the strictest before it, and not its neighbour alone.
  expect(found({ low: 0.1, medium: 0.2, high: 0.15 })).toMatchObject([
    ['medium', expect.stringContaining('risk low')],
    ['high', expect.stringContaining('give 0.1 or less')],
  ]);
});

test('[G77] groups beside limits by risk, cost or both are refused, and say what to leave out', () => {
  const certify_by = { attribute: 'language', values: ['de'] };
  const cost_tiers = [from(50, 0.01)];
  const rows: [object, string][] = [
    [{ tiers: { high: 0.01 } }, 'Leave out "certify_by", or "tiers"'],
    [{ cost_tiers }, 'Leave out "certify_by", or "cost_tiers"'],
    [{ tiers: { high: 0.01 }, cost_tiers }, 'Leave out "certify_by", or "tiers" and "cost_tiers"'],
  ];
  for (const [more, words] of rows) {
    const { data } = guaranteed({ certify_by, ...more });
    expect(contradictions(data as GateDefinition)).toMatchObject([
      { field: 'policy.certify_by', message: expect.stringContaining(words) },
    ]);
  }
});
