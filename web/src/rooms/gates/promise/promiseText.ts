import {
  type Certificate,
  type GateOverride,
  type GatePromise,
  type PromiseEpoch,
  type PromiseTier,
  proofWords,
} from '@wheelhouse/core';
import { countsOf, headWords, partsSentence, state_words } from '../../../kit/partWords.ts';
import { scoreText, share, whole } from '../../../kit/promiseWords.ts';

const override_words = 'An override lets more pass';

/** Where a whole promise stands, in few words: what is not as promised first (rule K155). */
export function standsWords(promise: GatePromise): string {
  const watched = isUnwatched(promise) && promise.state !== 'unwatched' ? ', not watched' : '';
  const stands = `${headWords(countsOf(promise))}${watched}`;
  return promise.override ? `${override_words}. Without it: ${lowered(stands)}` : stands;
}

/** The same of one tier, where the override is of it and reaches beyond what passes anyway. */
export function tierHeadWords(tier: PromiseTier, override: StandingOverride): string {
  const from = overriddenFrom(override, tier);
  const more = from !== undefined && from < (tier.threshold ?? 1.1) && tier.state !== 'ended';
  return more
    ? `${override_words}. Without it: ${lowered(state_words[tier.state])}`
    : state_words[tier.state];
}

const lowered = (words: string) => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

/** What of the open versions is not told. */
export const leftOutWords = ({ left_out }: Pick<GatePromise, 'left_out'>): string =>
  `${left_out === 1 ? 'One more version is' : `${whole(left_out)} more versions are`} open and not told of here. Those that something passes by are told of before others.`;

/** Why an epoch ended. */
export const endedWords = ({ why_ended }: PromiseEpoch): string =>
  why_ended ? `ended: ${why_ended.replaceAll('_', ' ')}` : '';

/** The override that lets more of a version pass. */
export const overrideOf = (
  { override }: Pick<GatePromise, 'override'>,
  { overridden }: Pick<PromiseEpoch, 'overridden'>,
): GateOverride | null => (overridden ? override : null);

/** From which score on an override lets a tier pass; undefined where none does. */
const overriddenFrom = (override: StandingOverride, { tier }: PromiseTier) =>
  override && (override.tier === null || override.tier === tier) ? override.threshold : undefined;

type StandingOverride = Pick<GateOverride, 'tier' | 'threshold'> | null;

/** Where one tier stands, in one or two sentences.
 *  @param override what lets more of it pass, if anything does
 *  @param learned whether it goes by agreement */
export function standingWords(
  tier: PromiseTier,
  override: StandingOverride,
  learned = false,
): string {
  const from = overriddenFrom(override, tier);
  const by_override = `an override lets pass what the AI is at least ${scoreText(from ?? 1)} sure of`;
  const { state, threshold, labelled, wrong, certificate, waiting } = tier;
  const decisions = `${whole(labelled)} ${labelled === 1 ? 'decision' : 'decisions'}`;
  const against = `${wrong === 0 ? 'none' : whole(wrong)} against the AI`;
  if (state === 'ended')
    return `No output is judged by it any more. It had ${decisions}, ${against}${tier.labelled ? ', with those that were decided after it ended' : ''}.`;
  if (state === 'unwatched')
    return `It is proven, and nobody judged the spot checks of what passed. ${from === undefined ? 'Everything' : `Meanwhile ${by_override}, and the rest`} waits until they are judged; then it goes on by itself, unless they show more wrong than promised.`;
  if (threshold !== null && certificate) {
    const at = learned
      ? `What people agree with at a chance of at least ${scoreText(threshold)} passes.`
      : `What the AI is at least ${scoreText(threshold)} sure of passes.`;
    const beyond =
      from !== undefined && from < threshold ? ` Beyond that ${by_override}, without proof.` : '';
    return `${at}${beyond} ${provenBy(certificate)}`;
  }
  const why =
    state === 'tracking' && threshold !== null
      ? `Tracked, not certified: after an alarm what the AI is at least ${scoreText(threshold)} sure of passes, and each spot check moves that.`
      : state === 'alarmed'
        ? from === undefined
          ? 'More of what passed was wrong than promised, so everything waits and it is proven anew.'
          : `More of what passed was wrong than promised, and it is proven anew: meanwhile ${by_override}, and the rest waits for a person.`
        : from === undefined
          ? 'Not yet proven, so everything waits for a person.'
          : `Not yet proven: meanwhile ${by_override}, and the rest waits for a person.`;
  const proof = proofWords(tier);
  // Fewer than wait at the gate: those that only tell where to begin are no evidence.
  const open = waiting
    ? ` Of what waits for a decision ${waiting === 1 ? 'one is' : `${whole(waiting)} are`} evidence too: each counts as wrong until it is decided.`
    : '';
  const anew = tier.attempt > 1 ? ' Begun anew: what was judged before counts no more.' : '';
  return `${why}${anew} ${proof.charAt(0).toUpperCase()}${proof.slice(1)}.${open}`;
}

/** What a certificate rests on: the share by weight, and the counts as they came. */
export function provenBy({
  labelled,
  wrong,
  share: weighed,
}: Pick<Certificate, 'labelled' | 'wrong' | 'share'>): string {
  const by = `Proven by ${whole(labelled)} decisions at or over it`;
  if (wrong === 0) return `${by}, none of them against the AI.`;
  const raw = `${whole(wrong)} of them against the AI`;
  if (weighed === null)
    return `${by}, ${raw} as they came: in the proof what was held counts for less than a spot check.`;
  // Where all count alike there is one share alone.
  if (Math.abs(weighed - wrong / labelled) < 1e-9) return `${by}, ${raw} (${share(weighed)}).`;
  return `${by}, of which ${share(weighed)} is against the AI by what each stands for: a spot check stands for those that nobody saw, what was held for itself. As they came, ${raw}.`;
}

const dayWords = (at: string) =>
  new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' });

/** That nobody looks at what passes, where it is so. */
export function unwatchedWords({ unwatched }: Pick<PromiseTier, 'unwatched'>): string {
  if (!unwatched) return '';
  const { waiting, holds, since } = unwatched;
  const checks = `${whole(waiting)} spot ${waiting === 1 ? 'check has' : 'checks have'} waited for more than three days`;
  const next = holds
    ? 'Nothing passes until they are judged.'
    : 'Were they all wrong nobody would know. What waits for a week holds everything.';
  return `Not watched since ${dayWords(since)}: ${checks}. ${next}`;
}

/** Whether nobody judges the spot checks of something that passes. */
export const isUnwatched = ({ epochs }: Pick<GatePromise, 'epochs'>): boolean =>
  epochs.some(({ tiers }) => tiers.some(({ unwatched }) => Boolean(unwatched)));

/** The whole promise: what holds now. */
export function stateSentence(promise: GatePromise): string {
  const { override } = promise;
  if (!override) return unaidedSentence(promise);
  return `More passes now than is promised, by an override. It ends by itself. Without it: ${lowered(unaidedSentence(promise))}`;
}

/** What would hold without an override. */
function unaidedSentence(promise: GatePromise): string {
  const { state, epochs } = promise;
  const open = epochs.filter(({ ended_at }) => ended_at === null);
  if (!open.length && epochs[0]?.why_ended === 'unused')
    return 'No version was used for 30 days, so that none is proven any more. The next one that comes begins anew, and all of it waits for a person until it is proven.';
  if (!open.length || state === 'ended')
    return 'Nothing has come under this promise yet, and what came before it is no evidence of it. The first outputs all wait for a person.';
  const apart = partsSentence(promise);
  const still = isUnwatched(promise) && state !== 'unwatched';
  if (apart) return still ? `${apart} Meanwhile ${sinceWords(epochs)}.` : apart;
  switch (state) {
    case 'certified':
      if (isUnwatched(promise)) {
        return `The promise is proven, and what is sure enough passes, but ${sinceWords(epochs)}.`;
      }
      return 'The promise is proven, and what is sure enough passes.';
    case 'tracking':
      return 'Spot checks showed more wrong than promised. What is surest passes while errors are tracked, which keeps their mean near the promise and proves nothing; it is proven anew meanwhile.';
    case 'alarmed':
      return 'Spot checks showed more wrong than promised. Everything waits until it is proven anew.';
    case 'unwatched':
      return `The promise is proven, but ${sinceWords(epochs)}. Everything of what is not watched waits until they are judged.`;
    case 'learning':
      return 'Not proven yet. Everything waits for a person, and each decision counts.';
  }
}

/** Since when the first of them is not watched. */
function sinceWords(epochs: PromiseEpoch[]): string {
  const times = epochs.flatMap(({ tiers }) => tiers.flatMap(({ unwatched }) => unwatched ?? []));
  const since = times.map((one) => one.since).sort()[0] as string;
  return `it has not been watched since ${dayWords(since)}: spot checks wait to be judged`;
}

/** What the promise rests on, and what it does not say. */
export const restsWords = ({ certify_by }: Pick<GatePromise, 'certify_by'>): string[] => [
  'It is of what passes at one model, prompt and kind of traffic. Another version starts anew, and everything of it waits until that is proven too.',
  'Only decisions whose chance of being asked for was known beforehand count: what was held, and spot checks drawn by chance.',
  `It is of all that passes together${certify_by ? ' in each of its groups' : ''}, not of each customer, topic or day by itself.`,
  'When the traffic changes it takes a while to notice: spot checks find errors, and the share that waits and the confidences warn earlier.',
];
