import uPlot from 'uplot';

export type Tone = 'accent' | 'muted' | 'waiting' | 'harm' | 'bar';

/** One line, or one row of bars. */
export interface PlotSeries {
  title: string;
  /** As many as there are places on the x axis; null draws nothing. */
  values: readonly (number | null)[];
  tone: Tone;
  kind?: 'line' | 'step' | 'bars' | 'limit';
  /** The lower edge of a band, whose upper edge is the series before it. */
  closes_band?: boolean;
}

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

/** @param text null for an axis of time, which has words of its own */
export function axisOf(
  place: HTMLElement,
  text: ((value: number) => string) | null,
  size = 32,
): uPlot.Axis {
  const line = { stroke: colourOf(place, 'line'), width: 1 };
  return {
    stroke: colourOf(place, 'muted'),
    ...{ font, grid: line, ticks: line, size },
    ...(text ? { values: (_plot: uPlot, values: number[]) => values.map(text) } : {}),
  };
}

export function seriesOf(place: HTMLElement, series: PlotSeries): uPlot.Series {
  const { title, tone, kind = 'line', closes_band } = series;
  const stroke = colourOf(place, tone);
  const common = { label: title, stroke, width: closes_band ? 0 : 2, points: { show: false } };
  if (kind === 'bars') {
    return {
      ...common,
      width: 0,
      fill: stroke,
      ...pathsOf(uPlot.paths.bars?.({ size: [0.8, 60] })),
    };
  }
  if (kind === 'limit') return { ...common, width: 1.5, dash: [6, 4] };
  const paths = kind === 'step' ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return { ...common, ...pathsOf(paths) };
}
const pathsOf = (paths: uPlot.Series.PathBuilder | undefined) => (paths ? { paths } : {});

/** What lies between a series and the one before it, where it closes a band. */
export const bandsOf = (place: HTMLElement, series: readonly PlotSeries[]): uPlot.Band[] =>
  series.flatMap(({ closes_band, tone }, at) =>
    closes_band ? [{ series: [at, at + 1], fill: `${colourOf(place, tone)}33` }] : [],
  );
