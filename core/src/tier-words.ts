import { risks } from './risk.ts';
import { costOfTier } from './tier.ts';

const tier_words: Record<string, string> = {
  all: 'Everything',
  other: 'All others',
  unstated: 'No risk stated',
};

/** A tier in words that a person uses: a risk, a cost, a group as its attribute and value, or what is left. */
export function tierWords(tier: string): string {
  if (Object.hasOwn(tier_words, tier)) return tier_words[tier] as string;
  const from = costOfTier(tier);
  if (from !== undefined) {
    return `Cost from $${from.toLocaleString('en-US', { maximumFractionDigits: 6 })}`;
  }
  return risks.some((risk) => risk === tier) ? `Risk ${tier}` : tier;
}
