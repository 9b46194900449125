/** Each word as a part of text; what a pattern would read as a sign is a letter like any other. */
export const patternsOf = (words: string): string[] =>
  words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);

/** Whether a cursor's part is a moment, or the end of time. */
export const isDated = (text: string): boolean =>
  text === 'infinity' || (/^\d{4}-.*Z$/.test(text) && !Number.isNaN(Date.parse(text)));
