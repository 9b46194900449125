import { traitsOf } from '@wheelhouse/core';
import {
  agreementOf,
  areaUnderRiskCurve,
  binOf,
  blocksOf,
  certifyFromTallies,
  cleanLabels,
  fitAgreement,
  fitPlatt,
  type JudgedTraits,
  labelsToLearn,
  type RiskTarget,
  rightnessOf,
  type ScoredOutput,
  score_bins,
  seededChance,
  shuffle,
  startsOf,
  talliesOf,
} from '@wheelhouse/core/learn';
import { figuresOf, round } from './figures.ts';
import { type CheckedOutput, type Pool, pools } from './pools.ts';

const delta = 0.05;
const alphas = [0.02, 0.05];
/** Labels in all: those that are learned from, that tell where to begin, and that are evidence. */
const sizes = [500, 1000, 2000];

/** Labels and traffic by one score, and where its certificate begins. */
interface Scored {
  starts: number[] | null;
  evidence: ScoredOutput[];
  traffic: ScoredOutput[];
  head?: boolean;
}
type Way = (
  labels: CheckedOutput[],
  traffic: CheckedOutput[],
  target: RiskTarget,
  seed: number,
) => Scored;

/**
 * How much a guaranteed gate lets pass by three scores, with the same number of labels in all: the
 * confidence as it comes, the confidence on a logistic curve, and the agreement that it learns; and by
 * agreement alone, of outputs that say neither confidence nor scores. Labels are drawn without
 * replacement, and what is left of a pool is the traffic.
 * @param options.data folder of the sets; what is absent is named and left out
 * @param options.quick 5 seeds instead of 30
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const seeds = options.quick ? 5 : 30;
  const skipped: string[] = [];
  const settings: Record<string, unknown>[] = [];
  const speed: Record<string, unknown> = {};
  for (const pool of pools(options.data)) {
    if ('missing' in pool) {
      skipped.push(pool.name);
      continue;
    }
    speed[pool.name] = speedOf(pool);
    for (const n of sizes.filter((size) => size < 0.7 * pool.outputs.length))
      for (const alpha of alphas) settings.push(trial(pool, n, { alpha, delta }, seeds));
  }
  if (!settings.length) return { skipped: 'needs --data FOLDER with the sets', pools: skipped };
  return { node: process.version, seeds, delta, skipped, speed, settings };
}

const ways: Record<string, Way> = {
  confidence(labels, traffic, target) {
    return begun(labels, traffic, target);
  },
  scaled(labels, traffic, target) {
    const platt = fitPlatt(labels.slice(0, designOf(target)).map(traitsAndLoss), {
      slope: 1,
      by: 3,
    });
    const by = ({ traits, loss }: CheckedOutput) => ({
      score: rightnessOf(platt, traits.score),
      loss,
    });
    return begun(labels.map(by), traffic.map(by), target);
  },
  agreement(labels, traffic, target, seed) {
    return learned(labels.map(traitsAndLoss), traffic.map(traitsAndLoss), target, seed);
  },
  agreement_alone(labels, traffic, target, seed) {
    return learned(labels.map(unsaid), traffic.map(unsaid), target, seed);
  },
};

const traitsAndLoss = ({ traits, loss }: CheckedOutput): JudgedTraits => ({ ...traits, loss });

/** As it is judged where neither confidence nor scores are sent. */
function unsaid({ loss, traits: { numbers = {}, words = {} } }: CheckedOutput): JudgedTraits {
  const { confidence: _c, margin: _m, rival_odds: _o, ...kept } = numbers;
  const { label: _l, rival: _r, ...said } = words;
  return { score: 0, loss, numbers: kept, words: said };
}

/** So many labels as tell where to begin. */
const designOf = (target: RiskTarget) => Math.max(20, Math.ceil(cleanLabels(target) / 4));

function begun(labels: ScoredOutput[], traffic: ScoredOutput[], target: RiskTarget): Scored {
  const design = designOf(target);
  const starts = startsOf(talliesOf(labels.slice(0, design).map(weighed), score_bins), target);
  return { starts, evidence: labels.slice(design), traffic };
}
const weighed = (one: ScoredOutput) => ({ ...one, weight: 1 });

function learned(
  labels: JudgedTraits[],
  traffic: JudgedTraits[],
  target: RiskTarget,
  seed: number,
): Scored {
  const design = labels.slice(0, labelsToLearn(target));
  const { model, out_of_fold } = fitAgreement(design, seed);
  const scored = design.map(({ loss }, at) => ({ score: out_of_fold[at] as number, loss }));
  const by = (one: JudgedTraits) => ({ score: agreementOf(model, one), loss: one.loss });
  return {
    starts: startsOf(talliesOf(scored.map(weighed), score_bins), target),
    evidence: labels.slice(design.length).map(by),
    traffic: traffic.map(by),
    head: model.kind === 'head',
  };
}

function trial({ name, outputs }: Pool, n: number, target: RiskTarget, seeds: number) {
  const figures = Object.entries(ways).map(([way, scoredBy]) => {
    const coverages: number[] = [];
    let [broken, none, heads, area] = [0, 0, 0, 0];
    for (let seed = 1; seed <= seeds; seed++) {
      const order = shuffle(Int32Array.from(outputs.keys()), seededChance(seed));
      const mixed = Array.from(order, (at) => outputs[at] as CheckedOutput);
      const scored = scoredBy(mixed.slice(0, n), mixed.slice(n), target, seed);
      const { coverage, risk } = passedBy(scored, target);
      coverages.push(coverage);
      if (risk > target.alpha) broken++;
      if (coverage === 0) none++;
      if (scored.head) heads++;
      area += areaUnderRiskCurve(blocksOf(scored.traffic)).aurc;
    }
    const mean = coverages.reduce((sum, one) => sum + one, 0) / seeds;
    const spread = Math.sqrt(coverages.reduce((sum, one) => sum + (one - mean) ** 2, 0) / seeds);
    const head = way.startsWith('agreement') ? { heads } : {};
    const aurc = round(area / seeds);
    return [way, { coverage: round(mean), spread: round(spread), none, broken, aurc, ...head }];
  });
  return { pool: name, labels: n, alpha: target.alpha, ...Object.fromEntries(figures) };
}

/** What passes of the traffic under the certificate, and what share of it is wrong. */
function passedBy({ starts, evidence, traffic }: Scored, target: RiskTarget) {
  const tallies = talliesOf(evidence.map(weighed), score_bins);
  const bin = starts && certifyFromTallies({ tallies, bins: score_bins, ...target, starts }).bin;
  if (bin === null) return { coverage: 0, risk: 0 };
  const passed = traffic.filter(({ score }) => binOf(score, score_bins) >= bin);
  const wrong = passed.reduce((sum, { loss }) => sum + loss, 0);
  return { coverage: passed.length / traffic.length, risk: passed.length && wrong / passed.length };
}

/** What it takes to learn, and to score one output. */
function speedOf({ outputs }: Pool) {
  const judged = outputs.map(traitsAndLoss);
  const design = judged.slice(0, 200);
  const fits = Array.from({ length: 20 }, (_none, seed) => {
    const from = performance.now();
    fitAgreement(design, seed);
    return performance.now() - from;
  });
  const { model } = fitAgreement(design);
  const from = performance.now();
  for (const { sent } of outputs) agreementOf(model, traitsOf(sent));
  const score_us = ((performance.now() - from) / outputs.length) * 1_000;
  return { fit_ms: figuresOf(fits), kind: model.kind, score_us: round(score_us) };
}
