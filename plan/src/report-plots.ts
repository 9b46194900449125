import * as Plot from '@observablehq/plot';
import type { GatePromise, PromiseTier } from '@wheelhouse/core';
import type { CurvePoint, GatePlan, TierPlan } from '@wheelhouse/core/learn';
import { drawn, type Markup } from './html.ts';
import type { Measure } from './measure.ts';

const size = { width: 720, height: 300, marginLeft: 48, marginBottom: 40 };
const ink = { line: '#0b6478', band: '#9fb4bd', promise: '#a32d25', people: '#865604' };
const style = { fontFamily: 'inherit', fontSize: '12px' };

/** A plot is read by its table; to a screen reader it is one picture with a name. */
function picture(plot: Element, name: string): Markup {
  for (const part of plot.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', name);
  return drawn(plot.outerHTML);
}

type Risk = Pick<CurvePoint, 'coverage' | 'risk' | 'low' | 'high'>;
interface Curve extends Pick<TierPlan, 'alpha'> {
  curve: readonly Risk[];
  certificate: Pick<TierPlan['certificate'], 'threshold' | 'coverage'>;
}

/** Error among what passes, by how much passes, with α and what is certified. */
export function curvePlot(
  document: Document,
  { curve, certificate, alpha }: Curve,
  { limit, name, among_head }: Measure,
): Markup {
  const percent = name === 'Error';
  const scale = percent ? 100 : 1;
  const top = Math.max(3 * alpha, 1.15 * Math.max(...curve.map(({ risk }) => risk)));
  const at = (point: Risk) => point.coverage;
  const plot = Plot.plot({
    ...{ document, ...size, style },
    x: { percent: true, domain: [0, 100], label: 'Passes (% of outputs)' },
    y: {
      ...{ percent, domain: [0, scale * top], grid: true },
      label: percent ? `${among_head} (%)` : among_head,
    },
    marks: [
      Plot.areaY(curve, {
        ...{ x: at, y1: 'low', y2: (point: Risk) => Math.min(point.high, top) },
        ...{ fill: ink.band, fillOpacity: 0.35 },
      }),
      Plot.lineY(curve, { x: at, y: 'risk', stroke: ink.line, strokeWidth: 2 }),
      Plot.ruleY([alpha], { stroke: ink.promise, strokeDasharray: '6 3' }),
      Plot.text([alpha], {
        ...{ y: (level: number) => level, text: [`α ${limit(alpha)}`] },
        ...{ frameAnchor: 'left', dx: 6, dy: -8, textAnchor: 'start', fill: ink.promise },
      }),
      ...(certificate.threshold === null
        ? []
        : [Plot.ruleX([certificate.coverage], { stroke: ink.line, strokeDasharray: '2 3' })]),
    ],
  });
  const what = percent ? 'Share that is wrong among what passes' : 'Mean loss of what passes';
  return picture(plot, `${what}, by how much passes`);
}

/** What people look at on each of the first days. */
export function weeksPlot(document: Document, { weeks, setup }: GatePlan): Markup {
  type Day = GatePlan['weeks']['days'][number];
  const plot = Plot.plot({
    ...{ document, ...size, style },
    x: { label: 'Day', domain: [1, Math.max(2, setup.days)], tickFormat: 'd' },
    y: { label: 'Looked at by people', grid: true, domain: [0, setup.outputs_a_day * 1.05] },
    marks: [
      Plot.areaY(weeks.days, {
        ...{ x: 'day', y1: (day: Day) => day.looked_at.low, y2: (day: Day) => day.looked_at.high },
        ...{ fill: ink.people, fillOpacity: 0.18 },
      }),
      Plot.lineY(weeks.days, {
        ...{ x: 'day', y: (day: Day) => day.looked_at.middle },
        ...{ stroke: ink.people, strokeWidth: 2 },
      }),
      Plot.ruleY([0]),
    ],
  });
  return picture(plot, 'Outputs that people look at, by day');
}

const at = ({ from }: { from: string }) => new Date(from);
const at_most = { stroke: ink.promise, strokeDasharray: '6 3' };

/** What spot checks found up to each time, with its interval, against α. */
export function checksPlot(document: Document, { checked, alpha }: PromiseTier): Markup {
  type Point = PromiseTier['checked'][number];
  const rate = ({ n, wrong }: Point) => wrong / n;
  const top = Math.min(1, Math.max(4 * alpha, 1.15 * Math.max(...checked.map(rate))));
  const plot = Plot.plot({
    ...{ document, ...size, style },
    x: { type: 'utc', label: null },
    y: { percent: true, domain: [0, 100 * top], grid: true, label: 'Wrong of all checked (%)' },
    marks: [
      Plot.areaY(checked, {
        ...{ x: at, y1: 'low', y2: (point: Point) => Math.min(point.high, top) },
        ...{ fill: ink.band, fillOpacity: 0.35 },
      }),
      Plot.lineY(checked, { x: at, y: rate, stroke: ink.line, strokeWidth: 2 }),
      Plot.ruleY([alpha], at_most),
    ],
  });
  return picture(plot, 'Share of spot checks that were wrong, up to each time');
}

/** The share that waited for a person, with alarms and warnings. */
export function holdsPlot(document: Document, { history, events }: GatePromise): Markup {
  type Row = GatePromise['history']['rows'][number];
  const told = events.filter(({ type }) => type === 'gate.alarmed' || type === 'gate.warned');
  const plot = Plot.plot({
    ...{ document, ...size, style },
    x: { type: 'utc', label: null, domain: [new Date(history.from), new Date(history.to)] },
    y: { percent: true, domain: [0, 100], grid: true, label: 'Waits for a person (%)' },
    marks: [
      Plot.lineY(history.rows, {
        ...{ x: at, y: ({ held, passed }: Row) => held / Math.max(1, held + passed) },
        ...{ stroke: ink.people, strokeWidth: 2, curve: 'step-after' },
      }),
      Plot.ruleX(told, { x: (event: { at: string }) => new Date(event.at), ...at_most }),
    ],
  });
  return picture(plot, 'Share that waited for a person, over time; alarms and warnings are marked');
}
