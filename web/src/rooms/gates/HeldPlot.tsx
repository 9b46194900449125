import { useMemo } from 'react';
import { percent } from '../../kit/figures.tsx';
import css from './HeldPlot.module.css';
import { type CurvePoint, heldCurve } from './heldShare.ts';

interface HeldPlotProps {
  confidences: readonly (number | null)[];
  threshold: number;
}

const height = 100;
const x = (at: number) => (at * 100).toFixed(2);
const y = (share: number) => ((1 - share) * height).toFixed(2);
const line = (points: readonly CurvePoint[], read: (point: CurvePoint) => number) =>
  points.map((point) => `${x(point.at)},${y(read(point))}`).join(' ');

/** The share that each threshold would hold, with its 95% interval; the slider below has the same
 *  width, so the mark stands over its thumb. */
export function HeldPlot({ confidences, threshold }: HeldPlotProps) {
  const curve = useMemo(() => heldCurve(confidences), [confidences]);
  if (!curve.length) return null;
  const step = Math.round(Math.min(1, Math.max(0, threshold)) * (curve.length - 1));
  const here = curve[step] as CurvePoint;
  const band = `${line(curve, ({ high }) => high)} ${line([...curve].reverse(), ({ low }) => low)}`;
  const words = `At ${threshold}, ${percent(here.value)} would be held; at 0.5, ${percent(curve[50]?.value ?? 0)}; at 0.9, ${percent(curve[90]?.value ?? 0)}`;
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>Share held, at each threshold</figcaption>
      <div className={css.plot}>
        <div className={css.scale} aria-hidden="true">
          <span>100%</span>
          <span>50%</span>
          <span>0%</span>
        </div>
        <svg
          className={css.drawing}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words}
        >
          {[0, 0.5, 1].map((share) => (
            <line key={share} className={css.grid} x1="0" x2="100" y1={y(share)} y2={y(share)} />
          ))}
          <polygon className={css.band} points={band} />
          <polyline className={css.line} points={line(curve, ({ value }) => value)} />
          <line className={css.here} x1={x(threshold)} x2={x(threshold)} y1="0" y2={height} />
        </svg>
        <span
          className={css.dot}
          style={{ insetInlineStart: `${threshold * 100}%`, top: `${(1 - here.value) * 100}%` }}
          aria-hidden="true"
        />
      </div>
    </figure>
  );
}
