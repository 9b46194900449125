import {
  areaUnderRoc,
  confidenceOf,
  type Evidence,
  Retriever,
  seededChance,
  shuffle,
} from '@wheelhouse/core/learn';
import { round } from './figures.ts';
import type { Split } from './labelled.ts';

interface Asked {
  /** 1, coverage, lead × substance × coverage, substance × coverage: what the confidence weighs. */
  features: number[];
  evidence: Evidence;
  right: boolean;
  /** The weights are fitted on one half and shown on the other. */
  fitted_on: boolean;
}

/** Training questions an intent that an article is made of, with the seed that draws them. */
const sizes = [
  [1, 3],
  [2, 6],
  [3, 10],
] as const;

/** The fit behind the confidence of a search (core/src/learn/retrieve.ts): articles made of a few
 *  training questions an intent, every fifth intent left out, and the test questions, also those that
 *  no intent means, asked of them. The weights come from one half and are shown on the other, beside
 *  those that the code has. */
export function retrieval(splits: readonly Split[]) {
  const asked = splits.flatMap((split) => sizes.flatMap(([seed, size]) => ask(split, seed, size)));
  const seen = asked.filter(({ fitted_on }) => fitted_on);
  const unseen = asked.filter(({ fitted_on }) => !fitted_on);
  const [bias, coverage, lead, substance] = fit(seen).map(round);
  const confidences = unseen.map(({ evidence }) => confidenceOf(evidence));
  const of = (right: boolean) => confidences.filter((_, at) => unseen[at]?.right === right);
  return {
    fitted_on: seen.length,
    shown_on: unseen.length,
    first_is_right: round(asked.filter(({ right }) => right).length / asked.length),
    weights: { bias, coverage, lead, substance },
    auroc: round(areaUnderRoc(of(true), of(false))),
    calibration: tenths(confidences, unseen),
  };
}

function ask({ train, test, strange }: Split, seed: number, size: number): Asked[] {
  const by_label = new Map<string, string[]>();
  for (const at of shuffle(Int32Array.from(train.keys()), seededChance(seed))) {
    const { text, label } = train[at] as { text: string; label: string };
    const texts = by_label.get(label) ?? [];
    if (texts.length < size) by_label.set(label, [...texts, text]);
  }
  const known = [...by_label].filter((_, at) => at % 5 !== seed);
  const articles = new Retriever(
    known.map(([label, texts]) => ({
      article: label,
      title: label.replaceAll('_', ' '),
      heading: [],
      text: texts.join('. '),
    })),
  );
  return [...test, ...(strange?.out_of_scope ?? [])].flatMap(({ text, label }, at): Asked[] => {
    if (at % 3 !== seed % 3) return [];
    const evidence = articles.evidence(text);
    if (!evidence) return [];
    const { coverage, lead, substance } = evidence;
    return [
      {
        features: [1, coverage, lead * substance * coverage, substance * coverage],
        evidence,
        right: articles.search(text, 1).found[0]?.passage.article === label,
        fitted_on: Math.floor(at / 3) % 2 === 0,
      },
    ];
  });
}

/** Logistic regression by gradient ascent on the mean log-likelihood. */
function fit(asked: readonly Asked[]): number[] {
  const step = 4;
  let weights = [0, 0, 0, 0];
  for (let round = 0; round < 4_000; round++) {
    const slope = [0, 0, 0, 0];
    for (const { features, right } of asked) {
      const power = features.reduce((sum, one, i) => sum + one * (weights[i] as number), 0);
      const miss = (right ? 1 : 0) - 1 / (1 + Math.exp(-power));
      features.forEach((one, i) => {
        slope[i] = (slope[i] as number) + miss * one;
      });
    }
    weights = weights.map((one, i) => one + (step * (slope[i] as number)) / asked.length);
  }
  return weights;
}

/** Of what was so sure, to a tenth: how many, how sure at the mean, and the share that was right. */
const tenths = (confidences: readonly number[], asked: readonly Asked[]) =>
  Array.from({ length: 10 }, (_, tenth) => {
    const those = [...confidences.keys()].filter(
      (at) => Math.min(9, Math.floor((confidences[at] as number) * 10)) === tenth,
    );
    const mean = (value: (at: number) => number) =>
      round(those.reduce((sum, at) => sum + value(at), 0) / those.length);
    return {
      n: those.length,
      sure: mean((at) => confidences[at] as number),
      right: mean((at) => (asked[at]?.right ? 1 : 0)),
    };
  }).filter(({ n }) => n);
