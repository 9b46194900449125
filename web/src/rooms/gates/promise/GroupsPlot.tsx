import type { PromiseGroup } from '@wheelhouse/core';
import { useMemo } from 'react';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import { share } from '../../../kit/promiseWords.ts';
import { groupName } from './groupWords.ts';

interface GroupsPlotProps {
  attribute: string;
  groups: readonly PromiseGroup[];
  alpha: number;
}

/** Half of the width of what is drawn of a group, of which each has a place of one. */
const half = 0.32;
const shortest = 12;

/** Between which shares the errors of each group lie, beside each other and against the promise. */
export function GroupsPlot({ attribute, groups, alpha }: GroupsPlotProps) {
  const { x, series } = useMemo(() => drawnOf(groups), [groups]);
  const range = useMemo(() => [-0.5, groups.length - 0.5] as const, [groups.length]);
  if (groups.every(({ tells }) => tells === 'nothing_passed')) return null;
  const nameAt = (at: number) => {
    const group = groups[Math.round(at)];
    if (!group) return '';
    const name = groupName(group);
    return name.length > shortest ? `${name.slice(0, shortest - 1)}…` : name;
  };
  return (
    <Plot
      label={`Share of errors among what passed, by ${attribute}`}
      {...{ x, series }}
      x_title={attribute}
      y_title="Wrong of what passed"
      x_text={nameAt}
      x_places={groups.map((_one, at) => at)}
      x_range={range}
      y_text={share}
      y_top={alpha * 1.5}
      y_end={Math.max(alpha * 1.5, Math.min(1, alpha * 8))}
      level={{ title: 'Promised at most', value: alpha }}
      listed
    />
  );
}

/** Each group as a piece of a band, and nothing between it and the next. */
function drawnOf(groups: readonly PromiseGroup[]) {
  const x = groups.flatMap((_group, at) => [at - half, at + half, at + 0.5]);
  const valuesOf = (of: 'high' | 'share' | 'low') =>
    groups.flatMap(({ errors, passed }) => {
      const value = passed ? errors[of] : null;
      return [value, value, null];
    });
  const series: PlotSeries[] = [
    { title: 'At most', tone: 'muted', kind: 'line', values: valuesOf('high') },
    {
      title: 'At least',
      tone: 'muted',
      kind: 'line',
      values: valuesOf('low'),
      closes_band: 'Between which it lies',
    },
    { title: 'Wrong', tone: 'accent', kind: 'line', values: valuesOf('share') },
  ];
  return { x, series };
}
