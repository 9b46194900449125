import { costOfTier, type PromiseEpoch, risks } from '@wheelhouse/core';

export const whole = (count: number) => count.toLocaleString('en-US');
export const share = (part: number) => `${Number((part * 100).toPrecision(3))}%`;
/** A threshold, rounded up, so that what is said to pass passes; near 1 to as many digits as tell it apart. */
export function scoreText(score: number): string {
  const digits = score < 1 ? Math.max(3, 1 + Math.ceil(-Math.log10(1 - score))) : 0;
  const unit = 10 ** Math.min(digits, 12);
  return String(Math.ceil(score * unit - 1e-6) / unit);
}

type Named = Partial<
  Pick<PromiseEpoch, 'model' | 'model_version' | 'prompt_version' | 'score_version' | 'population'>
>;

/** What was named of a version; empty where nothing was. */
export function namedWords(of: Named): string {
  const { model, model_version, prompt_version, score_version, population } = of;
  const version = model || !model_version ? (model_version ?? '') : `version ${model_version}`;
  return [
    [model, version].filter(Boolean).join(' '),
    prompt_version ? `prompt ${prompt_version}` : '',
    score_version ? `score ${score_version}` : '',
    population ?? '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** What an epoch is of, as far as it was said. */
export const epochWords = (epoch: Named): string => namedWords(epoch) || 'No model was named';

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
