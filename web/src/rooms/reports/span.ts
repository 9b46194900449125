import type { ConversationReport } from '@wheelhouse/core';

type By = ConversationReport['by'];

/** How far back a report goes, and how it is cut. */
export const spans = {
  day: { title: 'Last 24 hours', by: 'hour', days: 1 },
  week: { title: 'Last 7 days', by: 'day', days: 7 },
  month: { title: 'Last 30 days', by: 'day', days: 30 },
  quarter: { title: 'Last 13 weeks', by: 'week', days: 91 },
  year: { title: 'Last 12 months', by: 'month', days: 365 },
} as const satisfies Record<string, { title: string; by: By; days: number }>;
export type Span = keyof typeof spans;

/** What a report is cut down to; it stands in the address, so that it can be sent. */
export interface Cut {
  span: Span;
  bot?: string;
  queue?: string;
}

const isSpan = (value: unknown): value is Span =>
  typeof value === 'string' && Object.hasOwn(spans, value);
const name = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/** The cut that an address names; what makes no sense is left out (rule K18). */
export function cutOf(search: Record<string, unknown>): Cut {
  const [bot, queue] = [name(search.bot), name(search.queue)];
  return {
    span: isSpan(search.span) ? search.span : 'week',
    ...(bot ? { bot } : {}),
    ...(queue ? { queue } : {}),
  };
}

const hour_ms = 3_600_000;

/** What the server is asked for. A stretch of days begins at a midnight of the reader's place, one of
 *  hours at a full hour, and ends with the minute that has begun.
 *  @param now_ms when it was opened or freshened, so that its parts are of one moment */
export function filterOf({ span, bot, queue }: Cut, now_ms: number, zone: string) {
  const { by, days } = spans[span];
  const from = new Date(now_ms);
  if (by === 'hour') {
    from.setTime(now_ms - days * 24 * hour_ms);
    from.setMinutes(0, 0, 0);
  } else {
    from.setDate(from.getDate() - days + 1);
    from.setHours(0, 0, 0, 0);
  }
  const to = new Date(Math.floor(now_ms / 60_000 + 1) * 60_000);
  return {
    ...{ from: from.toISOString(), to: to.toISOString(), by, zone },
    ...(bot ? { bot } : {}),
    ...(queue ? { queue } : {}),
  };
}
