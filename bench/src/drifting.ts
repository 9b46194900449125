import {
  type LabelledText,
  type ScoredOutput,
  seededChance,
  trainClassifier,
} from '@wheelhouse/core/learn';
import { readClinc } from './labelled.ts';

/** What traffic is made of at a moment. */
export interface Mix {
  /** Share that is about nothing the model knows, and so always wrong. */
  strange: number;
  /** Of the rest, the share that is about the fifth of intents which the model knows least. */
  hard: number;
}

/** CLINC150's test part as the built-in classifier answers it, by what it is. */
export interface Traffic {
  strange: ScoredOutput[];
  hard: ScoredOutput[];
  easy: ScoredOutput[];
}

/** A source of numbers 0..1. */
export type Random = () => number;
export const randomOf = (seed: number): Random => {
  const chance = seededChance(seed);
  return () => chance() / 2 ** 32;
};

/** The traffic to be met, and as much again for planning, of the validation part. */
export function readTraffic(data: string): { met: Traffic; planned: Traffic } {
  const { train, test, strange } = readClinc(data);
  const { validation = [], out_of_scope = [], unseen = [] } = strange ?? {};
  const model = trainClassifier(train);
  const judged = (texts: readonly LabelledText[]) =>
    texts.map(({ text, label }) => {
      const { confidence, label: said } = model.predict(text, { top: 1 });
      return { score: confidence, loss: said === label ? 0 : 1, label };
    });
  const inside = judged(validation);
  const errors = new Map<string, number>();
  for (const { label, loss } of inside) errors.set(label, (errors.get(label) ?? 0) + loss);
  const by_errors = [...errors].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const hardest = new Set(by_errors.slice(0, by_errors.length / 5).map(([label]) => label));
  const split = (texts: typeof inside, outside: typeof inside): Traffic => ({
    strange: outside,
    hard: texts.filter(({ label }) => hardest.has(label)),
    easy: texts.filter(({ label }) => !hardest.has(label)),
  });
  return {
    met: split(judged(test), judged(out_of_scope)),
    planned: split(inside, judged(unseen)),
  };
}

export function drawOutput(traffic: Traffic, { strange, hard }: Mix, random: Random): ScoredOutput {
  const kind = random() < strange ? 'strange' : random() < hard ? 'hard' : 'easy';
  const outputs = traffic[kind];
  return outputs[Math.floor(random() * outputs.length)] as ScoredOutput;
}

const weighted = (traffic: Traffic, { strange, hard }: Mix) => {
  const shares = { strange, hard: (1 - strange) * hard, easy: (1 - strange) * (1 - hard) };
  return (['strange', 'hard', 'easy'] as const).flatMap((kind) =>
    traffic[kind].map((output) => ({ ...output, share: shares[kind] / traffic[kind].length })),
  );
};

/** Share that passes at a threshold, and of that the share that is wrong, in the whole traffic. */
export function truthAt(traffic: Traffic, mix: Mix, threshold: number) {
  let coverage = 0;
  let wrong = 0;
  for (const { score, loss, share } of weighted(traffic, mix)) {
    if (score < threshold) continue;
    coverage += share;
    wrong += loss * share;
  }
  return { coverage, risk: coverage > 0 ? wrong / coverage : 0 };
}

/** The most that could pass with at most alpha of it wrong, by who knows every label. */
export function oracleCoverage(traffic: Traffic, mix: Mix, alpha: number): number {
  let coverage = 0;
  let wrong = 0;
  let best = 0;
  for (const { loss, share } of weighted(traffic, mix).sort((a, b) => b.score - a.score)) {
    coverage += share;
    wrong += loss * share;
    if (wrong <= alpha * coverage) best = coverage;
  }
  return best;
}
