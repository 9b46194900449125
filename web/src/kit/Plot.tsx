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
  /** The scale ends here, whatever goes over it. */
  y_end?: number;
  /** The scale begins and ends here on the x axis; by the values otherwise. */
  x_range?: readonly [number, number];
  /** A place marked by an upright line, as where a threshold stands. */
  mark?: number | undefined;
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

/** Series over one axis, with what the pointer is at said below, and the numbers as a table. */
export function Plot(props: PlotProps) {
  const { label, x, x_text, series, y_text, level, onLevel, listed } = props;
  const holder = useRef<HTMLDivElement>(null);
  const at = useDrawn(holder, props);
  const [open, setOpen] = useState(false);
  const table_id = useId();
  return (
    <figure className={css.figure}>
      <div
        ref={holder}
        className={css.plot}
        data-drag={onLevel ? true : undefined}
        role="img"
        aria-label={label}
      />
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
          {level && (
            <span className={css.key} data-kind="limit">
              {level.title} <b className={css.value}>{y_text(level.value)}</b>
            </span>
          )}
          {at !== null && <span className={css.at}>{x_text(x[at] as number)}</span>}
        </span>
        {!listed && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={open}
            aria-controls={table_id}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide the numbers' : 'Numbers as a table'}
          </Button>
        )}
      </figcaption>
      <div id={table_id}>{open && <Numbers {...props} />}</div>
    </figure>
  );
}

function Numbers({ label, x, x_title, x_text, series, y_text, columns = [] }: PlotProps) {
  return (
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
            {columns.map(({ title }) => (
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
              {columns.map(({ title, text }) => (
                <td key={title} className={table.figure}>
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Draws into a place, anew when what is drawn or the scheme of colours changes, and at its width.
 *  @returns which of x the pointer is at */
function useDrawn(holder: React.RefObject<HTMLDivElement | null>, props: PlotProps): number | null {
  const { x, series, x_text, y_text, time = false, y_top, y_end, x_range } = props;
  const { mark, level, onLevel, height = 200, x_places } = props;
  const scheme = useComputedColorScheme();
  const [at, setAt] = useState<number | null>(null);
  const lines = useRef({ mark, level: level?.value });
  const dragged = useRef(onLevel);
  const drawn = useRef<uPlot | null>(null);
  lines.current = { mark, level: level?.value };
  dragged.current = onLevel;
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
          y: {
            range: (_plot, _least, most) => [0, y_end ?? (Math.max(y_top ?? 0, most * 1.05) || 1)],
          },
        },
        axes: [placed(axisOf(place, time ? null : x_text), x_places), axisOf(place, y_text, 60)],
        series: [{}, ...series.map((one) => seriesOf(place, one))],
        bands: bandsOf(place, series),
        hooks: {
          setCursor: [({ cursor }) => setAt(cursor.idx ?? null)],
          draw: [(plot) => drawLines(plot, place, lines.current)],
        },
      },
      [[...x], ...series.map(({ values }) => [...values])] as uPlot.AlignedData,
      place,
    );
    drawn.current = plot;
    const let_go = followDrag(plot, dragged);
    const watch = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      let_go();
      plot.destroy();
      drawn.current = null;
      setAt(null);
    };
  }, [x, series, time, y_top, y_end, x_range, height, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a moved line is drawn where it is.
  useEffect(() => drawn.current?.redraw(false), [mark, level?.value]);
  return at;
}

/** An axis with words at given places alone. */
const placed = (axis: uPlot.Axis, places: readonly number[] | undefined): uPlot.Axis =>
  places ? { ...axis, splits: () => [...places] } : axis;

interface Lines {
  mark: number | undefined;
  level: number | undefined;
}

function drawLines(plot: uPlot, place: HTMLElement, { mark, level }: Lines): void {
  const { left, top, width, height } = plot.bbox;
  if (mark !== undefined) {
    const x = plot.valToPos(mark, 'x', true);
    drawBroken(plot, colourOf(place, 'text'), [x, top, x, top + height]);
  }
  if (level !== undefined) {
    const y = plot.valToPos(level, 'y', true);
    drawBroken(plot, colourOf(place, 'harm'), [left, y, left + width, y]);
  }
}

type Ends = [from_x: number, from_y: number, to_x: number, to_y: number];

function drawBroken({ ctx }: uPlot, colour: string, ends: Ends): void {
  const [from_x, from_y, to_x, to_y] = ends;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6, 4]);
  ctx.beginPath();
  ctx.moveTo(from_x, from_y);
  ctx.lineTo(to_x, to_y);
  ctx.stroke();
  ctx.restore();
}

/** Tells at which height a pointer is held down. @returns what ends it */
function followDrag(plot: uPlot, told: { current: ((y: number) => void) | undefined }): () => void {
  const { over } = plot;
  const tell = (event: PointerEvent) => {
    const y = plot.posToVal(event.clientY - over.getBoundingClientRect().top, 'y');
    if (Number.isFinite(y)) told.current?.(y);
  };
  const down = (event: PointerEvent) => {
    if (!told.current) return;
    over.setPointerCapture(event.pointerId);
    tell(event);
  };
  const move = (event: PointerEvent) => {
    if (over.hasPointerCapture(event.pointerId)) tell(event);
  };
  over.addEventListener('pointerdown', down);
  over.addEventListener('pointermove', move);
  return () => {
    over.removeEventListener('pointerdown', down);
    over.removeEventListener('pointermove', move);
  };
}
