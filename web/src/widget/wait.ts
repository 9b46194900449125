import { weekdayOf } from './dates.ts';
import type { Words } from './words.ts';

interface Place {
  ahead: number | null;
  wait_ms: number | null;
  back_at: string | null;
}

/** How many wait before, how long people usually wait, and when people are back.
 *  @param waits that a person is waited for, in words */
export function placeIn(words: Words, waits: string, { ahead, wait_ms, back_at }: Place): string {
  // Outside their hours, when people are back says more than how long it took when they were there.
  const minutes = wait_ms === null || back_at ? null : Math.max(1, Math.round(wait_ms / 60_000));
  const wait = minutes === null ? '' : words.wait.replace('{n}', String(minutes));
  const back = backIn(words, back_at);
  return [waits, aheadIn(words, ahead), wait, back].filter(Boolean).join(' ');
}

/** When people are back, by the reader's own clock. */
export function backIn(words: Words, back_at: string | null): string {
  if (!back_at) return '';
  return words.back.replace('{when}', weekdayOf(words, new Date(back_at)));
}

const aheadIn = (words: Words, ahead: number | null): string =>
  ahead === null
    ? ''
    : ahead === 0
      ? words.ahead_none
      : ahead === 1
        ? words.ahead_one
        : words.ahead_many.replace('{n}', String(ahead));
