import type { PromiseEpoch } from '@wheelhouse/core';

export { tierWords } from '@wheelhouse/core';

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
export function epochWords(epoch: Named): string {
  const named = namedWords(epoch);
  // A model’s name stays as it is written.
  return named.startsWith('version ') ? `V${named.slice(1)}` : named || 'No model was named';
}
