import type { Principal, PromiseQuality, QualityFilter } from '@wheelhouse/core';
import {
  middleOf,
  type QualityCell,
  type QualityInterval,
  qualityOf,
  score_bins,
} from '@wheelhouse/core/learn';
import type { Ports } from '../ports.ts';
import { type ScoreRow, scoresOf } from '../store/counts.ts';
import { daySpan } from './day-span.ts';
import { promisedPolicy, type RulingsCache } from './definition.ts';

/** How often the AI was right in what passed, and in everything, from the judgements of a time and the
 *  scores of all outputs (rules G64, G65). For people to look at; nothing is certified by it.
 *  @throws Refusal not_found, no_promise, invalid */
export const readQuality = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  filter: QualityFilter,
): Promise<PromiseQuality> =>
  ports.database.transact(by, async (tx) => {
    await promisedPolicy(rulings, tx, by, gate);
    const span = daySpan(tx, filter);
    const rows = await scoresOf(tx, by, gate, span);
    const held = rows.filter(({ passed }) => !passed);
    const passed = rows.filter((row) => row.passed);
    return {
      ...{ gate, ...span },
      passed: sideOf([passed]),
      all: sideOf([held, passed]),
      undecided: sumOf(held, 'n') - sumOf(held, 'labelled'),
    };
  });

function sideOf(parts: ScoreRow[][]): PromiseQuality['all'] {
  const rows = parts.flat();
  const counts = {
    n: sumOf(rows, 'n'),
    labelled: sumOf(rows, 'labelled'),
    wrong: sumOf(rows, 'wrong'),
  };
  const found = qualityOf(parts.map((part) => part.map(toCell)));
  if (!found) return { ...counts, told: null, plain: null, worth: 1 };
  return { ...counts, told: toRight(found), plain: toRight(found.plain), worth: found.worth };
}

const sumOf = (rows: ScoreRow[], of: 'n' | 'labelled' | 'wrong'): number =>
  rows.reduce((sum, row) => sum + row[of], 0);

const toCell = ({ bin, probability, n, labelled, wrong }: ScoreRow): QualityCell => ({
  predicted: 1 - middleOf(bin, score_bins),
  inclusion_probability: probability,
  ...{ n, labelled, wrong },
});

const toRight = ({ share, low, high }: QualityInterval) => ({
  ...{ right: 1 - share, low: 1 - high, high: 1 - low },
});
