import {
  type GatePromise,
  type PromiseEpoch,
  type PromiseState,
  type PromiseTier,
  worstOf,
} from '@wheelhouse/core';
import { epochWords, tierWords, whole } from './promiseWords.ts';

export const state_words: Record<PromiseState, string> = {
  learning: 'Learning',
  certified: 'Certified',
  tracking: 'Tracking',
  alarmed: 'Alarmed',
  unwatched: 'Unwatched',
  ended: 'Ended',
};

/** What an epoch is of: its version, and the one part of it where it is of no other. */
export function epochTitle(epoch: PromiseEpoch): string {
  const [only, ...others] = epoch.tiers;
  const part = only && !others.length && only.tier !== 'all' ? tierWords(only.tier) : '';
  return [epochWords(epoch), part].filter(Boolean).join(' · ');
}

/** What a tier is called beside others: its version, and its part of it. */
export const partName = (epoch: PromiseEpoch, { tier }: Pick<PromiseTier, 'tier'>): string =>
  [epochWords(epoch), tier === 'all' ? '' : tierWords(tier)].filter(Boolean).join(' · ');

interface Part {
  epoch: PromiseEpoch;
  tier: PromiseTier;
}

const partsOf = ({ epochs }: Pick<GatePromise, 'epochs'>): Part[] =>
  epochs.flatMap((epoch) =>
    epoch.ended_at === null ? epoch.tiers.map((tier) => ({ epoch, tier })) : [],
  );

/** How many parts stand in each state, and whether each is of a whole version. */
export interface StateCounts {
  counts: Partial<Record<PromiseState, number>>;
  whole_versions: boolean;
}

/** Which of several states is told first: what needs somebody, and else what passes. */
export function stateTold({ counts }: StateCounts): PromiseState {
  const states = Object.keys(counts) as PromiseState[];
  const worst = worstOf(states);
  if (worst === 'alarmed' || worst === 'unwatched' || states.length < 2) return worst;
  return states.includes('certified') ? 'certified' : 'tracking';
}

/** The state of a whole promise in a few words, which says of how many parts it is where they differ. */
export function headWords(found: StateCounts): string {
  const told = stateTold(found);
  const numbers = Object.values(found.counts);
  if (numbers.length < 2) return state_words[told];
  const all = numbers.reduce((sum, n) => sum + n, 0);
  const of = found.whole_versions ? 'versions' : 'parts';
  return `${state_words[told]} for ${whole(found.counts[told] ?? 0)} of ${whole(all)} ${of}`;
}

export function countsOf(promise: Pick<GatePromise, 'epochs'>): StateCounts {
  const counts: StateCounts['counts'] = {};
  const parts = partsOf(promise);
  for (const { tier } of parts) counts[tier.state] = (counts[tier.state] ?? 0) + 1;
  return { counts, whole_versions: parts.every(({ tier }) => tier.tier === 'all') };
}

const most_named = 3;

/** What each part has come to, one sentence a state; empty where all of them stand alike. */
export function partsSentence(promise: Pick<GatePromise, 'epochs'>): string {
  const parts = partsOf(promise);
  if (new Set(parts.map(({ tier }) => tier.state)).size < 2) return '';
  const versions = new Set(parts.map(({ epoch }) => epochWords(epoch))).size > 1;
  const nameOf = ({ epoch, tier }: Part) =>
    [versions ? epochWords(epoch) : '', tier.tier === 'all' ? '' : tierWords(tier.tier)]
      .filter(Boolean)
      .join(' · ');
  const named = (some: Part[]) => {
    const names = some.slice(0, most_named).map(nameOf);
    const more = some.length - names.length;
    return listed([...names, ...(more ? [`${whole(more)} more`] : [])]);
  };
  return told
    .flatMap((state) => {
      const some = parts.filter(({ tier }) => tier.state === state);
      return some.length ? [sentences[state](named(some), some)] : [];
    })
    .join(' ');
}

const told = ['alarmed', 'unwatched', 'tracking', 'certified', 'learning'] as const;

const areSeveral = (of: Part[]) => of.length > 1 || of[0]?.tier.tier === 'other';
const be = (of: Part[]) => (areSeveral(of) ? 'are' : 'is');
const allWaits = (of: Part[]) => (areSeveral(of) ? 'all of them wait' : 'all of it waits');
const untilProven = (of: Part[]) => (areSeveral(of) ? 'they are' : 'it is');

const sentences: Record<(typeof told)[number], (names: string, of: Part[]) => string> = {
  alarmed: (names, of) =>
    `${names} ${be(of)} alarmed: spot checks showed more wrong than promised, and ${allWaits(of)} until ${untilProven(of)} proven anew.`,
  unwatched: (names, of) =>
    `${names} ${be(of)} not watched: ${allWaits(of)} until the spot checks are judged.`,
  tracking: (names, of) =>
    `${names} ${be(of)} tracked: what is surest passes after an alarm, which proves nothing, and ${untilProven(of)} proven anew meanwhile.`,
  certified: (names, of) =>
    `${names} ${be(of)} certified: what is sure enough of ${areSeveral(of) ? 'them' : 'it'} passes.`,
  learning: (names, of) => {
    const labelled = of.reduce((sum, { tier }) => sum + tier.labelled, 0);
    const decisions = `${whole(labelled)} ${labelled === 1 ? 'decision' : 'decisions'} so far`;
    return `${names} ${be(of)} not proven yet (${decisions}), and ${allWaits(of)} for a person.`;
  },
};

function listed(names: string[]): string {
  const last = names.at(-1) as string;
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
