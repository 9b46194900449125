/** Where a sentence ends. The wide marks of Chinese and Japanese have no space behind them; what closes
 *  a quotation or a bracket still belongs to it. */
const marks = '.!?…؟।։።';
const wide = '。！？｡';
const closing = '"\'”’»)\\]';
const wide_closing = '”’」』）】)"\'';

const between = RegExp(
  `(?<=[${marks}][${closing}]*)\\s+|(?<=[${wide}][${wide_closing}]*)\\s*(?=[^\\s${wide}${wide_closing}])|\\n+`,
  'u',
);
const ends_wide = RegExp(`[${wide}][${wide_closing}]*$`, 'u');
/** A mark of what was cited belongs to the sentence before it. */
const cited = '(?:\\s?\\[\\d{1,2}\\])*';
const whole = RegExp(
  `[${marks}${wide}][${closing}]*${cited}(?=\\s+[^\\s[])|[${wide}][${wide_closing}]*${cited}(?=[^\\s[${wide}${wide_closing}])|\\n+(?=\\S)`,
  'gu',
);

/** The sentences of a text, in order, without what stands between them. */
export const sentencesOf = (text: string): string[] => text.split(between);

/** Sentences as one text. */
export const joinSentences = (sentences: readonly string[]): string =>
  sentences.reduce((text, one) => `${text}${text && !ends_wide.test(text) ? ' ' : ''}${one}`, '');

/** The whole sentences that a text begins with: as far as it can be judged while it is still being
 *  written. A mark after a sentence belongs to it, and only what follows shows that it has ended. */
export function wholeSentences(text: string): string {
  const last = [...text.matchAll(whole)].at(-1);
  return last ? text.slice(0, last.index + last[0].length).trimEnd() : '';
}

/** How far into a text its last sentence reaches that is whole; 0 where none ends. */
export function lastSentenceEnd(text: string): number {
  const ends = RegExp(`[${marks}](?=\\s)|[${wide}][${wide_closing}]*|\\n`, 'gu');
  const last = [...text.matchAll(ends)].at(-1);
  return last ? last.index + last[0].length : 0;
}

const asks = RegExp(`[?？؟][${wide_closing}]*$`, 'u');
/** Whether a text ends with a question. */
export const isQuestion = (text: string): boolean => asks.test(text.trimEnd());

/** More questions than anybody asks in one message are read as one text. */
const most_questions = 6;

/** The questions in a text, each with what is said before it; what follows the last belongs to it.
 *  @returns the text as it is where it asks one thing, or more than six */
export function questionsIn(text: string): string[] {
  const questions: string[][] = [[]];
  for (const sentence of sentencesOf(text).filter((one) => one.trim())) {
    questions.at(-1)?.push(sentence);
    if (asks.test(sentence)) questions.push([]);
  }
  const after = questions.pop() ?? [];
  if (questions.length < 2 || questions.length > most_questions) return [text];
  questions.at(-1)?.push(...after);
  return questions.map(joinSentences);
}
