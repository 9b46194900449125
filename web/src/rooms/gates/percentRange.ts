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
