import type { Chance } from './chance.ts';
import type { Cell } from './plausible-curves.ts';
import { gammaDraw, hitsDraw, poissonDraw } from './variates.ts';

/** How many outputs a drawn curve of errors weighs as much as, against those counted. */
const curve_weight = 300;
/** A sample's sizes are told apart in so many steps at most: a limit is worked out for each. */
const sizes = 1_000;

/** What is to be expected of each threshold, were it the first that is tried. */
export interface LikelyWalks {
  /** Chance that its test is passed. */
  proven: Float64Array;
  /** Mean share of a sample that would pass in the end. */
  coverage: Float64Array;
}

/**
 * Makes up samples as they may come and walks through each from every threshold. Three things differ
 * from sample to sample: the errors that a rate comes to, the rate itself, which the judged outputs
 * leave open (a curve each of `plausibleCurves`, drawn towards what was counted), and how many score so
 * high, which is as open (counts as of a Bayesian bootstrap, Rubin 1981).
 * @param cells strict to loose
 * @param curves error rates by cell, one for each sample
 * @param n size of the samples
 * @param most the most errors that prove a count
 */
export function likelyWalks(
  cells: readonly Cell[],
  curves: readonly Float64Array[],
  { n, most, chance }: { n: number; most: (n: number) => number; chance: Chance },
): LikelyWalks {
  const proven = new Float64Array(cells.length);
  const coverage = new Float64Array(cells.length);
  const grain = Math.ceil(n / sizes);
  for (const curve of curves) {
    const { passed, wrong } = madeUp(cells, curve, n, chance);
    // From each start the walk goes as far as every threshold on the way is passed.
    let reached = 0;
    for (let at = cells.length - 1; at >= 0; at--) {
      const count = passed[at] as number;
      if ((wrong[at] as number) > most(count - (count % grain))) reached = 0;
      else {
        proven[at] = (proven[at] as number) + 1 / curves.length;
        if (reached === 0) reached = count;
      }
      coverage[at] = (coverage[at] as number) + reached / n / curves.length;
    }
  }
  return { proven, coverage };
}

/** How many pass each threshold of a sample, and how many of them are wrong. */
function madeUp(cells: readonly Cell[], curve: Float64Array, n: number, chance: Chance) {
  const shares = new Float64Array(cells.length);
  let all = 0;
  for (let at = 0; at < cells.length; at++) {
    shares[at] = gammaDraw((cells[at] as Cell).n, chance);
    all += shares[at] as number;
  }
  const passed = new Float64Array(cells.length);
  const wrong = new Float64Array(cells.length);
  let [seen, counted, drawn, expected] = [0, 0, 0, 0];
  let [count, errors] = [0, 0];
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as Cell;
    seen += cell.n;
    counted += gammaDraw(cell.wrong, chance);
    drawn += cell.n * (curve[at] as number);
    const risk = (counted + (curve_weight * drawn) / seen) / (seen + curve_weight);
    const rate = Math.min(1, Math.max(0, (risk * seen - expected) / cell.n));
    expected = risk * seen;
    const more = poissonDraw((n * (shares[at] as number)) / all, chance);
    count += more;
    errors += hitsDraw(more, rate, chance);
    passed[at] = count;
    wrong[at] = errors;
  }
  return { passed, wrong };
}
