import { countWords, limitWords, shareWords } from './plan-words.ts';

const three = (value: number): string => String(Number(value.toPrecision(3)));

/** A mean loss as people read it, never rounded to nothing. */
const lossWords = (loss: number): string =>
  loss > 0 && loss < 0.0005 ? 'under 0.0005' : String(Number(loss.toFixed(4)));

/** What a promise is about, in words: how much of what passes is wrong, or the mean loss of it. */
export interface Measure {
  /** A limit. */
  limit: (alpha: number) => string;
  /** What was seen, or a bound of it. */
  risk: (value: number) => string;
  /** How outputs ended, the same where there is little room, and their sum alone. */
  ended: (n: number, wrong: number) => string;
  shortly: (n: number, wrong: number) => string;
  sum: (wrong: number) => string;
  name: 'Error' | 'Mean loss';
  /** Above the sum, and above the share among what passes. */
  sum_head: 'Wrong' | 'Loss in all';
  among_head: 'Wrong among them' | 'Mean loss among them';
  passed_head: string;
  /** How plays end that break the promise. */
  broken: string;
}

const share_wrong: Measure = {
  limit: limitWords,
  risk: shareWords,
  ended: (n, wrong) => `${countWords(n)}, of which ${countWords(wrong)} wrong`,
  shortly: (n, wrong) => `${countWords(n)}, ${countWords(wrong)} wrong`,
  sum: countWords,
  ...{ name: 'Error', sum_head: 'Wrong', among_head: 'Wrong among them' },
  passed_head: 'Wrong of all that passed',
  broken: 'a threshold over which more than α of the file is wrong',
};

const mean_loss: Measure = {
  limit: three,
  risk: lossWords,
  ended: (n, wrong) => `${countWords(n)}, with a mean loss of ${lossWords(n ? wrong / n : 0)}`,
  shortly: (n, wrong) => `${countWords(n)}, mean ${lossWords(n ? wrong / n : 0)}`,
  sum: three,
  ...{ name: 'Mean loss', sum_head: 'Loss in all', among_head: 'Mean loss among them' },
  passed_head: 'Mean loss of all that passed',
  broken: 'a threshold over which the mean loss of the file is more than α',
};

export const measureOf = ({ partial }: { partial: boolean }): Measure =>
  partial ? mean_loss : share_wrong;

/** How the plays judge where losses lie between right and wrong; empty where none do. */
export const playedLossWords = ({ partial }: { partial: boolean }): string =>
  partial
    ? ' The gate itself knows right and wrong alone: in these plays an output is called wrong with its loss for a chance (a loss of 0.2 one time in five), so that as much is wrong in the mean. Where people call wrong whatever is not wholly right, less passes, and later.'
    : '';
