import { tierWords } from '@wheelhouse/core';
import {
  type DividedTarget,
  type GatePlan,
  type TierPlan,
  targetsOf,
} from '@wheelhouse/core/learn';
import { measureOf } from './measure.ts';
import { countWords, isOutOfReach, limitWords, resultWords, shareWords } from './plan-words.ts';

/** A tier within a sentence; a group keeps its letters. */
function inSentence(tier: string): string {
  const words = tierWords(tier);
  return words === tier ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** What the gate would promise, in one sentence.
 *  @param partial whether losses lie between right and wrong: then it is of their mean */
export function promiseWords(target: DividedTarget, partial: boolean): string {
  if (partial) return meanLossWords(target);
  const limits = targetsOf(target);
  const held = `with probability ${limitWords(1 - target.delta)}`;
  const [first] = limits as [(typeof limits)[0]];
  if (limits.length === 1) {
    return `Of what passes, at most ${limitWords(first.alpha)} is wrong, ${held}.`;
  }
  const together = `${held} for all of them together`;
  if (limits.every(({ alpha }) => alpha === first.alpha)) {
    const names = listed(limits.map(({ tier }) => inSentence(tier)));
    return `Of what passes, at most ${limitWords(first.alpha)} is wrong in each of ${names}, ${together}.`;
  }
  const each = limits.map(({ tier, alpha }) => `${limitWords(alpha)} of ${inSentence(tier)}`);
  return `Of what passes, at most ${listed(each)} is wrong, ${together}.`;
}

function meanLossWords(target: DividedTarget): string {
  const { limit } = measureOf({ partial: true });
  const limits = targetsOf(target);
  const held = `with probability ${limitWords(1 - target.delta)}`;
  const [first] = limits as [(typeof limits)[0]];
  if (limits.length === 1) {
    return `The mean loss of what passes is at most ${limit(first.alpha)}, ${held}.`;
  }
  const each = limits.map(({ tier, alpha }) => `${limit(alpha)} for ${inSentence(tier)}`);
  return `The mean loss of what passes is at most ${listed(each)}, ${held} for all of them together.`;
}

/** What the file shows of a plan, in one or two sentences. */
export function planWords({ tiers, coverage }: Pick<GatePlan, 'tiers' | 'coverage'>): string {
  const [only] = tiers as [TierPlan];
  if (tiers.length === 1) return resultWords(only.certificate);
  const missing = tiers.filter(({ certificate }) => certificate.threshold === null);
  const pass = `${shareWords(coverage)} of all outputs would pass.`;
  if (!missing.length) return `These outputs certify it for each of ${tiers.length} tiers: ${pass}`;
  const far = missing.filter(({ certificate }) => isOutOfReach(certificate));
  const near = missing.filter(({ certificate }) => !isOutOfReach(certificate));
  const lacks = near.map(
    ({ tier, certificate }) => `${inSentence(tier)} (${countWords(certificate.needed)})`,
  );
  const more = [
    ...(near.length
      ? [
          `Not yet for ${listed(lacks)}: in brackets how many more clean checks over the strictest threshold tried would show it.`,
        ]
      : []),
    ...(far.length
      ? [
          `As it goes it will not be shown for ${listed(far.map(({ tier }) => inSentence(tier)))}: more is wrong over the strictest threshold tried than may be.`,
        ]
      : []),
  ].join(' ');
  return missing.length === tiers.length
    ? `${more} Everything is held.`
    : `These outputs certify it for ${tiers.length - missing.length} of ${tiers.length} tiers: ${pass} ${more}`;
}
