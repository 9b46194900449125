import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import css from './Plot.module.css';
import { axisOf, bandsOf, colourOf, type PlotSeries, seriesOf } from './plotSeries.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import table from './table.module.css';

interface PlotProps {
  /** What is drawn, for whoever does not see it, and above the table. */
  label: string;
  /** Ascending; seconds since 1970 where `time` is set. */
  x: readonly number[];
  x_title: string;
  x_text: (value: number) => string;
  time?: boolean;
  series: readonly PlotSeries[];
  y_text: (value: number) => string;
  /** The scale ends at least here. */
  y_top?: number;
  /** The scale begins and ends here on the x axis; by the values otherwise. */
  x_range?: readonly [number, number];
  /** A place marked by an upright line, as where a threshold stands. */
  mark?: number | undefined;
  height?: number;
}

/** Series over one axis, with what the pointer is at said below, and the numbers as a table. */
export function Plot(props: PlotProps) {
  const { label, x, x_title, x_text, series, y_text } = props;
  const holder = useRef<HTMLDivElement>(null);
  const at = useDrawn(holder, props);
  const [open, setOpen] = useState(false);
  const table_id = useId();
  return (
    <figure className={css.figure}>
      <div ref={holder} className={css.plot} role="img" aria-label={label} />
      <figcaption className={css.caption}>
        <span className={css.keys}>
          {series.map(({ title, tone, values, kind }) => (
            <span key={title} className={css.key} data-tone={tone} data-kind={kind ?? 'line'}>
              {title}
              {at !== null && (
                <b className={css.value}>
                  {' '}
                  {values[at] === null || values[at] === undefined ? '–' : y_text(values[at])}
                </b>
              )}
            </span>
          ))}
          {at !== null && <span className={css.at}>{x_text(x[at] as number)}</span>}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={open}
          aria-controls={table_id}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide the numbers' : 'Numbers as a table'}
        </Button>
      </figcaption>
      <div id={table_id}>
        {open && (
          <ScrollRegion label={`${label}: numbers`} className={css.numbers}>
            <table className={table.table} aria-label={label}>
              <thead>
                <tr>
                  <th>{x_title}</th>
                  {series.map(({ title }) => (
                    <th key={title} className={table.figure}>
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {x.map((value, row) => (
                  <tr key={value}>
                    <td>{x_text(value)}</td>
                    {series.map(({ title, values }) => {
                      const one = values[row];
                      return (
                        <td key={title} className={table.figure}>
                          {one === null || one === undefined ? '–' : y_text(one)}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </div>
    </figure>
  );
}

/** Draws into a place, anew when what is drawn or the scheme of colours changes, and at its width.
 *  @returns which of x the pointer is at */
function useDrawn(holder: React.RefObject<HTMLDivElement | null>, props: PlotProps): number | null {
  const { x, series, x_text, y_text, time = false, y_top, x_range, mark, height = 200 } = props;
  const scheme = useComputedColorScheme();
  const [at, setAt] = useState<number | null>(null);
  const mark_at = useRef(mark);
  const drawn = useRef<uPlot | null>(null);
  mark_at.current = mark;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new scheme has new colours.
  useEffect(() => {
    const place = holder.current;
    if (!place || !x.length) return;
    const plot = new uPlot(
      {
        width: place.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time, ...(x_range ? { range: () => [...x_range] } : {}) },
          y: { range: (_plot, _least, most) => [0, Math.max(y_top ?? 0, most * 1.05) || 1] },
        },
        axes: [axisOf(place, time ? null : x_text), axisOf(place, y_text, 60)],
        series: [{}, ...series.map((one) => seriesOf(place, one))],
        bands: bandsOf(place, series),
        hooks: {
          setCursor: [({ cursor }) => setAt(cursor.idx ?? null)],
          draw: [(plot) => drawMark(plot, place, mark_at.current)],
        },
      },
      [[...x], ...series.map(({ values }) => [...values])] as uPlot.AlignedData,
      place,
    );
    drawn.current = plot;
    const watch = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      plot.destroy();
      drawn.current = null;
      setAt(null);
    };
  }, [x, series, time, y_top, x_range, height, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a moved mark is drawn where it is.
  useEffect(() => drawn.current?.redraw(false), [mark]);
  return at;
}

function drawMark(plot: uPlot, place: HTMLElement, mark: number | undefined): void {
  if (mark === undefined) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(mark, 'x', true);
  ctx.save();
  ctx.strokeStyle = colourOf(place, 'text');
  ctx.setLineDash([6, 4]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
