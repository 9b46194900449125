import type { GatePromise } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { share } from '../../../kit/promiseWords.ts';
import css from './Promise.module.css';
import { marksOf, momentWords, timeRange } from './promiseMarks.ts';
import { ScorePlots } from './ScorePlots.tsx';

/** The share that waits, and how sure the AI was, with what became of the promise meanwhile. */
export function HistoryPlots({ promise }: { promise: GatePromise }) {
  const { history } = promise;
  const { rows, by } = history;
  const { x, series } = useMemo(() => heldOver(rows), [rows]);
  const marks = useMemo(() => marksOf(promise), [promise]);
  const range = useMemo(() => timeRange(x, by), [x, by]);
  if (!rows.length) return <p className={css.now}>Nothing came under this promise in this time.</p>;
  return (
    <div className={css.plots}>
      {rows.length > 1 && (
        <Plot
          label={`Share that waits for a person, by ${by}`}
          {...{ x, series, marks }}
          time
          x_title={by === 'hour' ? 'Hour' : 'Day'}
          x_text={momentWords(by)}
          x_range={range}
          y_title="Share of outputs"
          y_text={share}
          y_end={1}
        />
      )}
      <ScorePlots promise={promise} />
    </div>
  );
}

function heldOver(rows: GatePromise['history']['rows']) {
  const of = (some: (row: (typeof rows)[number]) => number) =>
    rows.map((row) => {
      const total = row.passed + row.held;
      return total ? some(row) / total : null;
    });
  const series: PlotSeries[] = [
    { title: 'Waits for a person', tone: 'waiting', kind: 'step', values: of(({ held }) => held) },
    {
      ...{ title: 'Passed and looked at', tone: 'accent', kind: 'step' },
      values: of(({ checked }) => checked),
    },
  ];
  return { x: rows.map(({ from }) => Date.parse(from) / 1_000), series };
}
