import { wilson } from '../interval.ts';
import { type FieldFault, invalid } from '../refusal.ts';
import { binOf, thresholdOf } from './score-grid.ts';

/** Past outputs of one score bin that were to be labelled with one probability. */
export interface LoggedTally {
  /** 0..bins−1, by `binOf`. */
  bin: number;
  /** Logged before the outcome: 1 where it was held, the spot-check share where it passed. Over 0. */
  inclusion_probability: number;
  /** All of them, labelled or not. */
  n: number;
  labelled: number;
  /** Among the labelled; of partial losses their sum. */
  wrong: number;
}

/** What another threshold would have done to the same past outputs. */
export interface WhatIf {
  threshold: number;
  n: number;
  passed: number;
  /** Known, not estimated: every score is. */
  coverage: number;
  /** Held, and spot checks to be expected among what passes: what people would have looked at. */
  people: number;
  /** Errors among what would have passed: by inverse probabilities, by those divided by their sum, and
   *  those of the bins put right by them (doubly robust). Null where nothing passes. */
  risk_inverse: number | null;
  risk_normalised: number | null;
  risk: number | null;
  /** 95% bounds of `risk`, approximate. */
  low: number;
  high: number;
}

/**
 * "What if the threshold had been another last month?" from what was logged, whichever gates were in
 * force: each label counts 1 / probability times. For "what if alpha had been another?" ask
 * `certifyFromTallies` which threshold that would have given, and this what that does.
 *
 * `risk` takes each bin's own share of errors for all its outputs, and adds what labels differ from it,
 * weighted (doubly robust: Robins, Rotnitzky, Zhao 1994; Dudík, Langford, Li 2011, arXiv 1103.4601). Of
 * what was labelled the errors are known; the bounds are Wilson's of the unlabelled part's error rate at
 * the effective number of labels (Kish 1965). They are for dashboards and no certificate: they concern
 * these past outputs, and not what a threshold chosen by them does to later ones.
 *
 * Needs: probabilities over 0, drawn apart from the outcome and logged, nothing left out for what its
 * label may be. `risk_inverse` is unbiased; the others have a bias that vanishes with labels.
 * @param thresholds 0..1, each taken down to the begin of its bin
 * @param spot_check share of passes that would have been looked at, 0..1
 * @throws Refusal invalid: a tally, a threshold or the share out of its range, naming it
 */
export function whatIf(
  tallies: readonly LoggedTally[],
  {
    bins,
    thresholds,
    spot_check,
  }: { bins: number; thresholds: readonly number[]; spot_check: number },
): WhatIf[] {
  tallies.forEach((tally, at) => {
    checkTally(tally, at, bins);
  });
  thresholds.forEach((asked, at) => {
    if (asked >= 0 && asked <= 1) return;
    throw invalid({ field: `thresholds.${at}`, message: 'must lie in 0..1' });
  });
  if (!(spot_check >= 0 && spot_check <= 1)) {
    throw invalid({ field: 'spot_check', message: 'must lie in 0..1' });
  }
  const n = tallies.reduce((sum, tally) => sum + tally.n, 0);
  const shares = errorShares(tallies);
  return thresholds.map((asked) => {
    const bin = binOf(asked, bins);
    const passing = tallies.filter((tally) => tally.bin >= bin);
    const passed = passing.reduce((sum, tally) => sum + tally.n, 0);
    return {
      threshold: thresholdOf(bin, bins),
      ...{ n, passed, coverage: n > 0 ? passed / n : 0 },
      people: n - passed + spot_check * passed,
      ...riskOf(passing, passed, shares),
    };
  });
}

function checkTally(tally: LoggedTally, at: number, bins: number): void {
  const { bin, inclusion_probability, n, labelled, wrong } = tally;
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string) =>
    faults.push({ field: `tallies.${at}.${field}`, message });
  if (!(Number.isInteger(bin) && bin >= 0 && bin < bins))
    fault('bin', 'must be the place of a bin');
  if (!(inclusion_probability > 0 && inclusion_probability <= 1)) {
    fault('inclusion_probability', 'must be over 0 and up to 1');
  }
  if (!(labelled >= 0 && labelled <= n)) fault('labelled', 'must lie in 0..n');
  if (!(wrong >= 0 && wrong <= labelled)) fault('wrong', 'must lie in 0..labelled');
  if (faults.length > 0) throw invalid(...faults);
}

/** Weighted share of errors of each bin, drawn towards that of all by one label's weight. */
function errorShares(tallies: readonly LoggedTally[]): (bin: number) => number {
  const sums = new Map<number, { labelled: number; wrong: number; most: number }>();
  let [labelled, wrong] = [0, 0];
  for (const tally of tallies) {
    const weight = 1 / tally.inclusion_probability;
    const sum = sums.get(tally.bin) ?? { labelled: 0, wrong: 0, most: 0 };
    sums.set(tally.bin, sum);
    sum.labelled += weight * tally.labelled;
    sum.wrong += weight * tally.wrong;
    sum.most = Math.max(sum.most, weight);
    labelled += weight * tally.labelled;
    wrong += weight * tally.wrong;
  }
  const all = labelled > 0 ? wrong / labelled : 0;
  return (bin) => {
    const sum = sums.get(bin);
    return sum ? (sum.wrong + sum.most * all) / (sum.labelled + sum.most) : all;
  };
}

export type RiskAmong = Pick<WhatIf, 'risk' | 'low' | 'high'>;

/**
 * Errors among outputs that were chosen to pass by something other than their own labels: those that are
 * known, and of the unlabelled ones what labels say that stand for them, each for (1 − p) / p. Bounds as
 * `whatIf` has them. It has no share of errors by bin to lean on: of 250 bins most have few labels or
 * none, and leaning on the others' share put the estimate off by a percent.
 * @returns risk null where nothing passes, or no label stands for what is unlabelled
 */
export function riskAmong(passing: readonly LoggedTally[]): RiskAmong {
  let [passed, known, unlabelled, stands_for, wrong_for, squares] = [0, 0, 0, 0, 0, 0];
  for (const { inclusion_probability: p, n, labelled, wrong } of passing) {
    const more = (1 - p) / p;
    passed += n;
    known += wrong;
    unlabelled += n - labelled;
    stands_for += labelled * more;
    wrong_for += wrong * more;
    squares += labelled * more * more;
  }
  if (passed === 0) return { risk: null, low: 0, high: 1 };
  const left = stands_for > 0 ? wrong_for / stands_for : 0;
  const [low, high] = boundsOf(left, squares > 0 ? stands_for ** 2 / squares : 0, unlabelled);
  const told = unlabelled === 0 || stands_for > 0;
  return {
    risk: told ? (known + left * unlabelled) / passed : null,
    low: (known + low * unlabelled) / passed,
    high: (known + high * unlabelled) / passed,
  };
}

type Risk = Pick<WhatIf, 'risk' | 'risk_inverse' | 'risk_normalised' | 'low' | 'high'>;

function riskOf(
  passing: readonly LoggedTally[],
  passed: number,
  shareOf: (bin: number) => number,
): Risk {
  if (passed === 0) {
    return { risk: null, risk_inverse: null, risk_normalised: null, low: 0, high: 1 };
  }
  let [weighted, weights, robust, known] = [0, 0, 0, 0];
  // Of the unlabelled part: how much there is, and what the labels that stand for it weigh.
  let [unlabelled, stands_for, squares] = [0, 0, 0];
  for (const { bin, inclusion_probability: p, n, labelled, wrong } of passing) {
    const share = shareOf(bin);
    weighted += wrong / p;
    weights += labelled / p;
    robust += n * share + (wrong - labelled * share) / p;
    known += wrong;
    unlabelled += n - labelled;
    const more = (1 - p) / p;
    stands_for += labelled * more;
    squares += labelled * more * more;
  }
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const left = unlabelled > 0 ? within((robust - known) / unlabelled) : 0;
  const labels = squares > 0 ? stands_for ** 2 / squares : 0;
  const [low, high] = boundsOf(left, labels, unlabelled);
  return {
    risk: (known + left * unlabelled) / passed,
    risk_inverse: weighted / passed,
    risk_normalised: weights > 0 ? weighted / weights : null,
    low: (known + low * unlabelled) / passed,
    high: (known + high * unlabelled) / passed,
  };
}

/** Wilson's bounds of the share of errors among `rest`, from a share seen among `labels` others. */
function boundsOf(share: number, labels: number, rest: number): [low: number, high: number] {
  if (rest === 0) return [0, 0];
  if (labels === 0) return [0, 1];
  const n = 1 / (1 / labels + 1 / rest);
  return wilson(share * n, n);
}
