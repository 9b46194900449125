import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameCells, type OutputSubmission, readCsv, traitsOf } from '@wheelhouse/core';
import {
  type Classifier,
  type LabelledText,
  type OutputTraits,
  type ScoredOutput,
  seededChance,
  shuffle,
  trainClassifier,
} from '@wheelhouse/core/learn';
import { readBanking, readClinc, readSms } from './labelled.ts';

/** With what a gate is told of it, were it sent by a program. */
export type CheckedOutput = ScoredOutput & { sent: OutputSubmission; traits: OutputTraits };

/** Real outputs of a model, scored and checked. */
export interface Pool {
  name: string;
  /** What a threshold search may be planned on: seen neither by the model nor among `outputs`. */
  design: CheckedOutput[];
  /** The traffic: calibration and use are drawn from it, so that every true risk is known. */
  outputs: CheckedOutput[];
}

type Maker = (data: string) => Pool;

/** The pools by what they need of the data folder. */
const makers: { name: string; file: string; make: Maker }[] = [
  { name: 'clinc150', file: 'clinc150/data_full.json', make: (data: string) => clinc(data, false) },
  {
    name: 'clinc150_oos',
    file: 'clinc150/data_full.json',
    make: (data: string) => clinc(data, true),
  },
  { name: 'banking77', file: 'banking77/train.csv', make: banking },
  { name: 'sms_spam', file: 'sms_spam/SMSSpamCollection.tsv', make: sms },
  { name: 'model_cifar10', file: 'model_cifar10/probabilities.csv', make: given },
  { name: 'model_20news', file: 'model_20news/probabilities.csv', make: given },
  { name: 'adult_income', file: 'adult_income/adult.csv', make: adult },
  { name: 'banknote', file: 'banknote/banknote.csv', make: banknote },
].map(({ name, file, make }) => ({ name, file, make: (data) => ({ ...make(data, name), name }) }));

/** Reads or makes the pools that the data folder has the files for; the others are named. */
export function* pools(
  data: string | undefined,
): Generator<Pool | { name: string; missing: true }> {
  for (const { name, file, make } of makers) {
    const there = data !== undefined && existsSync(join(data, file));
    yield there ? make(data) : { name, missing: true };
  }
}

/** One of the pools. @returns undefined where its file is not there */
export function poolOf(data: string, name: string): Pool | undefined {
  const found = makers.find((one) => one.name === name && existsSync(join(data, one.file)));
  return found?.make(data);
}

type Example = LabelledText & { row?: Record<string, string | number> };

const scored = (model: Classifier, examples: readonly Example[]): CheckedOutput[] =>
  examples.map(({ text, label, row }) => {
    const { label: content, confidence, scores, familiarity } = model.predict(text, { top: 5 });
    const sent = {
      ...{ input: text, content, confidence, metadata: { familiarity, ...row } },
      scores: Object.fromEntries(scores.map((one) => [one.label, one.probability])),
    };
    return judged(sent, content === label);
  });

const judged = (
  sent: OutputSubmission & { confidence: number },
  right: boolean,
): CheckedOutput => ({ score: sent.confidence, loss: right ? 0 : 1, sent, traits: traitsOf(sent) });

/** In an order of its own, cut into parts of these sizes; the last takes the rest. */
function parts<T>(items: readonly T[], sizes: readonly number[], seed = 7): T[][] {
  const order = shuffle(Int32Array.from(items.keys()), seededChance(seed));
  const mixed = Array.from(order, (at) => items[at] as T);
  return [...sizes, mixed.length].map((size) => mixed.splice(0, size));
}

/** @param strange 18% of the traffic is about nothing that the model knows, and so always wrong */
function clinc(data: string, strange: boolean): Omit<Pool, 'name'> {
  const { train, test, strange: rest } = readClinc(data);
  const { validation = [], out_of_scope = [], unseen = [] } = rest ?? {};
  const model = trainClassifier(train);
  if (!strange) return { design: scored(model, validation), outputs: scored(model, test) };
  // 200 strange ones stand for the 18% they are of the traffic.
  const share = out_of_scope.length / (out_of_scope.length + test.length);
  const times = (share / (1 - share)) * (validation.length / unseen.length);
  const repeated = Array.from({ length: Math.round(times * unseen.length) }, (_none, at) => {
    return unseen[at % unseen.length] as LabelledText;
  });
  return {
    design: scored(model, [...validation, ...repeated]),
    outputs: scored(model, [...test, ...out_of_scope]),
  };
}

function banking(data: string): Omit<Pool, 'name'> {
  const { train, test } = readBanking(data);
  const [design = [], rest = []] = parts(train, [Math.round(train.length * 0.15)]);
  const model = trainClassifier(rest);
  return { design: scored(model, design), outputs: scored(model, test) };
}

function sms(data: string): Omit<Pool, 'name'> {
  const messages = readSms(data);
  const [design = [], outputs = [], rest = []] = parts(messages, [800, 1600]);
  const model = trainClassifier(rest);
  return { design: scored(model, design), outputs: scored(model, outputs) };
}

/** Probabilities that another model gave, with the label of each. */
function given(data: string, name: string): Omit<Pool, 'name'> {
  const [design = [], outputs = []] = parts(
    tableOf(data, `${name}/probabilities.csv`).map((row) => {
      const probabilities = Object.entries(row).flatMap(([column, value]) => {
        return /^p\d+$/.test(column) ? [Number(value)] : [];
      });
      const confidence = Math.max(...probabilities);
      const said = probabilities.indexOf(confidence);
      const scores = Object.fromEntries(probabilities.map((one, at) => [String(at), one]));
      return judged(
        { content: String(said), confidence, scores },
        said === Number(row.given_label),
      );
    }),
    [1500],
  );
  return { design, outputs };
}

function adult(data: string): Omit<Pool, 'name'> {
  const rows = texts(tableOf(data, 'adult_income/adult.csv'), 'income-per-year');
  const [train = [], design = [], rest = []] = parts(rows, [10_000, 2000]);
  const model = trainClassifier(train);
  return { design: scored(model, design), outputs: scored(model, rest) };
}

function banknote(data: string): Omit<Pool, 'name'> {
  const rows = texts(tableOf(data, 'banknote/banknote.csv'), 'Y');
  const [train = [], design = [], rest = []] = parts(rows, [400, 250]);
  const model = trainClassifier(train);
  return { design: scored(model, design), outputs: scored(model, rest) };
}

function tableOf(data: string, file: string): Record<string, string>[] {
  const [header, ...records] = readCsv(readFileSync(join(data, file), 'utf8')).records;
  return nameCells(header?.cells ?? [], records).rows.map(({ values }) => values);
}

/** Rows as texts that the classifier reads: a word for each cell, of a number its tenth. */
function texts(rows: readonly Record<string, string>[], label_column: string): Required<Example>[] {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== label_column);
  const word_of = columns.map((column, at) => {
    const name = `c${String.fromCharCode(97 + at)}`;
    const values = rows.map((row) => row[column] ?? '');
    const numeric = values.every((value) => value !== '' && Number.isFinite(Number(value)));
    if (!numeric) return (value: string) => name + value.toLowerCase().replaceAll(/[^a-z]/g, '');
    const sorted = Float64Array.from(values, Number).sort();
    const cuts = Array.from({ length: 19 }, (_none, i) => {
      return sorted[Math.floor(((i + 1) / 20) * sorted.length)] ?? 0;
    });
    return (value: string) => {
      const twentieth = cuts.filter((cut) => Number(value) >= cut).length;
      return `${name}${String.fromCharCode(97 + twentieth)}`;
    };
  });
  return rows.map((row) => ({
    text: columns.map((column, at) => word_of[at]?.(row[column] ?? '')).join(' '),
    label: row[label_column] ?? '',
    row: Object.fromEntries(columns.map((column) => [column, cellOf(row[column] ?? '')])),
  }));
}

const cellOf = (value: string) =>
  value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
