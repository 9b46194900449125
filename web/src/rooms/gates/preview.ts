import type { Preview } from '@wheelhouse/core';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const rate = (a_day: number) => (a_day < 10 ? fine : whole).format(a_day);

/** Said until it is known what a change does: what is known of another one is not said of it. */
export const replaying_words = 'Replaying the change over the past…';

/** What a change does to people's work, in a sentence: by the day where the past is long enough to
 *  say so, else by the outputs replayed (rule K17). */
export function heldWords(preview: Preview): string {
  const { before, after, n, held_per_day_before, held_per_day_after } = preview;
  if (!n) return 'No output has come here yet, so there is nothing to replay.';
  const difference = after.hold - before.hold;
  if (difference === 0) {
    return before.pass === after.pass
      ? 'As many would be held as now.'
      : 'As many would be held as now; what passes and what is blocked changes.';
  }
  const more = difference > 0 ? 'more' : 'fewer';
  if (held_per_day_before !== null && held_per_day_after !== null) {
    const a_day = Math.abs(held_per_day_after - held_per_day_before);
    return `About ${rate(a_day)} ${more} a day would be held: ${rate(held_per_day_after)} rather than ${rate(held_per_day_before)}.`;
  }
  return `${whole.format(Math.abs(difference))} ${more} of the last ${whole.format(n)} would be held. They came within an hour, which is not enough history to say how many a day.`;
}
