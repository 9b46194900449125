import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameCells, readCsv } from '@wheelhouse/core';
import type { LabelledText } from '@wheelhouse/core/learn';

/** Texts with what each is about, apart as their makers set them apart. */
export interface Split {
  train: LabelledText[];
  test: LabelledText[];
  /** Texts that no label means, and a part to choose a cut on. */
  strange?: {
    out_of_scope: LabelledText[];
    validation: LabelledText[];
    /** Further texts that no label means, apart from those of the test. */
    unseen: LabelledText[];
  };
}

export function readClinc(data: string): Split {
  const splits = JSON.parse(readFileSync(join(data, 'clinc150/data_full.json'), 'utf8')) as Record<
    string,
    [text: string, label: string][]
  >;
  const labelled = (name: string) => (splits[name] ?? []).map(([text, label]) => ({ text, label }));
  return {
    train: labelled('train'),
    test: labelled('test'),
    strange: {
      out_of_scope: labelled('oos_test'),
      validation: labelled('val'),
      unseen: [...labelled('oos_train'), ...labelled('oos_val')],
    },
  };
}

export function readBanking(data: string): Split {
  const labelled = (name: string) => {
    const [header, ...records] = readCsv(
      readFileSync(join(data, 'banking77', name), 'utf8'),
    ).records;
    return nameCells(header?.cells ?? [], records).rows.map(({ values }) => ({
      text: values.text ?? '',
      label: values.category ?? '',
    }));
  };
  return { train: labelled('train.csv'), test: labelled('test.csv') };
}

/** One message a line, label and text with a tab between; quotes mean nothing in it. */
export function readSms(data: string): LabelledText[] {
  return readFileSync(join(data, 'sms_spam/SMSSpamCollection.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [label = '', ...text] = line.split('\t');
      return { label, text: text.join('\t') };
    });
}
