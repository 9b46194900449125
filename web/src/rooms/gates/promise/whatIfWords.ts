import { type GatePromise, type PromiseWhatIf, rangeWords, shareIn } from '@wheelhouse/core';
import { scoreText, share, tierWords } from '../../../kit/promiseWords.ts';

const whole = (count: number) => Math.round(count).toLocaleString('en-US');

/** Limits that can be asked about, in percent. */
export const limits = { min: 0.01, max: 99 };

/** What to say of a limit in percent that cannot be asked about, while the answer stays that of another. */
export function limitFault(percent: number | string, told: number): string | undefined {
  const { min, max } = limits;
  if (typeof percent === 'number' && percent >= min && percent <= max) return undefined;
  return `A limit is from ${min}% to ${max}%. Below is what ${share(told)} would have done.`;
}

/** A share of errors with its bounds and the labels that it is told from. */
export function errorsWords({ errors, passed }: PromiseWhatIf['as_if']): string {
  if (passed === 0) return 'nothing passes';
  const { n, share: told, low, high } = errors;
  const labels = `${whole(n)} judged`;
  const bounds = rangeWords({ low, high });
  return told === null
    ? `unknown, ${bounds} (${labels})`
    : `${shareIn(told, { low, high })}, ${bounds} (${labels})`;
}

/** Versions that are judged by now: what ended is told of in the sums alone. */
function openTiers({ tiers }: PromiseWhatIf, epochs: GatePromise['epochs']) {
  const open = new Set(epochs.flatMap(({ id, ended_at }) => (ended_at === null ? [id] : [])));
  return tiers.filter(({ epoch_id }) => open.has(epoch_id));
}

/** What would be proven by now, and by how much, one sentence of each tier. */
export const provenWords = (found: PromiseWhatIf, epochs: GatePromise['epochs']): string[] =>
  openTiers(found, epochs).flatMap(({ tier, threshold, margin, alpha }) => {
    if (threshold === null || margin === null) return [];
    const one = found.tiers.length < 2;
    if (margin === 0) {
      return `${one ? '' : `${tierWords(tier)}: `}${share(alpha)} was proven from ${scoreText(threshold)} on, and would bear no more wrong decisions.`;
    }
    const borne =
      margin === 1 ? 'one more wrong decision' : `${whole(margin)} more wrong decisions`;
    return `${one ? '' : `${tierWords(tier)}: `}${share(alpha)} is proven from ${scoreText(threshold)} on, and would bear ${borne}.`;
  });

/** How much passes at the threshold that would be in force now, where there is one alone: what passed of
 *  the whole time had other thresholds before it. */
export function coverageNow(
  found: PromiseWhatIf,
  epochs: GatePromise['epochs'],
): number | undefined {
  const [only, ...others] = openTiers(found, epochs);
  if (!only || others.length || only.threshold === null) return undefined;
  const { threshold } = only;
  return found.curve.findLast((one) => one.threshold >= threshold)?.coverage ?? 0;
}

/** What these answers do not know, one sentence each. */
export function untoldWords(found: PromiseWhatIf, epochs: GatePromise['epochs']): string[] {
  const { tiers, unjudged, left_out, alpha, days, as_if } = found;
  const one_day = days.filter(({ n }) => n > 0).length === 1 && as_if.passed === 0;
  const now = openTiers(found, epochs);
  const missing = now.filter(({ threshold, needed }) => threshold === null && needed > 0);
  const judged = now.flatMap(({ judged_from }) => judged_from ?? []);
  const one = tiers.length < 2;
  return [
    ...(one_day
      ? [
          'All of it came on one day, with none before it that would have proven anything: ask again tomorrow.',
        ]
      : []),
    ...missing.map(
      ({ tier, needed, alpha: limit }) =>
        `${one ? '' : `${tierWords(tier)}: `}${share(limit)} would not have been proven by the decisions there were: about ${whole(needed)} more clean ones were missing.`,
    ),
    ...(judged.length
      ? [
          `Nothing under ${scoreText(Math.min(...judged))} was ever judged, so no lower threshold can be told of.`,
        ]
      : []),
    ...(unjudged > 0
      ? [`${whole(unjudged)} outputs would pass at scores of which not one was judged.`]
      : []),
    ...(now.some(({ untracked }) => untracked)
      ? [
          'What passed while errors were tracked is counted as held: a stricter limit might not have let it pass.',
        ]
      : []),
    ...(left_out ? ['There were more versions in this time than are looked at here.'] : []),
    `The decisions are those that there were: at a stricter limit more would have been judged, and ${share(alpha)} proven somewhat sooner.`,
  ];
}
