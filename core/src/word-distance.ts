/** The fewest words to put in, take out or put in another's place that make one text of another
 *  (Levenshtein 1966, over words). Its time is the product of both lengths; texts of messages have some
 *  hundred words. */
export function wordDistance(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, word] of from.entries()) {
    const next = [at + 1];
    for (const [place, other] of to.entries()) {
      const [left, above, both] = [next[place], row[place + 1], row[place]] as [
        number,
        number,
        number,
      ];
      next.push(Math.min(left + 1, above + 1, both + (word === other ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] as number;
}

/** The words of a text, with the marks that stand at them. */
export const wordsIn = (text: string): string[] => text.split(/\s+/u).filter(Boolean);
