/** An output whose score is known and which somebody, or the world, has judged. */
export interface ScoredOutput {
  /** How sure the AI was, finite; higher is surer. */
  score: number;
  /** What was wrong with it, 0 (right) to 1 (wrong); between them where a loss is partial. */
  loss: number;
}
