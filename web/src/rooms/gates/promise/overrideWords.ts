import {
  type GateOverride,
  type GatePromise,
  type OverridePreview,
  rangeWords,
  shareIn,
} from '@wheelhouse/core';
import { scoreText, share, tierWords } from '../../../kit/promiseWords.ts';

const whole_number = (count: number) => count.toLocaleString('en-US');

/** What an override is chosen by, and its value while it is one. */
export interface OverrideBy {
  of: 'threshold' | 'alpha';
  value: number | undefined;
}

/** Who lets pass what, and why. */
export function overrideWords(
  { signed_by_name, threshold, alpha, tier, reason }: GateOverride,
  score: GatePromise['score'] = 'confidence',
): string {
  const sure =
    score === 'agreement'
      ? `what people agree with at a chance of at least ${scoreText(threshold)}`
      : `what the AI is at least ${scoreText(threshold)} sure of`;
  const of = tier === null ? '' : ` (${tierWords(tier)})`;
  const chosen =
    alpha === null ? '' : `: at most ${share(alpha)} of it was wrong, by what was judged then`;
  const why = reason.trim().replace(/[.\s]+$/, '');
  return `${signed_by_name} lets pass ${sure}${of}, without proof${chosen}. Why: “${why}”.`;
}

/** What came of it so far. */
export function overrideTally({ passed, checks: { n, wrong } }: GateOverride): string {
  if (passed === 0) return 'Nothing has passed by it yet.';
  const seen =
    n === 0
      ? 'None of it was looked at yet'
      : `${whole_number(n)} of it looked at, ${wrong === 0 ? 'none' : whole_number(wrong)} wrong`;
  return `${whole_number(passed)} passed by it so far. ${seen}. None of it counts as certified.`;
}

/** What a choice would let pass by outputs and decisions of the last days, one sentence each. */
export function previewWords(found: OverridePreview): string[] {
  const { threshold, alpha, n, passes_now, whole, more, judged_from, versions } = found;
  if (versions === 0) return ['No version is open, so there is nothing to sign yet.'];
  const holds =
    versions === 1
      ? 'It holds for the one version in use: one that comes later waits until it is proven.'
      : `It holds for the ${versions} versions in use: one that comes later waits until it is proven.`;
  if (n === 0) return ['Nothing came in the last thirty days, so nothing is known of it.'];
  const outputs = n === 1 ? 'one output' : `${whole_number(n)} outputs`;
  if (threshold === null) {
    return [
      `Of what was judged more than ${share(alpha ?? 0)} was against the AI at every confidence: choose another share, or a confidence.`,
    ];
  }
  return [
    ...(alpha === null ? [] : [`That is a confidence of ${scoreText(threshold)} and over.`]),
    more.passed === 0
      ? `Nothing more would pass of ${outputs} of the last thirty days.`
      : `Of ${outputs} of the last thirty days ${whole_number(whole.passed)} would pass; ${passes_now === 0 ? 'none' : whole_number(passes_now)} ${passes_now === 1 ? 'does' : 'do'} now.`,
    ...(more.passed === 0
      ? []
      : [
          `Of the ${whole_number(more.passed)} more, ${wrongWords(more)}; of all that passes then, ${wrongWords(whole)}.`,
        ]),
    ...(judged_from !== null && threshold < judged_from
      ? [
          `Nothing under ${scoreText(judged_from)} was ever judged, so of what is less sure nothing is known.`,
        ]
      : []),
    `That is what was seen, and no proof. ${holds}`,
  ];
}

function wrongWords({ errors: { n, share: told, low, high } }: OverridePreview['more']): string {
  const judged = `${whole_number(n)} judged`;
  const bounds = rangeWords({ low, high });
  return told === null
    ? `how much is wrong is unknown (${bounds}, ${judged})`
    : `${shareIn(told, { low, high })} wrong (${bounds}, ${judged})`;
}

/** A moment as a field for date and time takes it, on this clock. */
export const fieldTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
