import type { ScoredFile } from '@wheelhouse/core';
import type { Certificate, GatePlan, Opening, PlanSetup, Spread } from '@wheelhouse/core/learn';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

export const countWords = (count: number): string => whole.format(count);

/** A share as people read it, never rounded to nothing or to everything. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.0005) return 'under 0.05%';
  if (share < 1 && share > 0.9995) return 'over 99.95%';
  return `${short.format(share * 100)}%`;
}

/** A limit, or the chance that it holds: three figures, however near to nothing or to everything. */
export function limitWords(share: number): string {
  const figures = (part: number) => Number((part * 100).toPrecision(3));
  const percent = share > 0.5 ? 100 - figures(1 - share) : figures(share);
  return `${Number(percent.toPrecision(12))}%`;
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Evidence grows by multiplying: from a million on it is told by its power of ten. */
export function evidenceWords(value: number): string {
  if (value < 1e6) return short.format(value);
  if (!Number.isFinite(value)) return 'beyond every number';
  const [digits = '', power = ''] = value.toExponential(2).split('e+');
  const exponent = [...power].map((digit) => raised[Number(digit)]).join('');
  return `${Number(digits)} × 10${exponent}`;
}

/** Never rounded up to a threshold that fewer outputs reach. */
export const scoreWords = (score: number): string => String(Math.floor(score * 10_000) / 10_000);

/** An ISO date and time to the minute. */
export const momentWords = (at: string): string => `${at.replace('T', ' ').slice(0, 16)} UTC`;

export const hoursWords = (hours: number): string => `${short.format(hours)} h`;

/** Middle, and between what eight of ten runs lie. */
export const spreadWords = (
  { low, middle, high }: Spread,
  words: (value: number) => string = countWords,
): string => (low === high ? words(middle) : `${words(middle)} (${words(low)} to ${words(high)})`);

const lineWords = (count: number) => (count === 1 ? 'one line' : `${countWords(count)} lines`);

/** What became of lines of a file that cannot be read whole. */
export function faultWords({
  fault_count,
  unjudged,
}: Pick<ScoredFile, 'fault_count' | 'unjudged'>): string {
  const left = fault_count - unjudged;
  const out = left ? `${lineWords(left)} ${left === 1 ? 'is' : 'are'} left out of the plan` : '';
  const wrong = unjudged
    ? `${lineWords(unjudged)} without a judgement that can be read ${unjudged === 1 ? 'counts' : 'count'} as wrong`
    : '';
  const said = [wrong, out].filter((part) => part !== '').join(', and ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** From so many errors on it is told that a limit is out of reach, as a gate does. */
const enough_wrong = 5;

/** Whether more of what is surest is wrong than may be, so that more checks like these would not show it. */
export function isOutOfReach({ threshold, alpha, tried: [first] }: Certificate): boolean {
  if (threshold !== null || !first) return false;
  return first.wrong >= enough_wrong && first.wrong >= alpha * first.passed;
}

/** How many clean checks are missing, where they would be enough. */
export const neededWords = (certificate: Certificate): string =>
  isOutOfReach(certificate) ? 'not as it goes' : countWords(certificate.needed);

/** The threshold of a tier, or what is missing to one. */
export function thresholdWords(certificate: Certificate): string {
  const { threshold, needed } = certificate;
  if (threshold !== null) return scoreWords(threshold);
  return isOutOfReach(certificate)
    ? 'not as it goes'
    : `not yet: ${countWords(needed)} more clean ${needed === 1 ? 'check' : 'checks'}`;
}

/** What the file shows of it, in one or two sentences. */
export function resultWords(certificate: Certificate): string {
  const { threshold, coverage, needed, alpha } = certificate;
  if (threshold !== null) {
    return `These outputs certify it at a confidence of ${scoreWords(threshold)}: ${shareWords(coverage)} would pass.`;
  }
  const [first] = certificate.tried;
  if (first && isOutOfReach(certificate)) {
    const share = shareWords(first.wrong / first.passed);
    const over = `${countWords(first.passed)} outputs over the strictest threshold tried`;
    // Of partial losses no errors more can be counted that would be borne.
    const found =
      certificate.margin === null
        ? `the mean loss of ${over} is ${share}`
        : `of ${over} ${share} are wrong`;
    return `Not yet, and as it goes it will not be shown: ${found}, where at most ${limitWords(alpha)} may be. Everything is held.`;
  }
  const checks = needed === 1 ? 'One more clean check' : `${countWords(needed)} more clean checks`;
  return `Not yet: these outputs do not show it, so everything is held. ${checks} over the strictest threshold tried would.`;
}

const named_versions = 5;

/** Which model versions a file has and which of them is planned with; empty where there is nothing to
 *  tell apart. */
export function versionWords({
  versions,
  version_count,
  only,
}: Pick<ScoredFile, 'versions' | 'version_count' | 'only'>): string {
  if (version_count < 2) return '';
  const each = versions
    .slice(0, named_versions)
    .map(({ version, n }) => `${version ?? 'none named'} (${countWords(n)})`);
  if (version_count > each.length) each.push(`${countWords(version_count - each.length)} more`);
  const which =
    only === null
      ? 'They are planned with together, and a gate proves each by itself.'
      : `Only ${only} is planned with.`;
  return `The file has outputs of ${countWords(version_count)} model versions: ${each.join(', ')}. ${which}`;
}

/** Under so many outputs, plays that repeat them show their chance more than the traffic's. */
const few_outputs = 300;

/** When the played gates opened, in one or two sentences. */
export function openingWords({ weeks, setup, n }: Pick<GatePlan, 'weeks' | 'setup' | 'n'>): string {
  const { opened, runs_opened } = weeks;
  const days = setup.days === 1 ? 'one day' : `${setup.days} days`;
  const doubt =
    n < few_outputs
      ? ` The plays repeat no more than ${countWords(n)} outputs, so they say little.`
      : '';
  if (!opened) return `In none of ${setup.runs} plays does the gate open within ${days}.${doubt}`;
  const some = weeks.tiers.length > 1 ? ' for the first of its tiers' : '';
  return `In ${runs_opened} of ${setup.runs} plays the gate opens${some} within ${days}, on day ${spreadWords(opened)}.${doubt}`;
}

/** When one tier opened, for a table. */
export const openedWords = (
  { opened, runs_opened }: Opening,
  { runs }: Pick<PlanSetup, 'runs'>,
): string =>
  opened ? `${runs_opened} of ${runs}, on day ${spreadWords(opened)}` : `none of ${runs}`;
