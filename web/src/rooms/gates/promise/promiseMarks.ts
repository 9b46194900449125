import type { GatePromise } from '@wheelhouse/core';
import type { PlotMark } from '../../../kit/plotSeries.ts';
import { warnedTitle } from '../../../kit/warningWords.ts';

const marked: Record<string, Pick<PlotMark, 'title' | 'tone'>> = {
  'gate.certified': { title: 'Certified', tone: 'accent' },
  'gate.expired': { title: 'Certificate ended', tone: 'muted' },
  'gate.warned': { title: 'Warned', tone: 'waiting' },
  'gate.alarmed': { title: 'Alarm', tone: 'harm' },
  'gate.unwatched': { title: 'Not watched', tone: 'waiting' },
};

/** What became of a promise, to be marked over time. A threshold that loosens while it stays certified
 *  is no event to look at.
 *  @param of an epoch's tier; of all of them where none is named */
export const marksOf = (
  { events, history }: Pick<GatePromise, 'events' | 'history'>,
  of?: { epoch_id: string; tier: string },
): PlotMark[] =>
  events.flatMap(({ type, at, data }) => {
    const mark = marked[type];
    const other = of && (data.epoch_id !== of.epoch_id || (data.tier ?? of.tier) !== of.tier);
    const before = at < history.from;
    return !mark || other || before || data.replaces
      ? []
      : [{ x: Date.parse(at) / 1_000, ...mark, ...titled(type, data) }];
  });

/** Which monitor a warning is of. */
const titled = (type: string, data: Parameters<typeof warnedTitle>[0]) =>
  type === 'gate.warned' ? { title: warnedTitle(data) } : {};

const hour_s = 3_600;

/** From the first time, or what happened before it, to where the last one ends. */
export function timeRange(
  x: readonly number[],
  by: GatePromise['history']['by'],
  marks: readonly PlotMark[] = [],
): readonly [number, number] {
  const step = by === 'hour' ? hour_s : 24 * hour_s;
  const first = Math.min(x[0] ?? 0, ...marks.map((mark) => mark.x - step / 4));
  return [first, (x.at(-1) ?? 0) + step];
}

/** An hour or a day in words. */
export function momentWords(by: GatePromise['history']['by']): (seconds: number) => string {
  const format = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    ...(by === 'hour' ? { timeStyle: 'short' } : {}),
  });
  return (seconds) => format.format(seconds * 1_000);
}
