import type { Chance } from './chance.ts';
import { fitLine } from './logistic-line.ts';

/** Judged outputs between one threshold and the next stricter. */
export interface Cell {
  /** Their mean score, or log odds of it. */
  x: number;
  n: number;
  wrong: number;
}

/** Error rates by cell, and the natural logarithm of how plausible they are. */
interface Curve {
  log: number;
  rates: () => Float64Array;
}

/**
 * Draws curves of error rates as plausible as judged outputs leave them: a few outputs leave many, and
 * whoever plans by the likeliest alone is surer than they may be. Half of the belief beforehand lies
 * with logistic curves of the score, as of a model that knows its chance of being right; the other half
 * with curves of one step, as of a score that tells good from bad and no more. How plausible each is
 * follows from Bayes' rule, summed over a grid of either kind.
 * @param cells strict to loose, each with at least one output
 * @param prior of slope and offset: log odds of being right = slope × x + offset
 * @returns error rates by cell of so many draws, spread evenly over what is plausible
 */
export function plausibleCurves(
  cells: readonly Cell[],
  prior: LinePrior,
  { draws, chance }: { draws: number; chance: Chance },
): Float64Array[] {
  const curves = [...logisticCurves(cells, prior), ...stepCurves(cells)];
  const most = curves.reduce((top, { log }) => Math.max(top, log), Number.NEGATIVE_INFINITY);
  const plausible = curves.map(({ log }) => Math.exp(log - most));
  const all = plausible.reduce((sum, each) => sum + each, 0);
  // Systematic sampling: a curve that holds a tenth of the belief is a tenth of the draws.
  const offset = (chance() + 0.5) / 2 ** 32;
  const drawn: Float64Array[] = [];
  let below = 0;
  curves.forEach(({ rates }, at) => {
    below += (draws * (plausible[at] as number)) / all;
    if (drawn.length + offset >= below) return;
    const found = rates();
    while (drawn.length < draws && drawn.length + offset < below) drawn.push(found);
  });
  return drawn;
}

export interface LinePrior {
  at: { slope: number; offset: number };
  pull: { slope: number; offset: number };
}

/** Standard deviations either side of the likeliest line, and lines along each of the two axes. */
const reach = 3;
const lines = 15;
const least_rate = 1e-9;

function* logisticCurves(cells: readonly Cell[], { at, pull }: LinePrior): Generator<Curve> {
  const points = cells.map(({ x, n, wrong }) => ({ x, n, hits: n - wrong }));
  const { slope, offset } = fitLine(points, at, { at, pull });
  let [h00, h01, h11] = [pull.slope, 0, pull.offset];
  for (const { x, n } of cells) {
    const right = 1 / (1 + Math.exp(-slope * x - offset));
    const bend = n * right * (1 - right);
    h00 += bend * x * x;
    h01 += bend * x;
    h11 += bend;
  }
  // The roots of the inverse of the bend: what is a standard deviation of slope, and of offset by it.
  const size = h00 * h11 - h01 * h01;
  const l00 = Math.sqrt(h11 / size);
  const l10 = -h01 / size / l00;
  const l11 = 1 / Math.sqrt(h11);
  const step = (2 * reach) / (lines - 1);
  const area =
    Math.log((step * step * l00 * l11) / (2 * Math.PI)) + Math.log(pull.slope * pull.offset) / 2;
  for (let i = 0; i < lines; i++) {
    for (let j = 0; j < lines; j++) {
      const [a, b] = [i * step - reach, j * step - reach];
      const line = { slope: slope + l00 * a, offset: offset + l10 * a + l11 * b };
      const off =
        pull.slope * (line.slope - at.slope) ** 2 + pull.offset * (line.offset - at.offset) ** 2;
      const rates = Float64Array.from(cells, ({ x }) => {
        const rate = 1 / (1 + Math.exp(line.slope * x + line.offset));
        return Math.min(1 - least_rate, Math.max(least_rate, rate));
      });
      let log = Math.log(0.5) + area - off / 2;
      cells.forEach(({ n, wrong }, cell) => {
        const rate = rates[cell] as number;
        log += wrong * Math.log(rate) + (n - wrong) * Math.log1p(-rate);
      });
      yield { log, rates: () => rates };
    }
  }
}

/** Rates that a step goes from and to, and how many places there are for it. */
const step_rates = Array.from({ length: 14 }, (_none, i) => 0.0005 * 1.75 ** i);
const step_places = 20;

function* stepCurves(cells: readonly Cell[]): Generator<Curve> {
  const passed = [0];
  const missed = [0];
  for (const { n, wrong } of cells) {
    passed.push((passed.at(-1) as number) + n);
    missed.push((missed.at(-1) as number) + wrong);
  }
  const [n, wrong] = [passed.at(-1) as number, missed.at(-1) as number];
  const pairs = (step_rates.length * (step_rates.length - 1)) / 2;
  const log_prior = Math.log(0.5 / (step_places * pairs));
  const logOf = (errors: number, of: number, rate: number) =>
    errors * Math.log(rate) + (of - errors) * Math.log1p(-rate);
  for (let place = 1; place <= step_places; place++) {
    const till = Math.max(1, Math.round((place * cells.length) / step_places));
    const [above, errors] = [passed[till] as number, missed[till] as number];
    const logs_above = step_rates.map((rate) => logOf(errors, above, rate));
    const logs_below = step_rates.map((rate) => logOf(wrong - errors, n - above, rate));
    for (const [a, low] of step_rates.entries()) {
      for (let b = a + 1; b < step_rates.length; b++) {
        const high = step_rates[b] as number;
        const log = (logs_above[a] as number) + (logs_below[b] as number);
        const rates = () => new Float64Array(cells.length).fill(high).fill(low, 0, till);
        yield { log: log + log_prior, rates };
      }
    }
  }
}
