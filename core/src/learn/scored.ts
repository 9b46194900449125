import { invalid } from '../refusal.ts';

/** An output whose score is known and which somebody, or the world, has judged. */
export interface ScoredOutput {
  /** How sure the AI was, finite; higher is surer. */
  score: number;
  /** What was wrong with it, 0 (right) to 1 (wrong); between them where a loss is partial. */
  loss: number;
}

/** @throws Refusal invalid, naming the first output whose score is not finite or loss not 0..1 */
export function checkScored(outputs: readonly ScoredOutput[], field: string): void {
  outputs.forEach(({ score, loss }, at) => {
    if (!Number.isFinite(score)) {
      throw invalid({ field: `${field}.${at}.score`, message: 'must be a finite number' });
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw invalid({ field: `${field}.${at}.loss`, message: 'must lie in 0..1' });
    }
  });
}
