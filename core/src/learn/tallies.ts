import { invalid } from '../refusal.ts';
import type { Tally } from './operational.ts';
import { binOf } from './score-grid.ts';

interface Labelled {
  score: number;
  loss: number;
  weight: number;
}

/**
 * Labelled outputs as tallies. Give weights of few kinds: each kind has its own row.
 * @throws Refusal invalid, naming the first output whose score, loss or weight is out of its range
 */
export function talliesOf(outputs: Iterable<Labelled>, bins: number): Tally[] {
  const by_weight = new Map<number, Map<number, Tally>>();
  let at = 0;
  for (const output of outputs) {
    checkLabelled(output, at++);
    const { score, loss, weight } = output;
    const by_bin = by_weight.get(weight) ?? new Map<number, Tally>();
    by_weight.set(weight, by_bin);
    const bin = binOf(score, bins);
    const tally = by_bin.get(bin);
    if (tally) {
      tally.wrong += loss;
      tally.n++;
    } else by_bin.set(bin, { bin, weight, wrong: loss, n: 1 });
  }
  return [...by_weight.values()].flatMap((by_bin) => [...by_bin.values()]);
}

function checkLabelled({ score, loss, weight }: Labelled, at: number): void {
  const fault = (field: string, message: string) =>
    invalid({ field: `outputs.${at}.${field}`, message });
  if (!(score >= 0 && score <= 1)) throw fault('score', 'must lie in 0..1');
  if (!(loss >= 0 && loss <= 1)) throw fault('loss', 'must lie in 0..1');
  if (!(weight > 0 && weight <= 1)) throw fault('weight', out_of_weight);
}

const out_of_weight = 'must lie over 0 and up to 1';

/** Twelve kinds of weight an order of magnitude. */
const kinds_a_decade = 12;

/**
 * The kinds between which a weight lies, for spot checks whose probability differs from output to
 * output. Count what is clean under the lower and what is wrong under the higher (of a partial loss,
 * that share of the output): that can only understate the evidence, by at most a fifth of a weight.
 * Any other rounding breaks the guarantee.
 * @param weight over 0 and up to 1
 * @throws Refusal invalid: a weight that is not
 */
export function kindsOfWeight(weight: number): { clean: number; wrong: number } {
  if (!(weight > 0 && weight <= 1)) throw invalid({ field: 'weight', message: out_of_weight });
  const steps = -kinds_a_decade * Math.log10(weight);
  const kind = (step: number) => 10 ** (-step / kinds_a_decade);
  const near = Math.round(steps);
  const exact = Math.abs(kind(near) - weight) < 1e-12 * weight;
  if (exact) return { clean: kind(near), wrong: kind(near) };
  return { clean: kind(Math.ceil(steps)), wrong: kind(Math.max(0, Math.floor(steps))) };
}
