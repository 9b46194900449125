import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameCells, readCsv } from '../csv.ts';
import { areaUnderRoc, type Classifier, type LabelledText, trainClassifier } from './index.ts';

// Real sets are not part of the project: WHEELHOUSE_TEST_DATA names a folder that holds them.
const data = process.env.WHEELHOUSE_TEST_DATA ?? '';
const absent = (set: string) => data === '' || !existsSync(join(data, set));

const accuracy = (classifier: Classifier, examples: LabelledText[]) =>
  examples.filter(({ text, label }) => classifier.predict(text, { top: 1 }).label === label)
    .length / examples.length;

test.skipIf(absent('clinc150'))('[N10] CLINC150: test accuracy .924, out of scope .95', () => {
  type Pair = [text: string, label: string];
  const splits = JSON.parse(readFileSync(join(data, 'clinc150/data_full.json'), 'utf8'));
  const labelled = (name: string) =>
    (splits[name] as Pair[]).map(([text, label]) => ({ text, label }));
  const classifier = trainClassifier(labelled('train'));
  expect(accuracy(classifier, labelled('test'))).toBeGreaterThanOrEqual(0.924);
  const familiar = (name: string) =>
    labelled(name).map(({ text }) => classifier.predict(text, { top: 1 }).familiarity);
  expect(areaUnderRoc(familiar('test'), familiar('oos_test'))).toBeGreaterThanOrEqual(0.95);
});

test.skipIf(absent('banking77'))('[N10] Banking77: test accuracy .912', () => {
  const labelled = (name: string): LabelledText[] => {
    const file = readFileSync(join(data, 'banking77', name), 'utf8');
    const [header, ...records] = readCsv(file).records;
    const { rows, faults } = nameCells(header?.cells ?? [], records);
    expect(faults).toEqual([]);
    return rows.map(({ values }) => ({
      text: values.text as string,
      label: values.category as string,
    }));
  };
  const train = labelled('train.csv');
  const tests = labelled('test.csv');
  expect([train.length, tests.length]).toEqual([10_003, 3_080]);
  expect(accuracy(trainClassifier(train), tests)).toBeGreaterThanOrEqual(0.912);
});
