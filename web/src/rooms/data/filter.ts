import { type OutputFilter, outcome_statuses, verdict_kinds } from '@wheelhouse/core';

/** Times a list can be cut at that move on by themselves. */
export const spans = {
  '1h': { words: 'the last hour', ms: 3_600_000 },
  '24h': { words: 'the last 24 hours', ms: 86_400_000 },
  '7d': { words: 'the last 7 days', ms: 7 * 86_400_000 },
  '30d': { words: 'the last 30 days', ms: 30 * 86_400_000 },
} as const;
export type Span = keyof typeof spans;
export const isSpan = (text: string | undefined): text is Span =>
  text !== undefined && Object.hasOwn(spans, text);

/** What the list is cut down to, as the address has it. `since` is a moment or a span. */
export interface Cut {
  gate?: string;
  verdict?: (typeof verdict_kinds)[number];
  outcome?: (typeof outcome_statuses)[number] | 'undecided';
  confidence_min?: number;
  confidence_max?: number;
  since?: string;
  until?: string;
  q?: string;
}

const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | undefined =>
  known.find((one) => one === value);
const moment = (value: unknown): string | undefined =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;

function share(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : Number.NaN;
  return number >= 0 && number <= 1 ? number : undefined;
}

/** Reads the address; whatever in it makes no sense is left out, so that an old or mistyped link
 *  still opens a list (rule K18). */
export function cutOf(search: Record<string, unknown>): Cut {
  const since = typeof search.since === 'string' && isSpan(search.since) ? search.since : undefined;
  const words = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number'
      ? String(value).slice(0, 200)
      : undefined;
  return tidy({
    gate: words(search.gate),
    verdict: oneOf(search.verdict, verdict_kinds),
    outcome: oneOf(search.outcome, [...outcome_statuses, 'undecided']),
    confidence_min: share(search.confidence_min),
    confidence_max: share(search.confidence_max),
    since: since ?? moment(search.since),
    until: moment(search.until),
    q: words(search.q),
  });
}

/** The same, with nothing that is not set, as the address wants it. */
export const tidy = (cut: Cut): Cut =>
  Object.fromEntries(
    Object.entries(cut).filter(([, value]) => value !== undefined && value !== ''),
  ) as Cut;

/** What the server is asked. A span becomes a moment when it is asked. */
export function filterOf(cut: Cut, now_ms: number): Partial<OutputFilter> {
  const { since, until, ...rest } = cut;
  const from = isSpan(since) ? new Date(now_ms - spans[since].ms).toISOString() : instant(since);
  return { ...rest, ...(from ? { since: from } : {}), ...(until ? { until: instant(until) } : {}) };
}

/** The server takes moments in UTC only. */
const instant = (text: string | undefined) => (text ? new Date(text).toISOString() : undefined);

export const isCut = (cut: Cut): boolean => Object.keys(cut).length > 0;
