import css from './Plot.module.css';
import { keysOf, marksIn, type PlotProps, type PlotSeries } from './plotSeries.ts';

/** What is drawn, and the values of it where the pointer is. */
export function PlotKeys({
  x,
  x_text,
  series,
  y_text,
  level,
  marks = [],
  at,
}: PlotProps & { at: number | null }) {
  const titles = [...new Map(marks.map((mark) => [mark.title, mark.tone]))];
  const said = (edges: readonly PlotSeries['values'][]) =>
    edges
      .map((values) => {
        const one = at === null ? null : values[at];
        return one === null || one === undefined ? '–' : y_text(one);
      })
      .join(' to ');
  return (
    <span className={css.keys}>
      {keysOf(series).map(({ title, tone, kind, edges }) => (
        <span key={title} className={css.key} data-tone={tone} data-kind={kind}>
          {title}
          {at !== null && <b className={css.value}> {said(edges)}</b>}
        </span>
      ))}
      {level && (
        <span className={css.key} data-kind="limit">
          {level.title} <b className={css.value}>{y_text(level.value)}</b>
        </span>
      )}
      {titles.map(([title, tone]) => (
        <span key={title} className={css.key} data-tone={tone} data-kind="mark">
          {title}
        </span>
      ))}
      {at !== null && (
        <span className={css.at}>
          {[x_text(x[at] as number), ...marksIn(marks, x, at)].join(' · ')}
        </span>
      )}
    </span>
  );
}
