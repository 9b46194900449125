import { type FieldFault, invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';
import { checksNeeded, lowerTail, mostErrors } from './binomial.ts';
import { checkTarget, type RiskTarget } from './target.ts';

/**
 * How likely n judged outputs over a threshold show its promise, if they are wrong at a rate: P(Bin(n,
 * rate) ≤ the most errors that still show alpha).
 * @param n whole, at least 0
 * @param rate expected selective risk, 0..1
 * @throws Refusal invalid: a value out of its range
 */
export function chanceOfProof(n: number, rate: number, { alpha, delta }: RiskTarget): number {
  checkTarget({ alpha, delta });
  checkRate(rate);
  return lowerTail(mostErrors(n, alpha, delta), n, rate);
}

/** Beyond so many errors borne the rate is as good as alpha, and no sample is worth waiting for. */
const most_borne = 1 << 17;

/**
 * How many must be judged over a threshold so that they show its promise with a given chance, if they
 * are wrong at a rate: the least n of those that each bear one error more than the one before.
 * @param power between 0 and 1; 0.8 waits long enough four times in five
 * @returns checks, and errors among them that are borne; null where the rate is alpha or over it, or so
 *   close under it that more than 100,000 errors would have to be seen
 * @throws Refusal invalid: a value out of its range
 */
export function checksForProof(
  rate: number,
  { alpha, delta, power = 0.8 }: RiskTarget & { power?: number },
): { checks: number; errors: number } | null {
  checkTarget({ alpha, delta });
  checkRate(rate);
  checkShares({ power });
  if (rate >= alpha) return null;
  const enough = (errors: number) =>
    lowerTail(errors, checksNeeded(alpha, delta, errors), rate) >= power;
  let low = -1;
  let high = 0;
  while (!enough(high)) {
    low = high;
    high = 2 * high + 1;
    if (high > most_borne) return null;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return { checks: checksNeeded(alpha, delta, high), errors: high };
}

/** What is known, or guessed, of a gate that is to be certified. */
export interface ProofSetup extends RiskTarget {
  /** Selective risk expected over the threshold, 0..1. */
  rate: number;
  /** Share of all outputs that score over it, over 0 and up to 1. */
  coverage: number;
  outputs_a_week: number;
  reviewers: number;
  /** Hours a week that each of them judges. */
  hours_a_week: number;
  checks_an_hour: number;
  /** Share of what is judged that only tells which thresholds to try, 0 to under 1. */
  design_share?: number;
  power?: number;
}

export interface ProofTime {
  /** Judgements over the threshold that are needed. */
  checks: number;
  judged_a_week: number;
  /** Weeks until they are there; with chance `power` the threshold is then certified. */
  weeks: number;
  /** What it waits for: more people, or more outputs. */
  limited_by: 'people' | 'outputs';
}

/**
 * How long a gate that holds everything takes to be certified. What people cannot judge waits; it never
 * loosens the promise.
 * @returns null where no number of checks is enough, as of `checksForProof`
 * @throws Refusal invalid: a value out of its range
 */
export function weeksUntilProof(setup: ProofSetup): ProofTime | null {
  const { coverage, outputs_a_week, reviewers, hours_a_week, checks_an_hour } = setup;
  const { design_share = 0.2 } = setup;
  const faults: FieldFault[] = [];
  const amounts = { coverage, outputs_a_week, reviewers, hours_a_week, checks_an_hour };
  for (const [field, amount] of Object.entries(amounts)) {
    if (!(amount > 0)) faults.push({ field, message: 'must be over 0' });
  }
  if (coverage > 1) faults.push({ field: 'coverage', message: 'must be at most 1' });
  if (!(design_share >= 0 && design_share < 1)) {
    faults.push({ field: 'design_share', message: 'must lie in 0 to under 1' });
  }
  if (faults.length > 0) throw invalid(...faults);
  const needed = checksForProof(setup.rate, setup);
  if (!needed) return null;
  const judged = reviewers * hours_a_week * checks_an_hour;
  const judged_a_week = Math.min(judged, outputs_a_week);
  return {
    checks: needed.checks,
    judged_a_week,
    weeks: needed.checks / (judged_a_week * coverage * (1 - design_share)),
    limited_by: judged < outputs_a_week ? 'people' : 'outputs',
  };
}

function checkRate(rate: number): void {
  if (!(rate >= 0 && rate <= 1)) throw invalid({ field: 'rate', message: 'must lie in 0..1' });
}
