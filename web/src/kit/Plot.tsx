import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import css from './Plot.module.css';
import { PlotKeys } from './PlotKeys.tsx';
import { PlotNumbers } from './PlotNumbers.tsx';
import {
  axisOf,
  bandsOf,
  colourOf,
  isEdge,
  type PlotMark,
  type PlotProps,
  type PlotSeries,
  seriesOf,
} from './plotSeries.ts';
import { timeSteps } from './timeAxis.ts';

/** Series over one axis, with what the pointer is at said below, and the numbers as a table. */
export function Plot(props: PlotProps) {
  const { label, onLevel, listed, time, x_title, y_title } = props;
  const holder = useRef<HTMLDivElement>(null);
  const at = useDrawn(holder, props);
  const [open, setOpen] = useState(false);
  const table_id = useId();
  const said = open ? 'Hide the numbers' : 'Numbers as a table';
  return (
    <figure className={css.figure}>
      <p className={css.axis} aria-hidden="true">
        {y_title}
      </p>
      <div
        ref={holder}
        className={css.plot}
        data-drag={onLevel ? true : undefined}
        role="img"
        aria-label={label}
      />
      {!time && (
        <p className={css.axis} data-of="x" aria-hidden="true">
          {x_title}
        </p>
      )}
      <figcaption className={css.caption}>
        <PlotKeys {...props} at={at} />
        {!listed && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={open}
            aria-controls={table_id}
            aria-label={`${said}: ${label}`}
            onClick={() => setOpen(!open)}
          >
            {said}
          </Button>
        )}
      </figcaption>
      <div id={table_id}>{open && <PlotNumbers {...props} />}</div>
    </figure>
  );
}

/** Draws into a place, anew when what is drawn or the scheme of colours changes, and at its width.
 *  @returns which of x the pointer is at */
function useDrawn(holder: React.RefObject<HTMLDivElement | null>, props: PlotProps): number | null {
  const { x, series, y_text, time = false, y_top, y_end, x_range } = props;
  const { mark, marks, level, onLevel, height = 200 } = props;
  const scheme = useComputedColorScheme();
  const [at, setAt] = useState<number | null>(null);
  const lines = useRef<Lines>({ mark, marks, level: level?.value });
  const dragged = useRef(onLevel);
  const drawn = useRef<uPlot | null>(null);
  // What the scale ends at now, and what it is to: it stands still while somebody drags in it.
  const end = useRef(y_end);
  const asked_end = useRef(y_end);
  const held = useRef(false);
  asked_end.current = y_end;
  lines.current = { mark, marks, level: level?.value };
  dragged.current = onLevel;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new scheme has new colours.
  useEffect(() => {
    const place = holder.current;
    if (!place || !x.length) return;
    end.current = asked_end.current;
    const plot = new uPlot(
      {
        width: place.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time, ...(x_range ? { range: () => [...x_range] } : {}) },
          y: {
            range: (_plot, _least, most) => [
              0,
              end.current ?? (Math.max(y_top ?? 0, most * 1.05) || 1),
            ],
          },
        },
        axes: [axisOfX(place, props), axisOf(place, y_text, 60)],
        series: [{}, ...series.map((one, at) => seriesOf(place, one, isEdge(series, at)))],
        bands: bandsOf(place, series),
        hooks: {
          setCursor: [
            ({ cursor: { idx } }) => setAt(idx == null ? null : Math.min(idx, x.length - 1)),
          ],
          draw: [(plot) => drawLines(plot, place, lines.current)],
        },
      },
      dataOf(x, series, x_range?.[1]),
      place,
    );
    drawn.current = plot;
    const let_go = followDrag(plot, dragged, held, () => {
      if (end.current === asked_end.current) return;
      end.current = asked_end.current;
      plot.setData(plot.data);
    });
    const watch = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      let_go();
      plot.destroy();
      drawn.current = null;
      setAt(null);
    };
  }, [x, series, time, y_top, x_range, height, scheme]);
  useEffect(() => {
    if (held.current || end.current === y_end) return;
    end.current = y_end;
    drawn.current?.setData(drawn.current.data);
  }, [y_end]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a moved line is drawn where it is.
  useEffect(() => drawn.current?.redraw(false), [mark, marks, level?.value]);
  return at;
}

/** An axis of time or of values, with words at given places alone where they are given. */
function axisOfX(place: HTMLElement, { time, x, x_text, x_places }: PlotProps): uPlot.Axis {
  const steps = time ? timeSteps(x) : undefined;
  return {
    ...axisOf(place, time ? null : x_text),
    // Days and months have one line of words.
    ...(steps ? { incrs: steps, size: 32 } : {}),
    ...(x_places ? { splits: () => [...x_places] } : {}),
  };
}

/** @param end where the scale ends: the last step goes on to there, as long as the others */
function dataOf(
  x: readonly number[],
  series: readonly PlotSeries[],
  end: number | undefined,
): uPlot.AlignedData {
  const steps = series.some(({ kind }) => kind === 'step');
  const longer = steps && end !== undefined && end > (x.at(-1) as number);
  const rows = series.map(({ values, kind }) =>
    longer ? [...values, goesOn(kind) ? (values.at(-1) ?? null) : null] : [...values],
  );
  return [longer ? [...x, end] : [...x], ...rows] as uPlot.AlignedData;
}

const goesOn = (kind: PlotSeries['kind']) => kind === 'step' || kind === 'limit';

interface Lines {
  mark: number | undefined;
  marks: readonly PlotMark[] | undefined;
  level: number | undefined;
}

function drawLines(plot: uPlot, place: HTMLElement, { mark, marks = [], level }: Lines): void {
  const { left, top, width, height } = plot.bbox;
  // Of what happened at once, harm is what is seen.
  const harm_last = marks.toSorted((a, b) => Number(a.tone === 'harm') - Number(b.tone === 'harm'));
  for (const { x: at, tone } of harm_last) {
    const x = plot.valToPos(at, 'x', true);
    if (x >= left && x <= left + width) {
      drawBroken(plot, colourOf(place, tone), [x, top, x, top + height], [2, 3]);
    }
  }
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

function drawBroken({ ctx }: uPlot, colour: string, ends: Ends, dash = [6, 4]): void {
  const [from_x, from_y, to_x, to_y] = ends;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(from_x, from_y);
  ctx.lineTo(to_x, to_y);
  ctx.stroke();
  ctx.restore();
}

/** Tells at which height a pointer is held down, and when it is let go. @returns what ends it */
function followDrag(
  plot: uPlot,
  told: { current: ((y: number) => void) | undefined },
  held: { current: boolean },
  letGo: () => void,
): () => void {
  const { over } = plot;
  const tell = (event: PointerEvent) => {
    const y = plot.posToVal(event.clientY - over.getBoundingClientRect().top, 'y');
    if (Number.isFinite(y)) told.current?.(y);
  };
  const down = (event: PointerEvent) => {
    if (!told.current) return;
    over.setPointerCapture(event.pointerId);
    held.current = true;
    tell(event);
  };
  const move = (event: PointerEvent) => {
    if (over.hasPointerCapture(event.pointerId)) tell(event);
  };
  const up = () => {
    held.current = false;
    letGo();
  };
  over.addEventListener('pointerdown', down);
  over.addEventListener('pointermove', move);
  over.addEventListener('lostpointercapture', up);
  return () => {
    held.current = false;
    over.removeEventListener('pointerdown', down);
    over.removeEventListener('pointermove', move);
    over.removeEventListener('lostpointercapture', up);
  };
}
