import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { playFirstWeeks } from './first-weeks.ts';
import { plan_defaults, planGate } from './gate-plan.ts';
import { certifySplit } from './threshold-plan.ts';

/** Outputs of two tiers, mixed as they came: right as often as each says. */
function outputsOf(n: number, seed: number, rightAt: (tier: string, score: number) => number) {
  const chance = seededChance(seed);
  const share = () => chance() / 2 ** 32;
  return Array.from({ length: n }, () => {
    const tier = share() < 0.3 ? 'high' : 'other';
    const score = Math.sqrt(share());
    const loss = share() > rightAt(tier, score) ? 1 : 0;
    return { score, loss, tier, group: null };
  });
}
const tiers = [
  { tier: 'high', alpha: 0.02 },
  { tier: 'other', alpha: 0.1 },
];
const setup = { ...plan_defaults, alpha: 0.1, tiers, outputs_a_day: 400, runs: 12 };

test('[J25] each tier is certified by its own outputs, with its limit and its part of delta', () => {
  const outputs = outputsOf(5_000, 3, (tier, score) => score ** (tier === 'high' ? 0.02 : 0.25));
  const plan = planGate(outputs, setup);
  expect(plan.tiers.map(({ tier, alpha }) => ({ tier, alpha }))).toEqual(tiers);
  for (const { tier, alpha, certificate, n, wrong, people } of plan.tiers) {
    const own = outputs.filter((one) => one.tier === tier);
    expect(certificate).toEqual(certifySplit(own, { alpha, delta: 0.025, seed: setup.seed }));
    expect(certificate.threshold).not.toBe(null);
    expect([n, wrong]).toEqual([own.length, own.reduce((sum, { loss }) => sum + loss, 0)]);
    const a_day = (400 * own.length) / outputs.length;
    expect(people.held).toBeCloseTo(a_day * (1 - certificate.coverage), 9);
  }
  const sum = (of: (one: (typeof plan.tiers)[number]) => number) =>
    plan.tiers.reduce((total, one) => total + of(one), 0);
  expect(sum(({ people }) => people.hours)).toBeCloseTo(plan.people.hours, 9);
  expect(sum(({ n }) => n)).toBe(plan.n);
  expect(plan.coverage * plan.n).toBeCloseTo(
    sum(({ n, certificate }) => n * certificate.coverage),
    6,
  );
  expect(planGate(outputs, setup)).toEqual(plan);
});

test('[J25] a tier that cannot keep its limit stays shut in the first weeks, and the others open', () => {
  const outputs = outputsOf(3_000, 5, (tier) => (tier === 'high' ? 0.8 : 0.998));
  // Together more is wrong than the limit of what opens: only its own errors count against that.
  const limits = [
    { tier: 'high', alpha: 0.02 },
    { tier: 'other', alpha: 0.03 },
  ];
  const { weeks, tiers: planned } = planGate(outputs, { ...setup, tiers: limits });
  const [high, other] = weeks.tiers as [(typeof weeks.tiers)[0], (typeof weeks.tiers)[0]];
  expect([high.tier, high.runs_opened, high.opened]).toEqual(['high', 0, null]);
  expect([other.tier, other.runs_opened]).toEqual(['other', 12]);
  expect(weeks).toMatchObject({ runs_opened: 12, opened: other.opened, runs_broken: 0 });
  // Some three of ten go on being looked at.
  const last = weeks.days.at(-1);
  expect(last?.held.middle).toBeGreaterThan(90);
  expect(last?.held.middle).toBeLessThan(160);
  expect(planned[0]?.certificate.threshold).toBe(null);
  expect(planned[0]?.certificate.needed).toBeGreaterThan(100);
});

test('[J25] a tier that nothing is of is not proven, and says what it takes', () => {
  const outputs = outputsOf(900, 8, () => 1).map((one) => ({ ...one, tier: 'other' }));
  const plan = planGate(outputs, setup);
  const [empty] = plan.tiers;
  expect(empty).toMatchObject({ tier: 'high', n: 0, curve: [], people: { hours: 0 } });
  // As many as show 2% with half of 5%: ln .025 / ln .98.
  expect(empty?.certificate).toMatchObject({ threshold: null, needed: 183 });
  expect(plan.tiers[1]?.certificate.threshold).not.toBe(null);
});

test('[J25] played tiers keep their limits: as many plays break one as delta allows', () => {
  // Truth is the file itself: over a threshold near the limit of either tier.
  const outputs = outputsOf(4_000, 11, (tier, score) =>
    tier === 'high' ? 0.9 + 0.1 * score : score ** 0.3,
  );
  const { runs_broken, runs_opened } = playFirstWeeks(outputs, { ...setup, runs: 40, days: 14 });
  expect(runs_opened).toBeGreaterThan(30);
  // Of 40, each with a chance of 5% at most: seven are one in two hundred.
  expect(runs_broken).toBeLessThan(7);
});

test('[J25] an output of no tier, no tiers and one twice are refused', () => {
  const outputs = outputsOf(50, 1, () => 1);
  const wrong = (more: object) => () => planGate(outputs, { ...setup, ...more });
  expect(wrong({ tiers: [{ tier: 'high', alpha: 0.1 }] })).toThrow();
  expect(wrong({ tiers: [] })).toThrow();
  expect(wrong({ tiers: [...tiers, { tier: 'high', alpha: 0.1 }] })).toThrow();
  expect(wrong({ tiers: [tiers[0], { tier: 'other', alpha: 0 }] })).toThrow();
  // Where nothing is divided a tier counts for nothing.
  expect(planGate(outputs, { ...setup, tiers: undefined }).tiers).toHaveLength(1);
});
