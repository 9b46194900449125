import type { GatePromise } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import css from './Promise.module.css';
import { share } from './promiseText.ts';

/** A scale of few has steps between whole outputs, which are not said. */
const count = (value: number) =>
  value < 10 && !Number.isInteger(value) ? '' : Math.round(value).toLocaleString('en-US');

/** The share that waits, and how sure the AI was, over time and as a whole. */
export function HistoryPlots({ promise: { history } }: { promise: GatePromise }) {
  const { rows, by } = history;
  const over_time = useMemo(() => {
    const totals = rows.map(({ passed, held }) => passed + held);
    const held: PlotSeries = {
      title: 'Waits for a person',
      tone: 'waiting',
      kind: 'step',
      values: rows.map(({ held }, at) => (totals[at] ? held / (totals[at] as number) : null)),
    };
    const checked: PlotSeries = {
      title: 'Passed and looked at',
      tone: 'accent',
      kind: 'step',
      values: rows.map(({ checked }, at) => (totals[at] ? checked / (totals[at] as number) : null)),
    };
    return { x: rows.map(({ from }) => Date.parse(from) / 1_000), series: [held, checked] };
  }, [rows]);
  const scores = useMemo(() => histogram(rows), [rows]);
  if (!rows.length) return <p className={css.now}>Nothing came in this time.</p>;
  const moment = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    ...(by === 'hour' ? { timeStyle: 'short' } : {}),
  });
  return (
    <div className={css.plots}>
      {rows.length > 1 && (
        <Plot
          label={`Share that waits for a person, by ${by}`}
          {...over_time}
          time
          x_title={by === 'hour' ? 'Hour' : 'Day'}
          x_text={(seconds) => moment.format(seconds * 1_000)}
          y_text={share}
          y_top={1}
        />
      )}
      <Plot
        label="How sure the AI was: outputs by confidence"
        {...scores}
        x_title="Confidence from"
        x_text={(score) => score.toFixed(2)}
        x_range={[-0.02, 1.02]}
        y_text={count}
      />
    </div>
  );
}

/** Of all rows, and of the last quarter of them alone as far as that is another. */
function histogram(rows: GatePromise['history']['rows']) {
  const steps = rows[0]?.scores.length ?? 0;
  const sumOf = (some: typeof rows) =>
    Array.from({ length: steps }, (_none, step) =>
      some.reduce((sum, { scores }) => sum + (scores[step] ?? 0), 0),
    );
  const recent = rows.slice(-Math.ceil(rows.length / 4));
  const series: PlotSeries[] = [
    { title: 'Outputs', tone: 'bar', kind: 'bars', values: sumOf(rows) },
    ...(rows.length >= 4
      ? [
          {
            title: `The last ${recent.length} on the scale of all`,
            tone: 'accent' as const,
            kind: 'step' as const,
            values: scaled(sumOf(recent), sumOf(rows)),
          },
        ]
      : []),
  ];
  return { x: Array.from({ length: steps }, (_none, step) => step / steps), series };
}

/** As many as the whole would be were all of it like the part. */
function scaled(part: number[], whole: number[]): number[] {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const factor = sum(whole) / Math.max(1, sum(part));
  return part.map((value) => value * factor);
}
