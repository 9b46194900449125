import type { GatePromise } from '@wheelhouse/core';
import type { PlotSeries } from '../../../kit/plotSeries.ts';

type Rows = GatePromise['history']['rows'];

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The score that a share of outputs is under; within a step of the histogram they lie evenly.
 *  @param scores outputs by score, from 0 to 1 in equal steps
 *  @returns null where there are none */
export function quantileOf(scores: readonly number[], share: number): number | null {
  const wanted = sum(scores) * share;
  if (!sum(scores)) return null;
  let before = 0;
  for (const [step, n] of scores.entries()) {
    if (n > 0 && before + n >= wanted) return (step + (wanted - before) / n) / scores.length;
    before += n;
  }
  return 1;
}

/** Outputs of a time by score, and all others on the scale of it. */
export function histogramOf(some: { title: string; rows: Rows }, others: Rows) {
  const steps = some.rows[0]?.scores.length ?? 0;
  const totals = (rows: Rows) =>
    Array.from({ length: steps }, (_none, step) =>
      sum(rows.map(({ scores }) => scores[step] ?? 0)),
    );
  const own = totals(some.rows);
  const rest = totals(others);
  const factor = sum(own) / Math.max(1, sum(rest));
  const series: PlotSeries[] = [
    { title: some.title, tone: 'bar', kind: 'bars', values: own },
    ...(sum(rest) && sum(own)
      ? [
          {
            ...{ title: 'All other times, on the same scale', kind: 'step' as const },
            ...{ tone: 'accent' as const, values: rest.map((value) => value * factor) },
          },
        ]
      : []),
  ];
  return { x: Array.from({ length: steps }, (_none, step) => step / steps), series };
}
