import type { GatePlan } from '@wheelhouse/core/learn';
import {
  countWords,
  measureOf,
  openingWords,
  playedLossWords,
  shareWords,
  spreadWords,
} from '@wheelhouse/plan';
import { useMemo } from 'react';
import { Panel } from '../../../kit/Panel.tsx';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import css from './PlanTab.module.css';

const dayText = (day: number) => (Number.isInteger(day) ? String(day) : '');

/** How the first weeks would go: what people look at on each day, over many plays. */
export function WeeksPanel({ plan, behind }: { plan: GatePlan; behind: boolean }) {
  const { weeks, setup } = plan;
  const { days } = weeks;
  const measure = measureOf(plan);
  const x = useMemo(() => days.map(({ day }) => day), [days]);
  const series = useMemo(
    (): PlotSeries[] => [
      {
        ...{ title: 'A tenth of the plays is over', tone: 'waiting' },
        values: days.map(({ looked_at }) => looked_at.high),
      },
      {
        ...{ title: 'and a tenth under', tone: 'waiting' },
        values: days.map(({ looked_at }) => looked_at.low),
        closes_band: 'Eight of ten plays',
      },
      {
        ...{ title: 'People look at', tone: 'accent' },
        values: days.map(({ looked_at }) => looked_at.middle),
      },
      {
        ...{ title: 'of these, spot checks', tone: 'muted' },
        values: days.map(({ spot_checked }) => spot_checked.middle),
      },
    ],
    [days],
  );
  const at = (row: number) => days[row] as (typeof days)[number];
  return (
    <Panel
      title={setup.days === 1 ? 'The first day' : `The first ${setup.days} days`}
      say={`Everything is held until what people judge proves a threshold. ${setup.runs} plays of the traffic in the file.`}
    >
      <div className={behind ? css.behind : undefined} aria-busy={behind}>
        <p className={css.say}>
          {openingWords(plan)}{' '}
          {weeks.runs_opened > 0 &&
            `In ${weeks.runs_broken} of ${setup.runs} it ends at ${measure.broken}.`}
          {playedLossWords(plan)}
        </p>
        <Plot
          label="What people look at, by day"
          x={x}
          x_title="Day"
          y_title="Outputs a day"
          x_text={dayText}
          series={series}
          y_text={countWords}
          y_end={setup.outputs_a_day * 1.05}
          columns={[
            { title: 'Plays open', text: (row) => shareWords(at(row).open) },
            { title: 'Held', text: (row) => spreadWords(at(row).held) },
            {
              title: plan.partial ? measure.passed_head : 'Wrong of what passed',
              text: (row) => {
                const { wrong } = at(row);
                return wrong ? spreadWords(wrong, measure.risk) : 'nothing passed';
              },
            },
          ]}
          height={240}
        />
      </div>
    </Panel>
  );
}
