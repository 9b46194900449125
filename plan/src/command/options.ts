import type { ScoredColumns } from '@wheelhouse/core';
import { least_promised, plan_defaults } from '@wheelhouse/core/learn';
import { numberOf } from './number.ts';

type PlanFigures = typeof plan_defaults;

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;

export const options = {
  alpha: text,
  delta: text,
  'spot-check': text,
  'label-noise': text,
  tiers: text,
  'cost-tiers': text,
  'certify-by': text,
  'outputs-a-day': text,
  'checks-an-hour': text,
  days: text,
  runs: text,
  seed: text,
  score: text,
  label: text,
  predicted: text,
  loss: text,
  group: text,
  risk: text,
  cost: text,
  'model-version': text,
  'only-version': text,
  gate: text,
  report: text,
  json: yes,
  help: { ...yes, short: 'h' },
} as const;

export type Values = { [Name in keyof typeof options]?: string | boolean };

const d = plan_defaults;
export const usage = `Usage: wheelhouse gate simulate FILE [options]

Plans a gate before it goes live. FILE is CSV with a header, or a JSON object a line (- is standard
input), with a score (confidence, 0 to 1) and a label (correct or wrong) for each output, or its loss
(0 to 1; alpha is then the mean loss of what passes).

The promise
  --alpha ${d.alpha}          at most this share of what passes is wrong
  --delta ${d.delta}          except with this probability
  --spot-check ${d.spot_check}     share of what passes that people see anyway
  --label-noise ${d.label_noise}       how often people judge wrongly
Limits of their own, each with its part of delta, beside which alpha is that of all others
  --tiers high=0.01,low=0.1     by the risk that each output names (low, medium, high)
  --cost-tiers 50=0.01          from so many US dollars on that it costs to be wrong
  --certify-by language=de,fr   alpha for each of these groups by itself
The weeks that are played
  --outputs-a-day ${d.outputs_a_day}   --checks-an-hour ${d.checks_an_hour}   --days ${d.days}   --runs ${d.runs}   --seed ${d.seed}
The columns, where their names do not say it
  --score NAME   --label NAME   --predicted NAME   --loss NAME
  --group NAME   --risk NAME   --cost NAME   --model-version NAME
Where it has several model versions
  --only-version V     plan with the outputs of this one alone, as a gate proves each by itself
What comes out
  --report FILE.html   the plan as a document to file or print
  --gate NAME          which gate the report is for
  --json               the whole plan as JSON

Exit code: 0 certified, 1 not yet (it says how many clean checks are missing), 2 it could not be planned.`;

interface Range {
  from: number;
  to: number;
  whole?: true;
  /** A share has to stay under it, or over it. */
  under?: true;
  over?: true;
}

/** Settings by option: what they may be, in words. */
const ranges: Record<keyof PlanFigures, Range> = {
  alpha: { from: least_promised, to: 1, under: true },
  delta: { from: least_promised, to: 1, under: true },
  spot_check: { from: 0, to: 1, over: true },
  label_noise: { from: 0, to: 0.5, under: true },
  outputs_a_day: { from: 1, to: 100_000, whole: true },
  days: { from: 1, to: 365, whole: true },
  runs: { from: 1, to: 1_000, whole: true },
  seed: { from: 0, to: 2 ** 31, whole: true },
  checks_an_hour: { from: 1, to: 100_000 },
};

export const flagOf = (field: string): string => `--${field.replaceAll('_', '-')}`;

const isIn = (value: number, { from, to, whole, under, over }: Range): boolean =>
  (over ? value > from : value >= from) &&
  (under ? value < to : value <= to) &&
  (!whole || Number.isInteger(value));

const rangeWords = ({ from, to, whole, under, over }: Range): string =>
  `${whole ? 'a whole number ' : ''}${over ? 'over' : 'from'} ${from}${over ? ',' : ''} ${under ? 'to under' : over ? 'up to' : 'to'} ${to}`;

/** @throws Error in words: an option that is no number, or out of its range */
export function setupOf(values: Values): PlanFigures {
  const setup = { ...plan_defaults };
  for (const name of Object.keys(plan_defaults) as (keyof PlanFigures)[]) {
    const flag = flagOf(name);
    const given = values[flag.slice(2) as keyof typeof options];
    if (given === undefined) continue;
    const value = numberOf(flag, String(given));
    if (!isIn(value, ranges[name])) {
      const example = ranges[name].to > 1 ? '' : ` 2% is 0.02, and ${given} was given.`;
      throw new Error(`${flag} must be ${rangeWords(ranges[name])}.${example}`);
    }
    setup[name] = value;
  }
  return setup;
}

export const columnOptions = (values: Values): Partial<ScoredColumns> =>
  Object.fromEntries(
    (
      ['score', 'label', 'predicted', 'loss', 'group', 'risk', 'cost', 'model-version'] as const
    ).flatMap((flag) => {
      const name = values[flag];
      return typeof name === 'string' ? [[flag.replace('-', '_'), name]] : [];
    }),
  );
