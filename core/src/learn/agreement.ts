import { invalid } from '../refusal.ts';
import { seededChance, shuffle } from './chance.ts';
import { fitPlatt, type PlattScaling, rightnessOf } from './recalibrate.ts';
import { checkScored, type ScoredOutput } from './scored.ts';
import { fitSmallLogistic, type SparseRow } from './small-logistic.ts';

/** What is known of an output before a person sees it. */
export interface OutputTraits {
  /** How sure the AI was, finite. */
  score: number;
  /** Such as margin, score quantile or length; one that is missing or not finite tells nothing. */
  numbers?: Readonly<Record<string, number>>;
  /** Such as model version, group, risk or action. */
  words?: Readonly<Record<string, string>>;
}
export type JudgedTraits = OutputTraits & ScoredOutput;

/** Plain data, to be stored as it is. */
export type AgreementModel =
  | { kind: 'score'; platt: PlattScaling }
  | {
      kind: 'head';
      platt: PlattScaling;
      numbers: { name: string; centre: number; spread: number }[];
      words: { name: string; word: string }[];
      /** Of what Platt's curve says in log odds, then numbers, then words. */
      weights: number[];
      offset: number;
    };

export interface AgreementHead {
  /** The head where it is better than the score, else the score's own curve. */
  model: AgreementModel;
  /** Probability that a person agrees with each output given, by a model that had not seen it; of the
   *  kind that was chosen. These are what calibration and threshold plans may be made of. */
  out_of_fold: number[];
  /** Mean log loss in nats, out of fold. */
  log_loss: { score: number; head: number };
  /** Nats that the head saves for each output, and the least it saves with 95% confidence. */
  gain: number;
  gain_low: number;
}

const folds = 5;
/** Of few errors the surest outputs would now and then be the least sure: of 400 records of 200 outputs,
 *  nearly all of them right, 40 fell. Drawn so none did. */
const rising = { slope: 1, by: 3 };
/** As if so many nats spoke for every weight being 0, by its square. */
const ridge = 3;
/** A word or a number counts from so many outputs on, and no more than so many, the most frequent. */
const least_seen = 10;
const most_words = 200;
const most_numbers = 40;
/** Standard normal quantile of one side, 95%. */
const one_sided = 1.6448536269514722;

/**
 * Learns from the record whether a person will agree with an output: logistic regression on the log odds
 * of the score's own curve (Platt), numbers in units of their spread, and words one by one, with weights
 * drawn to 0 (L2), so that with little to learn from it is the score's curve.
 *
 * The head is used only where it is measured to be better: five folds are each predicted by what was
 * learned from the other four, by the head and by Platt's curve alone, and the head's saving in log loss
 * must be over 0 with 95% confidence (normal, over outputs). Otherwise the score stays what it was. Of
 * words that tell nothing the head is taken wrongly in at most about one record in twenty.
 *
 * A certificate of a threshold on these probabilities needs outputs that neither the head nor the choice
 * has seen.
 * @param outputs judged; losses 0..1, 0 where the person agreed
 * @param seed of the folds
 * @throws Refusal invalid: fewer than 10 outputs, a score that is not finite, a loss that is not 0..1
 */
export function fitAgreement(outputs: readonly JudgedTraits[], seed = 1): AgreementHead {
  checkScored(outputs, 'outputs');
  if (outputs.length < 2 * folds)
    throw invalid({ field: 'outputs', message: 'must be at least 10' });
  const order = shuffle(
    Int32Array.from(outputs, (_output, at) => at),
    seededChance(seed),
  );
  const by = { score: new Float64Array(outputs.length), head: new Float64Array(outputs.length) };
  for (let fold = 0; fold < folds; fold++) {
    const learned = order.filter((_place, at) => at % folds !== fold);
    const head = fitHead(Array.from(learned, (at) => outputs[at] as JudgedTraits));
    order.forEach((place, at) => {
      if (at % folds !== fold) return;
      const output = outputs[place] as JudgedTraits;
      by.score[place] = rightnessOf(head.platt, output.score);
      by.head[place] = agreementOf(head, output);
    });
  }
  const losses = { score: lossesOf(by.score, outputs), head: lossesOf(by.head, outputs) };
  const saved = losses.score.map((loss, at) => loss - (losses.head[at] as number));
  const gain = meanOf(saved);
  const square = meanOf(saved.map((each) => (each - gain) ** 2));
  const gain_low = gain - one_sided * Math.sqrt(square / (outputs.length - 1));
  const better = gain_low > 0;
  const head = fitHead(outputs);
  return {
    model: better ? head : { kind: 'score', platt: head.platt },
    out_of_fold: [...(better ? by.head : by.score)],
    log_loss: { score: meanOf(losses.score), head: meanOf(losses.head) },
    ...{ gain, gain_low },
  };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const lossesOf = (agreed: Float64Array, outputs: readonly JudgedTraits[]): Float64Array =>
  agreed.map((p, at) => {
    const inside = Math.min(1 - 1e-9, Math.max(1e-9, p));
    const { loss } = outputs[at] as JudgedTraits;
    return -(1 - loss) * Math.log(inside) - loss * Math.log(1 - inside);
  });

/** The probability, 0..1, that a person agrees with an output. */
export function agreementOf(model: AgreementModel, output: OutputTraits): number {
  if (model.kind === 'score') return rightnessOf(model.platt, output.score);
  const { at, value } = rowOf(model, output);
  let odds = model.offset;
  for (let i = 0; i < at.length; i++) {
    odds += (value[i] as number) * (model.weights[at[i] as number] as number);
  }
  // What the score says stays as it is, and the head adds to it.
  const { slope, offset } = model.platt;
  return 1 / (1 + Math.exp(-(slope * output.score + offset + odds)));
}

type Head = Extract<AgreementModel, { kind: 'head' }>;

function fitHead(outputs: readonly JudgedTraits[]): Head {
  const platt = fitPlatt(outputs, rising);
  const bare: Head = {
    ...{ kind: 'head', platt, weights: [], offset: 0 },
    numbers: numbersOf(outputs),
    words: wordsOf(outputs),
  };
  const rows = outputs.map((output) => ({
    ...rowOf(bare, output),
    known: platt.slope * output.score + platt.offset,
    target: 1 - output.loss,
  }));
  return { ...bare, ...fitSmallLogistic(rows, 1 + bare.numbers.length + bare.words.length, ridge) };
}

function numbersOf(outputs: readonly JudgedTraits[]): Head['numbers'] {
  const by_name = new Map<string, number[]>();
  for (const { numbers = {} } of outputs) {
    for (const [name, value] of Object.entries(numbers)) {
      if (!Number.isFinite(value)) continue;
      const values = by_name.get(name);
      if (values) values.push(value);
      else by_name.set(name, [value]);
    }
  }
  const frequent = [...by_name].filter(([, values]) => values.length >= least_seen);
  frequent.sort(([a, first], [b, other]) => other.length - first.length || (a < b ? -1 : 1));
  return frequent.slice(0, most_numbers).flatMap(([name, values]) => {
    const centre = meanOf(Float64Array.from(values));
    const spread = Math.sqrt(meanOf(Float64Array.from(values, (value) => (value - centre) ** 2)));
    return spread > 0 ? [{ name, centre, spread }] : [];
  });
}

function wordsOf(outputs: readonly JudgedTraits[]): Head['words'] {
  const counts = new Map<string, { name: string; word: string; count: number }>();
  for (const { words = {} } of outputs) {
    for (const [name, word] of Object.entries(words)) {
      const found = counts.get(keyOf(name, word)) ?? { name, word, count: 0 };
      counts.set(keyOf(name, word), found);
      found.count++;
    }
  }
  const frequent = [...counts].filter(([, { count }]) => count >= least_seen);
  frequent.sort(([a, first], [b, second]) => second.count - first.count || (a < b ? -1 : 1));
  return frequent.slice(0, most_words).map(([, { name, word }]) => ({ name, word }));
}
const keyOf = (name: string, word: string): string => JSON.stringify([name, word]);

/** Places of words by head, worked out once. */
const places = new WeakMap<Head['words'], Map<string, number>>();

/** The score's log odds halved, numbers, words. */
function rowOf({ platt, numbers, words }: Head, output: OutputTraits): SparseRow {
  const at = [0];
  const value = [(platt.slope * output.score + platt.offset) / 2];
  numbers.forEach(({ name, centre, spread }, i) => {
    const number = output.numbers?.[name] ?? Number.NaN;
    if (!Number.isFinite(number)) return;
    at.push(1 + i);
    // Beyond what was learned from, a number says no more than the farthest that was usual.
    value.push(Math.min(5, Math.max(-5, (number - centre) / spread)));
  });
  let known = places.get(words);
  if (!known) {
    known = new Map(words.map(({ name, word }, i) => [keyOf(name, word), i]));
    places.set(words, known);
  }
  for (const [name, word] of Object.entries(output.words ?? {})) {
    const place = known.get(keyOf(name, word));
    if (place === undefined) continue;
    at.push(1 + numbers.length + place);
    value.push(1);
  }
  return { at, value };
}
