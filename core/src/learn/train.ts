import { type FieldFault, invalid, refuse } from '../refusal.ts';
import { fitCalibration } from './calibrate.ts';
import { seededChance, shuffle } from './chance.ts';
import { Classifier } from './classify.ts';
import { fitFamiliarity, standOut } from './familiarity.ts';
import { append, emptyFeatures, FeatureReader } from './features.ts';
import { type FitSettings, fitLogistic, type LinearModel, score } from './logistic.ts';
import { roundWeights } from './model-bytes.ts';
import {
  type Corpus,
  emptyVector,
  learnVocabulary,
  type Vocabulary,
  vectorise,
} from './vocabulary.ts';

export interface LabelledText {
  text: string;
  label: string;
}

export interface TrainingOptions {
  /** Same seed, same examples in the same order: same bytes. Default 1. */
  seed?: number;
  /** Hash values told apart: a power of two, 1,024 to 4,194,304. Default 262,144. */
  buckets?: number;
  /** Times each text is seen, 1 to 1,000. Default 10 for 10,000 texts and more, up to 30 for fewer. */
  epochs?: number;
  /** Called after each epoch of each fit; `epoch` counts to `epochs`, which is of all fits together. */
  on_progress?(progress: TrainingProgress): void;
  /** Asked every 256 texts; true ends the training with a refusal. */
  should_stop?(): boolean;
}

export interface TrainingProgress {
  epoch: number;
  epochs: number;
  /** Mean loss of the epoch in nats, on texts thinned and labels smoothed, so never near 0. */
  loss: number;
}

/**
 * Trains a text classifier: counted, hashed word and character features, multinomial logistic
 * regression, then calibration on texts held out. It blocks until done, so servers call it in a
 * worker. Measured in bench/RESULTS.md under `classifier`.
 * @param examples at least one of each of two labels; order and repeats are the caller's
 * @throws Refusal invalid: no examples, fewer than two labels, an empty label, an option out of range
 * @throws Refusal training_stopped: `should_stop` said so
 */
export function trainClassifier(
  examples: readonly LabelledText[],
  options: TrainingOptions = {},
): Classifier {
  checkExamples(examples);
  const { seed = 1, buckets = 262_144 } = options;
  const { epochs = Math.min(30, Math.max(10, Math.round(100_000 / examples.length))) } = options;
  checkOptions({ seed, buckets, epochs });
  const labels = [...new Set(examples.map(({ label }) => label))].sort(byUnits);
  const class_of = new Map(labels.map((label, i) => [label, i]));
  const targets = Int32Array.from(examples, ({ label }) => class_of.get(label) as number);
  const corpus = readCorpus(examples, buckets, options);
  const trial = planTrial(targets, labels.length, seed);
  const settings = watch(options, seed, epochs, trial.folds + 1);
  const fit = (members: Int32Array): Fitted => {
    const fewest = members.length < few_texts ? 1 : 2;
    const vocabulary = learnVocabulary(corpus, members, buckets, fewest);
    checkSize(vocabulary.rows * labels.length);
    const model = fitLogistic(corpus, members, targets, vocabulary, labels.length, settings);
    roundWeights(model.weights);
    return { vocabulary, model };
  };
  const held_out = tryOut(corpus, targets, trial, labels.length, fit);
  const { vocabulary, model } = fit(Int32Array.from(targets.keys()));
  return new Classifier({
    labels,
    seed,
    texts: examples.length,
    lessons: 0,
    vocabulary,
    model,
    calibration: fitCalibration(held_out.scores, held_out.targets, labels.length),
    familiar: fitFamiliarity(held_out.stand_outs),
  });
}

/** Under this many texts a feature seen once is kept: with 3 texts a label that is worth .03. */
const few_texts = 2_000;
/** Enough held-out texts for a temperature and shifts; more folds are fitted until there are so many. */
const wanted_held_out = 1_500;
/** Weights past this (1 GiB) are refused rather than left to run out of memory. */
const most_weights = 2 ** 28;

interface Fitted {
  vocabulary: Vocabulary;
  model: LinearModel;
}

/** Which texts are held out of which fit: `fold_of[text]`, of which the first `folds` are used. */
interface Trial {
  folds: number;
  fold_of: Int32Array;
}

/**
 * Calibration needs scores of texts that the model has not seen, and the model wants every text. So
 * other models, each without a fold of the texts, score that fold, and the last model is fitted to
 * everything: for large sets one fold of a tenth, for small ones all of five.
 */
function planTrial(targets: Int32Array, classes: number, seed: number): Trial {
  const share = Math.min(0.2, Math.max(0.1, wanted_held_out / targets.length));
  const parts = Math.round(1 / share);
  const folds = Math.min(parts, Math.max(1, Math.ceil(wanted_held_out / (targets.length / parts))));
  const order = shuffle(Int32Array.from(targets.keys()), seededChance(seed));
  const members: number[][] = Array.from({ length: classes }, () => []);
  for (const text of order) members[targets[text] as number]?.push(text);
  const fold_of = new Int32Array(targets.length).fill(-1);
  let next = 0;
  for (const texts of members) {
    // A label's only text stays in every fit: a model without it could not but be wrong.
    if (texts.length > 1) for (const text of texts) fold_of[text] = next++ % parts;
  }
  return { folds, fold_of };
}

/** Raw scores of every held-out text, by a model that was not fitted to it. */
function tryOut(
  corpus: Corpus,
  targets: Int32Array,
  { folds, fold_of }: Trial,
  classes: number,
  fit: (members: Int32Array) => Fitted,
): { scores: Float64Array; targets: Int32Array; stand_outs: Float64Array } {
  const texts = Int32Array.from(targets.keys());
  const held_out = texts.filter((text) => {
    const fold = fold_of[text] as number;
    return fold >= 0 && fold < folds;
  });
  const place_of = new Map(Array.from(held_out, (text, place) => [text, place]));
  const scores = new Float64Array(held_out.length * classes);
  const vector = emptyVector(256);
  const { features, start } = corpus;
  for (let fold = 0; fold < folds; fold++) {
    const out = held_out.filter((text) => fold_of[text] === fold);
    if (out.length === 0) continue;
    const { vocabulary, model } = fit(texts.filter((text) => fold_of[text] !== fold));
    for (const text of out) {
      const from = start[text] as number;
      vectorise(features, from, start[text + 1] as number, vocabulary, vector);
      const at = (place_of.get(text) as number) * classes;
      score(model, vector, scores.subarray(at, at + classes));
    }
  }
  return {
    scores,
    targets: held_out.map((text) => targets[text] as number),
    stand_outs: Float64Array.from(held_out, (_, place) =>
      standOut(scores.subarray(place * classes, (place + 1) * classes)),
    ),
  };
}

function readCorpus(
  examples: readonly LabelledText[],
  buckets: number,
  options: TrainingOptions,
): Corpus {
  const reader = new FeatureReader(buckets);
  const features = emptyFeatures(128 * examples.length);
  const start = new Int32Array(examples.length + 1);
  examples.forEach(({ text }, i) => {
    if (i % 256 === 0) checkpoint(options);
    append(features, reader.read(text));
    start[i + 1] = features.length;
  });
  return { features, start };
}

function watch(options: TrainingOptions, seed: number, epochs: number, fits: number): FitSettings {
  let epoch = 0;
  return {
    seed,
    epochs,
    onEpoch: (loss) => options.on_progress?.({ epoch: ++epoch, epochs: epochs * fits, loss }),
    checkpoint: () => checkpoint(options),
  };
}

function checkpoint({ should_stop }: TrainingOptions): void {
  if (should_stop?.()) throw refuse('training_stopped');
}

/** Order of UTF-16 units: the same in every place and language. */
const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function checkExamples(examples: readonly LabelledText[]): void {
  if (!Array.isArray(examples) || examples.length === 0) {
    throw invalid({ field: 'examples', message: 'must hold at least one text of each label' });
  }
  const faults: FieldFault[] = [];
  for (let i = 0; i < examples.length && faults.length < 20; i++) {
    const { text, label } = (examples[i] ?? {}) as Partial<LabelledText>;
    if (typeof text !== 'string') {
      faults.push({ field: `examples.${i}.text`, message: 'must be a text' });
    }
    if (typeof label !== 'string' || label.trim() === '') {
      faults.push({ field: `examples.${i}.label`, message: 'must be a text that is not empty' });
    }
  }
  if (faults.length > 0) throw invalid(...faults);
  const [first] = examples;
  if (examples.every(({ label }) => label === first?.label)) {
    throw invalid({ field: 'examples', message: 'must hold at least two labels' });
  }
}

function checkOptions(options: { seed: number; buckets: number; epochs: number }): void {
  const { seed, buckets, epochs } = options;
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  const faults: FieldFault[] = [];
  if (!whole(seed, 0, 2 ** 32 - 1)) {
    faults.push({ field: 'seed', message: 'must be a whole number from 0 to 4294967295' });
  }
  if (!whole(buckets, 1024, 2 ** 22) || !Number.isInteger(Math.log2(buckets))) {
    faults.push({ field: 'buckets', message: 'must be a power of two from 1024 to 4194304' });
  }
  if (!whole(epochs, 1, 1000)) {
    faults.push({ field: 'epochs', message: 'must be a whole number from 1 to 1000' });
  }
  if (faults.length > 0) throw invalid(...faults);
}

function checkSize(weights: number): void {
  if (weights <= most_weights) return;
  throw invalid({
    field: 'examples',
    message: 'have too many labels for so many different words; split the labels into groups',
  });
}
