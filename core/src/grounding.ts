import { isSpaceless, scriptRuns, tellingPairsIn, withoutSeams } from './learn/spaceless.ts';

/** Something that an answer may rest on. */
export interface Source {
  title: string;
  text: string;
  /** How it is shown to the customer; null when it is not for them to look up. */
  citation: { title: string; url: string | null } | null;
}

/** The share of an answer's words that must stand in what it cites for it to be as sure as its
 *  passages are. Answers say things in words of their own, so it is well under 1. */
const enough = 0.6;

/** How sure an answer is that a language model wrote: what it says of itself counts for nothing.
 *
 *  `found` × min(1, g / 0.6), where g is the share (0..1) of the answer's content words (letters: 4 or
 *  more; figures: any) that stand in the passages it cites or in the customer's own words, compared by
 *  their first six letters. An answer that cites nothing has g = 0, and one with a figure that stands
 *  nowhere has half of what it else had: a wrong figure is the costliest invention.
 *  @param found 0..1, how sure the search is that the passages answer what was asked */
export function groundedConfidence(
  answer: string,
  { passages, asked, found }: { passages: readonly Source[]; asked: string; found: number },
): number {
  const cited = citedIn(answer, passages.length).map((at) => passages[at]);
  if (!cited.length) return 0;
  const known = new Set(
    [asked, ...cited.map((one) => `${one?.title} ${one?.text}`)].flatMap(contentOf),
  );
  const said = withoutSeams(contentOf(answer.replace(mark, ' ')), (word) => known.has(word));
  const stands = said.filter((word) => known.has(word)).length;
  const grounded = said.length ? stands / said.length : 1;
  const invented = said.some((word) => /\p{N}/u.test(word) && !known.has(word));
  return found * Math.min(1, grounded / enough) * (invented ? 0.5 : 1);
}

const words = new Intl.Segmenter('und', { granularity: 'word' });
const mark = /\s?\[(\d{1,2})\]/g;

/** Scripts without spaces have pairs of characters for words. */
function contentOf(text: string): string[] {
  const runs = scriptRuns(text.toLowerCase().normalize('NFKC'));
  return runs.flatMap((run) => (isSpaceless(run) ? tellingPairsIn(run) : wordsIn(run)));
}

const wordsIn = (text: string): string[] =>
  [...words.segment(text)]
    .filter(
      ({ segment, isWordLike }) => isWordLike && (segment.length > 3 || /\p{N}/u.test(segment)),
    )
    .map(({ segment }) => (/\p{N}/u.test(segment) ? segment : segment.slice(0, 6)));

/** Which passages, counted from 0, an answer cites, in the order in which it first does. */
export const citedIn = (answer: string, count: number): number[] => [
  ...new Set(
    [...answer.matchAll(mark)].map(([, n]) => Number(n) - 1).filter((at) => at >= 0 && at < count),
  ),
];

/** The answer as a customer reads it: its sources are numbered anew in the order of their first mark,
 *  those that are not for the customer have none, and a mark that means nothing is gone. */
export function citedText(
  answer: string,
  passages: readonly Source[],
): { text: string; citations: { title: string; url: string | null }[] } {
  const shown = citedIn(answer, passages.length).filter((at) => passages[at]?.citation);
  const text = answer.replace(mark, (whole, n: string) => {
    const place = shown.indexOf(Number(n) - 1);
    return place < 0 ? '' : whole.replace(n, String(place + 1));
  });
  const citations = shown.flatMap((at) => passages[at]?.citation ?? []);
  return { text: text.trim(), citations };
}
