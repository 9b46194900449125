import { closingOf, type Hours, nextOpening } from './hours.ts';
import { elapsed, type Instant, longest_wait_ms, plus, toMs } from './time.ts';

/** A moment so much later in time that people are there; a moment outside their hours counts from when
 *  they are back. Where no hours are kept, all time counts.
 *  @returns null when that much of it does not come within 400 days */
export function plusOpen(hours: Hours | undefined, at: Instant, ms: number): Instant | null {
  if (!hours) return plus(at, ms);
  let left = ms;
  for (const [from, to] of stretches(hours, at)) {
    const length = elapsed(from, to);
    if (left <= length) return plus(from, left);
    left -= length;
  }
  return null;
}

/** How much of the time between two moments people were there. */
export function openBetween(hours: Hours | undefined, from: Instant, to: Instant): number {
  if (!hours) return Math.max(0, elapsed(from, to));
  let sum = 0;
  for (const [opens, closes] of stretches(hours, from)) {
    if (toMs(opens) >= toMs(to)) break;
    sum += Math.min(elapsed(opens, closes), elapsed(opens, to));
  }
  return sum;
}

/** When people are there, stretch by stretch, for 400 days. */
function* stretches(hours: Hours, at: Instant): Generator<[Instant, Instant]> {
  const last = plus(at, longest_wait_ms);
  for (let from = nextOpening(hours, at); from && from < last; ) {
    const to = closingOf(hours, from) ?? last;
    yield [from, to];
    from = nextOpening(hours, to);
  }
}
