import '@mantine/charts/styles.css';
import { CompositeChart } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';
import type { HomeSummary } from '@wheelhouse/core';

const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

const series = [
  { name: 'passed', label: 'Passed', color: 'var(--wh-bar)', type: 'bar' as const },
  { name: 'held', label: 'Held', color: 'var(--wh-accent)', type: 'bar' as const },
  {
    name: 'blocked',
    label: 'Blocked',
    color: 'var(--wh-text)',
    type: 'bar' as const,
    stackId: 'o',
  },
  { name: 'decided', label: 'Decided by people', color: 'var(--wh-muted)', type: 'line' as const },
];

/** Outputs an hour by verdict, as stacked bars, and people's decisions, as a line. */
export function HourChart({ rows }: { rows: HomeSummary['by_hour'] }) {
  const still = useReducedMotion();
  const data = rows.map(({ at, ...counts }) => ({ hour: hour.format(new Date(at)), ...counts }));
  return (
    <CompositeChart
      h={240}
      data={data}
      dataKey="hour"
      series={series}
      withLegend
      legendProps={{ verticalAlign: 'bottom', height: 32, itemSorter: null }}
      curveType="linear"
      withDots={false}
      strokeWidth={2}
      gridAxis="x"
      tickLine="none"
      yAxisProps={{ width: 44, allowDecimals: false }}
      xAxisProps={{ minTickGap: 24 }}
      barProps={{ stackId: 'outputs', isAnimationActive: !still, animationDuration: 140 }}
      lineProps={{ isAnimationActive: !still, animationDuration: 140 }}
      tooltipAnimationDuration={0}
      role="img"
      aria-label="Outputs by verdict and people’s decisions, hour by hour; its numbers are under “Show the numbers”"
    />
  );
}
