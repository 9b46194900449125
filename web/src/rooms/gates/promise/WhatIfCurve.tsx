import type { PromiseWhatIf } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { scoreText, share } from '../../../kit/promiseWords.ts';

export interface Dragged {
  /** As it is chosen, which the answer may not be of yet. */
  alpha: number;
  onAlpha: (alpha: number) => void;
}

const whole: [number, number] = [0, 1];

interface WhatIfCurveProps extends Dragged {
  curve: PromiseWhatIf['curve'];
  /** What would pass at the threshold of that limit. */
  coverage: number | undefined;
}

/** Errors against how much passes, by what was judged: α is dragged in it. */
export function WhatIfCurve({ curve, coverage, alpha, onAlpha }: WhatIfCurveProps) {
  // Every limit has an answer of its own, whose curve is the same: a plot drawn anew would be let go.
  const same = JSON.stringify(curve);
  const { x, series, worst } = useMemo(() => {
    const points: PromiseWhatIf['curve'] = JSON.parse(same);
    const drawn: PlotSeries[] = [
      { title: '95% interval, high', values: points.map(({ high }) => high), tone: 'bar' },
      {
        ...{ title: 'low', values: points.map(({ low }) => low), tone: 'bar' },
        closes_band: '95% interval, about',
      },
      { title: 'Wrong of what passes', values: points.map(({ risk }) => risk), tone: 'accent' },
    ];
    const risks = points.map(({ risk }) => risk ?? 0);
    return {
      ...{ x: points.map((one) => one.coverage), series: drawn },
      worst: Math.max(...risks),
    };
  }, [same]);
  return (
    <Plot
      label="Wrong of what passes, against how much passes"
      {...{ x, series }}
      x_title="Share that passes"
      y_title="Wrong of what passes"
      x_text={share}
      x_range={whole}
      y_text={share}
      y_end={Math.min(1, Math.max(0.06, 1.3 * worst, 1.3 * alpha))}
      mark={coverage}
      level={{ title: 'At most', value: alpha }}
      onLevel={(y) => onAlpha(stepOf(y))}
      columns={[{ title: 'Threshold', text: (row) => scoreText(curve[row]?.threshold ?? 0) }]}
      height={260}
    />
  );
}

/** A quarter of a percent, and at least a tenth of one. */
const stepOf = (y: number) => Math.min(0.99, Math.max(0.001, Math.round(y * 400) / 400));
