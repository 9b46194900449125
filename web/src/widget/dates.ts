import type { Words } from './words.ts';

/** Dates and times in the widget's own language and by the reader's own clock, whatever the page around
 *  it and the browser speak. */
const written = ({ locale }: Words, at: Date, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, style).format(at);

export const timeOf = (words: Words, at: Date): string =>
  written(words, at, { timeStyle: 'short' });
export const weekdayOf = (words: Words, at: Date): string =>
  written(words, at, { weekday: 'long', hour: 'numeric', minute: '2-digit' });
export const dayOf = (words: Words, at: Date): string =>
  written(words, at, { day: 'numeric', month: 'short' });
