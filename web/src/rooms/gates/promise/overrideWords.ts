import type { GateOverride, GatePromise } from '@wheelhouse/core';
import { scoreText, share, tierWords } from './promiseText.ts';

const whole = (count: number) => count.toLocaleString('en-US');

/** Who lets pass what, and why. */
export function overrideWords({ signed_by_name, threshold, tier, reason }: GateOverride): string {
  const of = tier === null ? '' : ` (${tierWords(tier)})`;
  const why = reason.trim().replace(/[.\s]+$/, '');
  return `${signed_by_name} lets pass what the AI is at least ${scoreText(threshold)} sure of${of}, without proof. Why: “${why}”.`;
}

/** What came of it so far. */
export function overrideTally({ passed, checks: { n, wrong } }: GateOverride): string {
  if (passed === 0) return 'Nothing has passed by it yet.';
  const seen =
    n === 0
      ? 'None of it was looked at yet'
      : `${whole(n)} of it looked at, ${wrong === 0 ? 'none' : whole(wrong)} wrong`;
  return `${whole(passed)} passed by it so far. ${seen}. None of it counts as certified.`;
}

/** What decisions say of all that scored at or over a threshold: the widest evidence there is. */
export function foundAt({ epochs }: GatePromise, threshold: number): string {
  const open = epochs.filter(({ ended_at }) => ended_at === null);
  const found = open
    .flatMap(({ tiers }) => tiers)
    .flatMap(({ evidence }) =>
      evidence
        .filter((one) => one.threshold >= threshold)
        .sort((a, b) => a.threshold - b.threshold)
        .slice(0, 1),
    );
  const labelled = found.reduce((sum, one) => sum + one.labelled, 0);
  const wrong = found.reduce((sum, one) => sum + one.wrong, 0);
  if (labelled === 0) return 'There is no evidence at or over it yet.';
  return `Of ${whole(labelled)} judged at or over it, ${wrong === 0 ? 'none' : whole(wrong)} were against the AI (${share(wrong / labelled)}). That is what was seen, and no proof.`;
}

/** A moment as a field for date and time takes it, on this clock. */
export const fieldTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
