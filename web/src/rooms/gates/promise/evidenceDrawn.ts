import type { PromiseTier } from '@wheelhouse/core';
import type { PlotSeries } from '../../../kit/plotSeries.ts';

/** Fewer decisions say so little that the scale does not follow them. */
const telling = 30;

export interface EvidenceDrawn {
  x: number[];
  series: PlotSeries[];
  range: readonly [number, number];
  /** Where the scale ends: what goes over it is of few decisions, and so is how wide its interval is. */
  end: number;
  at: (row: number) => PromiseTier['evidence'][number];
}

/** The share of errors that the proof of each threshold rests on (rule K167), with its 95% interval, which
 *  is of that threshold alone (rule K156). */
export function evidenceDrawn({
  evidence,
  alpha,
  threshold,
}: Pick<PromiseTier, 'evidence' | 'alpha' | 'threshold'>): EvidenceDrawn {
  const rising = [...evidence].sort((a, b) => a.threshold - b.threshold);
  // Between two scores what is at or over is what the upper one says.
  const accent = { tone: 'accent', kind: 'step_up_to' } as const;
  const told = rising.filter(({ labelled }) => labelled >= telling);
  const worst = Math.max(0, ...(told.length ? told : rising).map((one) => one.share ?? 0));
  // A threshold that passes next to nothing lies over every score that was judged.
  const from = Math.min(rising[0]?.threshold ?? 0, threshold ?? 1);
  return {
    x: rising.map((one) => one.threshold),
    series: [
      { ...accent, title: '95% interval, high', values: rising.map(({ high }) => high) },
      {
        ...{ ...accent, title: '95% interval, low', values: rising.map(({ low }) => low) },
        closes_band: '95% interval, of each threshold by itself',
      },
      { ...accent, title: 'Wrong at or over it', values: rising.map((one) => one.share) },
      { title: 'Promised at most', tone: 'harm', kind: 'limit', values: rising.map(() => alpha) },
    ],
    range: [from, 1],
    end: Math.min(1, Math.max(2.5 * alpha, 1.3 * worst)),
    at: (row) => rising[row] as PromiseTier['evidence'][number],
  };
}
