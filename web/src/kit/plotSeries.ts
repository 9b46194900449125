import uPlot from 'uplot';
import { timeValues } from './timeAxis.ts';

export type Tone = 'accent' | 'muted' | 'waiting' | 'harm' | 'bar';

/** One line, or one row of bars. */
export interface PlotSeries {
  title: string;
  /** As many as there are places on the x axis; null draws nothing. */
  values: readonly (number | null)[];
  tone: Tone;
  /** A step holds from its place on to the next one, a step up to its place from the one before. */
  kind?: 'line' | 'step' | 'step_up_to' | 'bars' | 'limit';
  /** The lower edge of a band, whose upper edge is the series before it: what both together are. */
  closes_band?: string;
}

/** Something that happened at a place on the x axis. */
export interface PlotMark {
  x: number;
  title: string;
  tone: Tone;
}

export interface PlotProps {
  /** What is drawn, for whoever does not see it, and above the table. */
  label: string;
  /** Ascending; seconds since 1970 where `time` is set. */
  x: readonly number[];
  x_title: string;
  /** What stands on the upright axis, in a word or three. */
  y_title: string;
  x_text: (value: number) => string;
  time?: boolean;
  series: readonly PlotSeries[];
  y_text: (value: number) => string;
  /** The scale ends at least here. */
  y_top?: number;
  /** The scale ends here, whatever goes over it. */
  y_end?: number;
  /** The scale begins and ends here on the x axis; by the values otherwise. */
  x_range?: readonly [number, number];
  /** A place marked by an upright line, as where a threshold stands. */
  mark?: number | undefined;
  /** What happened, each an upright line; the table says it in the row that it is of. */
  marks?: readonly PlotMark[];
  /** A height marked by a broken line, as a limit that is chosen. */
  level?: { title: string; value: number };
  /** Told the height at which somebody drags. What it sets has a control for keys as well. */
  onLevel?: ((y: number) => void) | undefined;
  /** Places on the x axis that have a name, and no others do. */
  x_places?: readonly number[];
  /** Its numbers stand in a table beside it already. */
  listed?: boolean;
  /** What the table says beside the series. */
  columns?: readonly { title: string; text: (row: number) => string }[];
  height?: number;
}

/** What happened from a place on the x axis to the next; what came before the first is of the first. */
export const marksIn = (marks: readonly PlotMark[], x: readonly number[], at: number): string[] => [
  ...new Set(
    marks
      .filter((mark) => {
        const after = at === 0 || mark.x >= (x[at] as number);
        return after && (at === x.length - 1 || mark.x < (x[at + 1] as number));
      })
      .map(({ title }) => title),
  ),
];

interface PlotKey extends Pick<PlotSeries, 'title' | 'tone'> {
  kind: NonNullable<PlotSeries['kind']> | 'band';
  /** What is said of it: one series, or the edges of a band, lower first. */
  edges: PlotSeries['values'][];
}

export const isEdge = (series: readonly PlotSeries[], at: number): boolean =>
  Boolean(series[at]?.closes_band ?? series[at + 1]?.closes_band);

/** Each series, and each band once for both its edges, as the legend names them. */
export const keysOf = (series: readonly PlotSeries[]): PlotKey[] =>
  series.flatMap((one, at): PlotKey[] => {
    const { title, tone, kind = 'line', values, closes_band } = one;
    if (series[at + 1]?.closes_band) return [];
    if (!closes_band) return [{ title, tone, kind, edges: [values] }];
    const upper = series[at - 1]?.values ?? [];
    return [{ title: closes_band, tone, kind: 'band', edges: [values, upper] }];
  });

const colour_names = {
  accent: '--wh-accent',
  muted: '--wh-muted',
  waiting: '--wh-waiting-mark',
  harm: '--wh-harm',
  bar: '--wh-bar',
  text: '--wh-text',
  line: '--wh-line',
} as const;

/** A colour of the kit as the browser has it now: a canvas knows no variables. */
export const colourOf = (place: HTMLElement, name: keyof typeof colour_names): string =>
  getComputedStyle(place).getPropertyValue(colour_names[name]).trim();

const font = '12px "Inter Variable", system-ui, sans-serif';

/** @param text null for an axis of time, which may have two lines */
export function axisOf(
  place: HTMLElement,
  text: ((value: number) => string) | null,
  size = text ? 32 : 44,
): uPlot.Axis {
  const line = { stroke: colourOf(place, 'line'), width: 1 };
  return {
    stroke: colourOf(place, 'muted'),
    ...{ font, grid: line, ticks: line, size },
    values: text ? (_plot: uPlot, values: number[]) => values.map(text) : timeValues,
  };
}

const step_aligns: Partial<Record<string, 1 | -1>> = { step: 1, step_up_to: -1 };

/** @param edge of a band, which is seen without lines */
export function seriesOf(place: HTMLElement, series: PlotSeries, edge: boolean): uPlot.Series {
  const { title, tone, kind = 'line' } = series;
  const stroke = colourOf(place, tone);
  const common = { label: title, stroke, width: edge ? 0 : 2, points: { show: false } };
  if (kind === 'bars') {
    return {
      ...common,
      width: 0,
      fill: stroke,
      ...pathsOf(uPlot.paths.bars?.({ size: [0.8, 60] })),
    };
  }
  if (kind === 'limit') return { ...common, width: 1.5, dash: [6, 4] };
  const align = step_aligns[kind];
  const paths = align && uPlot.paths.stepped?.({ align });
  return { ...common, ...pathsOf(paths) };
}
const pathsOf = (paths: uPlot.Series.PathBuilder | undefined) => (paths ? { paths } : {});

/** What lies between a series and the one before it, where it closes a band. */
export const bandsOf = (place: HTMLElement, series: readonly PlotSeries[]): uPlot.Band[] =>
  series.flatMap(({ closes_band, tone }, at) =>
    closes_band ? [{ series: [at, at + 1], fill: `${colourOf(place, tone)}33` }] : [],
  );
