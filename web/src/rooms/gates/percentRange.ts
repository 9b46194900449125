import { least_spot_check, type PolicyMode } from '@wheelhouse/core';
import { least_promised } from '@wheelhouse/core/learn';

/** What a share may be, said in percent as its field has it. */
export interface PercentRange {
  holds: (share: number) => boolean;
  words: string;
}

const percent = (share: number) => `${Number((100 * share).toPrecision(8))}%`;

/** Of a limit that could be proven. */
export const limit_range: PercentRange = {
  holds: (share) => share >= least_promised && share < 1,
  words: `From ${percent(least_promised)} to under 100%: less would never be proven.`,
};

/** Of the chance that a promise is kept, which is what is left of delta. */
export const chance_range: PercentRange = {
  holds: (share) => share > 0 && share <= 1 - least_promised,
  words: `Over 0%, up to ${percent(1 - least_promised)}: more would never be proven.`,
};

/** Of how often people judge wrongly. */
export const noise_range: PercentRange = {
  holds: (share) => share >= 0 && share < 0.5,
  words: 'From 0% to under 50%: people who err as often as not prove nothing.',
};

/** Of how much of what passes is looked at. */
export const check_range = (mode: PolicyMode): PercentRange =>
  mode === 'guaranteed'
    ? {
        holds: (share) => share >= least_spot_check && share <= 1,
        words: `From ${percent(least_spot_check)} to 100%: with less it would hardly be noticed that the promise is broken.`,
      }
    : { holds: (share) => share >= 0 && share <= 1, words: 'From 0% to 100%.' };

/** As much as tells in time; a promise begins with it. */
const useful_share = 0.05;

/** What a promise loses that is watched by few checks; empty where they are many enough, or too few to be
 *  taken. It takes as many checks as ever until an alarm, so that more outputs pass until then. */
export function fewChecksWords(share: number): string {
  if (share < least_spot_check || share >= useful_share) return '';
  const times = Number((useful_share / share).toPrecision(2));
  return `Few: some ${times} times as many outputs pass before an alarm as with ${percent(useful_share)}.`;
}
