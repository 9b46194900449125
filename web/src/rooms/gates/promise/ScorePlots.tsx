import { RangeSlider } from '@mantine/core';
import type { GatePromise } from '@wheelhouse/core';
import { useMemo, useState } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import css from './Promise.module.css';
import { marksOf, momentWords, timeRange } from './promiseMarks.ts';
import { histogramOf, quantileOf } from './scoreHistory.ts';

type Rows = GatePromise['history']['rows'];

/** A scale of few has steps between whole outputs, which are not said. */
const count = (value: number) =>
  value < 10 && !Number.isInteger(value) ? '' : Math.round(value).toLocaleString('en-US');
const sure = (score: number) => score.toFixed(2);

/** How sure the AI was: over time, and at each confidence in a time that is chosen. */
export function ScorePlots({ promise }: { promise: GatePromise }) {
  const { history } = promise;
  const { rows, by } = history;
  const marks = useMemo(() => marksOf(promise), [promise]);
  const { x, series } = useMemo(() => spreadOf(rows), [rows]);
  const range = useMemo(() => timeRange(x, by), [x, by]);
  return (
    <>
      {rows.length > 1 && (
        <Plot
          label={`How sure the AI was, by ${by}`}
          {...{ x, series, marks }}
          time
          x_title={by === 'hour' ? 'Hour' : 'Day'}
          x_text={momentWords(by)}
          x_range={range}
          y_title="Confidence"
          y_text={sure}
          y_end={1}
        />
      )}
      <Histogram rows={rows} by={by} />
    </>
  );
}

function Histogram({ rows, by }: Pick<GatePromise['history'], 'rows' | 'by'>) {
  const [chosen, setChosen] = useState<[number, number] | null>(null);
  const last = rows.length - 1;
  // The last quarter, until a time is chosen that is still there.
  const usual: [number, number] = [rows.length - Math.ceil(rows.length / 4), last];
  const [from, to] = chosen && chosen[1] <= last ? chosen : usual;
  const words = momentWords(by);
  const when = (at: number) => words(Date.parse(rows[at]?.from ?? '') / 1_000);
  const span = from === to ? when(from) : `${when(from)} to ${when(to)}`;
  const { x, series } = useMemo(() => {
    const some = { title: span, rows: rows.slice(from, to + 1) };
    const others = rows.filter((_one, at) => at < from || at > to);
    return histogramOf(some, others);
  }, [rows, from, to, span]);
  return (
    <div className={css.chosen}>
      <Plot
        label="Outputs by confidence"
        {...{ x, series }}
        x_title="Confidence"
        x_text={sure}
        x_range={scale}
        y_title="Outputs"
        y_text={count}
      />
      {rows.length > 1 && (
        <div className={css.range_of}>
          <span>Outputs of {span}</span>
          <RangeSlider
            value={[from, to]}
            onChange={setChosen}
            min={0}
            max={last}
            step={1}
            minRange={0}
            label={null}
            size={4}
            thumbSize={18}
            thumbFromLabel="Outputs from"
            thumbToLabel="Outputs to"
            thumbValueText={when}
          />
        </div>
      )}
    </div>
  );
}
const scale = [-0.02, 1.02] as const;

function spreadOf(rows: Rows) {
  const at = (share: number) => rows.map(({ scores }) => quantileOf(scores, share));
  const series: PlotSeries[] = [
    { title: 'Nine of ten are under', tone: 'accent', kind: 'step', values: at(0.9) },
    {
      ...{ title: 'One of ten is under', tone: 'accent', kind: 'step', values: at(0.1) },
      closes_band: 'Eight of ten outputs',
    },
    { title: 'Middle', tone: 'accent', kind: 'step', values: at(0.5) },
  ];
  return { x: rows.map(({ from }) => Date.parse(from) / 1_000), series };
}
