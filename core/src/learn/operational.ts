import { wilson } from '../interval.ts';
import { type FieldFault, invalid } from '../refusal.ts';
import { type Bets, betsUpTo, checkShares, finiteExp, logMixture } from './bets.ts';
import { firstOver } from './first-over.ts';
import { thresholdOf } from './score-grid.ts';
import { checkTarget } from './target.ts';

/**
 * What is known of labelled outputs of one score bin and one weight. A table of these is all that the
 * certificate needs: its size is bins × weights, however many outputs were counted, and the order in
 * which they came does not matter.
 */
export interface Tally {
  /** 0..bins−1, by `binOf`. */
  bin: number;
  /**
   * (1/p) / w_max, over 0 and up to 1: p is the probability with which this output was to be labelled,
   * logged before its outcome was known (1 where it was held, the spot-check share where it passed).
   * w_max, the greatest 1/p there can be, is fixed for a period before any of its labels is seen. So in
   * a period in which everything is held all weigh 1, and in one of 5% spot checks what is held weighs
   * .05 and what is checked 1.
   */
  weight: number;
  /** How many were wrong; of partial losses (0..1) their sum, which can only understate the evidence. */
  wrong: number;
  /** How many there are, labelled. */
  n: number;
}

/** What speaks for "of what scores at least `threshold`, less than alpha is wrong". */
export interface ThresholdEvidence {
  threshold: number;
  /** Labelled outputs that score at least the threshold, and how many of them were wrong. */
  labelled: number;
  wrong: number;
  /** The share of errors that the evidence rests on, each label by its weight: Σ weight·wrong / Σ weight;
   *  null where nothing was labelled. Under alpha wherever `e_value` is over 1, unless that is of a
   *  beginning of the record. */
  share: number | null;
  /** 95% bounds of it, approximate: Wilson's at the effective number of labels (Kish 1965). */
  low: number;
  high: number;
  /** If it is not so, the chance that this ever reaches 1/δ is at most δ. The most of any beginning of
   *  the record, where such are given. */
  e_value: number;
  /** What that has to reach for this to be proven after the thresholds above it: starts / δ, less where
   *  several starts were proven on the way. Null where the walk does not come so far. */
  e_needed: number | null;
}

export interface OperationalCertificate {
  /** The lowest score that is proven to pass safely; null while none is. */
  threshold: number | null;
  /** The bin that begins at that threshold. */
  bin: number | null;
  /** What the e-value has to reach at a start: starts / δ. Below several that are proven one after
   *  another it is as much less: starts / (δ × how many). */
  e_needed: number;
  /** By bin, 0 first. */
  evidence: ThresholdEvidence[];
  /** Bins that were proven now or before: keep them, and give them back at the next look. */
  proven: number[];
  /**
   * How many more labelled outputs of weight 1, none wrong, that score at least the start would be
   * enough to prove it, of the start that is closest; 0 once one is proven.
   */
  needed: number;
}

/**
 * A certificate from the labels of daily work: held outputs are labelled always, passed ones by spot
 * checks, and each counts as often as it stands for (inverse propensity weights).
 *
 * Guaranteed: with R(t) = P(wrong | score ≥ t), the chance that at any look, ever, a threshold is given
 * with R(threshold) ≥ alpha is at most delta. For each threshold the e-value is a mean over bets of
 * Π (1 − bet·weight·(e − alpha)) over labelled outputs that score at least t, a supermartingale where
 * R(t) ≥ alpha (Waudby-Smith, Wu, Ramdas, Karampatziakis, Mineiro 2022, "Anytime-valid off-policy
 * inference"; Ville 1939). Thresholds are walked from a start to lower ones until one is not proven, so
 * that testing many costs nothing (fixed sequence: Bauer 1991; Angelopoulos et al. 2021, "Learn then
 * test"); with several starts delta is divided among them, and a walk that reaches the next start takes
 * its part along (fallback: Wiens 2003), so that starts which turn out to be needless cost nothing
 * either. What was proven once stays proven.
 *
 * Assumes: outputs are independent and alike (or, weaker: what is refuted is that the chance of being
 * wrong at or above t, given all that came before, is alpha or more each time); every p is over 0,
 * drawn apart from the outcome and logged; whatever was drawn to be labelled is counted, and nothing is
 * left out for what its label may be; starts, bins, alpha and delta are fixed before these labels are
 * seen. R need not fall with t. Labels that are wrong with probability η make it alpha + η. It ends with
 * the version of model, score and population that it was made of.
 *
 * @param starts bins to walk from; of earlier labels `likelyStart` makes one
 * @param proven of the look before, under the same bins, alpha, delta and starts
 * @param earlier beginnings of the same record, each up to some place in the order in which outputs came:
 *   what any of them proves is proven, for the inequality holds at every place at once, whoever chooses
 *   it and by whatever. So labels that are late need not wait for each other
 * @throws Refusal invalid: alpha or delta not between 0 and 1, no start, a bin, weight, n or wrong out of
 *   its range
 */
export function certifyFromTallies(input: {
  tallies: readonly Tally[];
  bins: number;
  alpha: number;
  delta: number;
  starts: readonly number[];
  proven?: readonly number[];
  earlier?: readonly (readonly Tally[])[];
}): OperationalCertificate {
  const { tallies, bins, alpha, delta, starts } = input;
  checkTarget({ alpha, delta });
  checkBins(bins, starts);
  checkTallies(tallies, bins);
  const { evidence, log_e, stakes } = weigh(tallies, bins, alpha, starts);
  for (const beginning of input.earlier ?? []) {
    checkTallies(beginning, bins);
    weigh(beginning, bins, alpha, []).log_e.forEach((log, bin) => {
      if (log <= (log_e[bin] as number)) return;
      log_e[bin] = log;
      evidence[bin] = { ...(evidence[bin] as ThresholdEvidence), e_value: finiteExp(log) };
    });
  }
  const log_needed = Math.log(starts.length / delta);
  const proven = new Set(input.proven);
  log_e.forEach((log, bin) => {
    if (log >= log_needed) proven.add(bin);
  });
  const { lowest: bin, needed } = walk(log_e, proven, starts, delta);
  return {
    threshold: bin === null ? null : thresholdOf(bin, bins),
    bin,
    e_needed: starts.length / delta,
    evidence: evidence.map((one, at) => ({ ...one, e_needed: needed[at] ?? null })),
    proven: [...proven].sort((a, b) => a - b),
    needed: bin === null ? Math.min(...stakes.map((each) => cleanUntil(each, log_needed))) : 0,
  };
}

/**
 * From the strictest start to lower thresholds, and on from the next one where one is not proven. What
 * is shown on the way is added to what is proven.
 * @returns the lowest bin that was reached, or null, and what each had to reach that was come to
 */
function walk(
  log_e: Float64Array,
  proven: Set<number>,
  starts: readonly number[],
  delta: number,
): { lowest: number | null; needed: number[] } {
  let taken = 0;
  let lowest: number | null = null;
  const needed: number[] = [];
  for (let bin = Math.max(...starts); bin >= 0; bin--) {
    // How many parts of delta have come as far as here; all of them are lost where one bin fails.
    taken += starts.filter((start) => start === bin).length;
    if (taken === 0) continue;
    const e_needed = starts.length / (delta * taken);
    needed[bin] = e_needed;
    if (proven.has(bin) || (log_e[bin] as number) >= Math.log(e_needed)) {
      proven.add(bin);
      lowest = bin;
    } else taken = 0;
  }
  return { lowest, needed };
}

/**
 * The bin whose threshold the labels speak for most: the start to fix for labels that come after these,
 * which themselves are then counted no more. The highest bin that holds any label where none speaks
 * for itself.
 */
export function likelyStart(tallies: readonly Tally[], bins: number, alpha: number): number {
  checkShares({ alpha });
  checkBins(bins, [0]);
  checkTallies(tallies, bins);
  const { evidence, log_e } = weigh(tallies, bins, alpha, []);
  let best = -1;
  for (let bin = bins - 1; bin >= 0; bin--) {
    if (evidence[bin]?.labelled === 0) continue;
    if (best < 0 || (log_e[bin] as number) > (log_e[best] as number)) best = bin;
  }
  return Math.max(0, best);
}

/** Evidence by bin, its ln, and of each start the stakes in full. */
function weigh(tallies: readonly Tally[], bins: number, alpha: number, starts: readonly number[]) {
  const by_bin: Tally[][] = Array.from({ length: bins }, () => []);
  for (const tally of tallies) by_bin[tally.bin]?.push(tally);
  const bets = betsUpTo(1 / (1 - alpha));
  const growth = growthOf(bets, alpha);
  const stake = new Float64Array(bets.bet.length);
  const evidence: ThresholdEvidence[] = new Array(bins);
  const log_e = new Float64Array(bins);
  const stakes: Stakes[] = [];
  let log = 0;
  let seen = nothing;
  for (let bin = bins - 1; bin >= 0; bin--) {
    for (const tally of by_bin[bin] as Tally[]) {
      const { clean, missed } = growth(tally.weight);
      for (let k = 0; k < stake.length; k++) {
        const grown = (tally.n - tally.wrong) * (clean[k] as number);
        stake[k] = (stake[k] as number) + grown + tally.wrong * (missed[k] as number);
      }
      seen = withTally(seen, tally);
    }
    // Where nothing was judged there is as much as above it.
    if (by_bin[bin]?.length || bin === bins - 1) log = logMixture(bets, stake);
    log_e[bin] = log;
    const threshold = thresholdOf(bin, bins);
    evidence[bin] = { threshold, ...told(seen), e_value: finiteExp(log), e_needed: null };
    if (starts.includes(bin)) stakes.push({ bets, stake: stake.slice(), clean: growth(1).clean });
  }
  return { evidence, log_e, stakes };
}

const nothing = { labelled: 0, wrong: 0, weight: 0, squares: 0, wrong_weight: 0 };
type Seen = typeof nothing;

const withTally = (seen: Seen, { weight, wrong, n }: Tally): Seen => ({
  labelled: seen.labelled + n,
  wrong: seen.wrong + wrong,
  weight: seen.weight + weight * n,
  squares: seen.squares + weight ** 2 * n,
  wrong_weight: seen.wrong_weight + weight * wrong,
});

/** Of labels at or over a threshold: how many, and the share that is wrong, by their weights. */
function told({ labelled, wrong, weight, squares, wrong_weight }: Seen) {
  if (weight === 0) return { labelled, wrong, share: null, low: 0, high: 1 };
  const share = wrong_weight / weight;
  const effective = weight ** 2 / squares;
  const [low, high] = wilson(share * effective, effective);
  return { labelled, wrong, share, low, high };
}

interface Stakes {
  bets: Bets;
  stake: Float64Array;
  /** What one more clean output of weight 1 adds. */
  clean: Float64Array;
}

/** ln (1 − bet·weight·(e − alpha)) by bet, for e = 0 and e = 1; between them it is concave in e. */
function growthOf({ bet }: Bets, alpha: number) {
  const known = new Map<number, { clean: Float64Array; missed: Float64Array }>();
  return (weight: number) => {
    let growth = known.get(weight);
    if (!growth) {
      growth = {
        clean: bet.map((each) => Math.log1p(each * weight * alpha)),
        missed: bet.map((each) => Math.log1p(-each * weight * (1 - alpha))),
      };
      known.set(weight, growth);
    }
    return growth;
  };
}

/** How many clean outputs of weight 1 lift the mixture to `log_needed`. */
function cleanUntil({ bets, stake, clean }: Stakes, log_needed: number): number {
  const grown = (n: number) => stake.map((each, k) => each + n * (clean[k] as number));
  return firstOver(-1, (n) => logMixture(bets, grown(n)) >= log_needed);
}

function checkBins(bins: number, starts: readonly number[]): void {
  const faults: FieldFault[] = [];
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= 100_000)) {
    faults.push({ field: 'bins', message: 'must be a whole number from 1 to 100000' });
  }
  if (starts.length === 0) faults.push({ field: 'starts', message: 'must name at least one bin' });
  starts.forEach((start, i) => {
    if (Number.isInteger(start) && start >= 0 && start < bins) return;
    faults.push({ field: `starts.${i}`, message: 'must be a bin' });
  });
  if (faults.length > 0) throw invalid(...faults);
}

function checkTallies(tallies: readonly Tally[], bins: number): void {
  tallies.forEach(({ bin, weight, wrong, n }, i) => {
    const fault = (field: string, message: string) =>
      invalid({ field: `tallies.${i}.${field}`, message });
    if (!(Number.isInteger(bin) && bin >= 0 && bin < bins)) throw fault('bin', 'must be a bin');
    if (!(weight > 0 && weight <= 1)) throw fault('weight', 'must lie over 0 and up to 1');
    if (!(n >= 0 && Number.isFinite(n))) throw fault('n', 'must be 0 or more');
    if (!(wrong >= 0 && wrong <= n)) throw fault('wrong', 'must be from 0 to n');
  });
}
