import type { GatePromise, PromiseEpoch, PromiseTier } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Panel } from '../../../kit/Panel.tsx';
import { Plot } from '../../../kit/Plot.tsx';
import { partName } from '../../../kit/partWords.ts';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { share } from '../../../kit/promiseWords.ts';
import css from './Promise.module.css';
import { marksOf, momentWords, timeRange } from './promiseMarks.ts';
import { endedWords } from './promiseText.ts';
import { type Step, StepControl } from './StepControl.tsx';

/** As many as are looked at without getting lost; the newest come first. */
const most_streams = 6;

interface ChecksPanelProps {
  promise: GatePromise;
  by: Step;
  onBy: (by: Step) => void;
}

/** What spot checks found as they came, against what is promised: of what is in use, and of what an
 *  alarm ended. */
export function ChecksPanel({ promise, by, onBy }: ChecksPanelProps) {
  const streams = promise.epochs.flatMap((epoch) =>
    epoch.tiers.filter(({ checked }) => checked.length > 0).map((tier) => ({ epoch, tier })),
  );
  if (!streams.length) return null;
  return (
    <Panel
      title="Spot checks over time"
      say="All of what was looked at up to each time, with an interval that holds at every look (95%)."
      aside={<StepControl label="Step of spot checks" by={by} onBy={onBy} />}
    >
      <div className={css.plots}>
        {streams.slice(0, most_streams).map((stream) => (
          <Stream key={`${stream.epoch.id} ${stream.tier.tier}`} {...stream} promise={promise} />
        ))}
      </div>
      {streams.length > most_streams && (
        <p className={css.now}>The newest {most_streams} are drawn; the report has all.</p>
      )}
    </Panel>
  );
}

interface StreamProps {
  epoch: PromiseEpoch;
  tier: PromiseTier;
  promise: GatePromise;
}

function Stream({ epoch, tier, promise }: StreamProps) {
  const { by } = promise.history;
  const { checked, alpha } = tier;
  const { x, series, end } = useMemo(() => drawnOf(tier), [tier]);
  const marks = useMemo(
    () => marksOf(promise, { epoch_id: epoch.id, tier: tier.tier }),
    [promise, epoch.id, tier.tier],
  );
  const range = useMemo(() => timeRange(x, by, marks), [x, by, marks]);
  const name = partName(epoch, tier);
  const ended = epoch.ended_at
    ? `, until ${new Date(epoch.ended_at).toLocaleString()}, ${endedWords(epoch)}`
    : '';
  const at = (row: number) => checked[row] as (typeof checked)[number];
  return (
    <section className={css.stream} aria-label={`Spot checks of ${name}`}>
      <h3 className={css.name}>
        <bdi>{name}</bdi>
        {epoch.why_ended && <span className={css.when}> {endedWords(epoch)}</span>}
      </h3>
      <Plot
        label={`Share of spot checks against the AI, ${name}${ended}, by ${by}`}
        {...{ x, series, marks }}
        time
        x_title={by === 'hour' ? 'Hour' : 'Day'}
        x_text={momentWords(by)}
        x_range={range}
        y_title="Wrong of spot checks"
        y_text={share}
        y_end={end}
        level={{ title: 'Promised at most', value: alpha }}
        columns={[
          { title: 'Checked so far', text: (row) => at(row).n.toLocaleString('en-US') },
          { title: 'Wrong', text: (row) => at(row).wrong.toLocaleString('en-US') },
        ]}
      />
    </section>
  );
}

function drawnOf({ checked, alpha }: PromiseTier) {
  const series: PlotSeries[] = [
    {
      title: '95% interval, high',
      tone: 'accent',
      kind: 'step',
      values: checked.map((one) => one.high),
    },
    {
      ...{ title: '95% interval, low', tone: 'accent', kind: 'step' },
      values: checked.map((one) => one.low),
      closes_band: '95% interval',
    },
    {
      ...{ title: 'Wrong of what was checked', tone: 'accent', kind: 'step' },
      values: checked.map(({ wrong, n }) => (n ? wrong / n : null)),
    },
  ];
  // The first few checks say nothing: their interval is cut off, so that the limit is seen.
  const worst = Math.max(0, ...checked.map(({ wrong, n }) => (n ? wrong / n : 0)));
  const last = checked.at(-1)?.high ?? 1;
  const end = Math.min(1, Math.max(4 * alpha, 1.2 * last, 1.2 * worst));
  return { x: checked.map(({ from }) => Date.parse(from) / 1_000), series, end };
}
