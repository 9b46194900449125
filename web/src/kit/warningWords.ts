import type { PromiseTier } from '@wheelhouse/core';
import type { ShareChange, TrafficChange } from '@wheelhouse/core/learn';
import { scoreText, share } from './promiseWords.ts';

/** What the record says of a warning; older ones say no more than that there was one. */
type Warning = Partial<TrafficChange> & { by?: string[] };

const short: Record<string, string> = { held: 'another share waits', scores: 'other confidences' };

/** A warning in few words, as a plot marks it. */
export const warnedTitle = ({ by = [] }: Warning): string =>
  by.length ? `Warned: ${by.map((one) => short[one] ?? one).join(', ')}` : 'Warned';

/** A warning in a sentence: what came otherwise than while it was proven. */
export function warnedWords({ by = [], latest = 0, held, scores }: Warning): string {
  const parts: string[] = [];
  if (by.includes('held') && held) {
    parts.push(`${moreOf(held)} waits than when it was proven (${shares(held, latest)})`);
  }
  // Under the very threshold the confidences say what waits again.
  const same = parts.length > 0 && scores?.now === held?.now;
  if (by.includes('scores') && scores && !same) {
    const begun = parts.length ? '' : ' than when it was proven';
    const under = `${moreOf(scores)} comes under ${scoreText(scores.under)}${begun}`;
    parts.push(`${under} (${shares(scores, latest)})`);
  }
  return `Warned: ${parts.join(', and ') || 'the traffic changed'}, so more of what passes is looked at`;
}

function moreOf({ before, now }: ShareChange): string {
  const [least, most] = before < now ? [before, now] : [now, before];
  return `${most >= 2 * least ? 'far ' : ''}${before < now ? 'more' : 'less'}`;
}

const shares = ({ before, now }: ShareChange, latest: number) =>
  `${share(now)} of the last ${latest}, ${share(before)} then`;

/** What is known without a label of the traffic since the proof; empty while nothing is certified, and once
 *  what a warning had looked at kept the promise.
 *  @param usual share of what passes that is looked at while nothing is the matter */
export function trafficWords({ certificate, ...tier }: PromiseTier, usual: number): string {
  if (!certificate) return '';
  if (tier.warned_at) {
    // Where everything is looked at anyway, it cannot be more.
    if (tier.spot_check <= usual && usual < 1) return '';
    return 'The traffic is not what it was when this was proven, which says nothing yet of errors: more of what passes is looked at, until enough of it kept the promise.';
  }
  if (tier.score_monitor) {
    return 'What waits and how sure the AI is are as they were when this was proven, as far as can be told.';
  }
  return tier.monitor ? 'What waits is as it was when this was proven, as far as can be told.' : '';
}
