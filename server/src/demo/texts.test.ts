import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTexts, Unreadable } from './texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-texts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('[I4] a file without a header is read by the places of its columns, quotes as they stand', () => {
  const path = file('plain.tsv', 'spam\tWin "big", now\nham\tSee you, "later"\nham\t\nspam\tGo\n');
  const { train, faults } = readTexts(path, { text: '2', label: '1' });
  expect(train).toEqual([
    { text: 'Win "big", now', label: 'spam' },
    { text: 'See you, "later"', label: 'ham' },
    { text: 'Go', label: 'spam' },
  ]);
  expect(faults).toEqual(['plain.tsv:3: there is no text in column 2']);
});

test('[I4] a column that is not there is named, with what would do', () => {
  const path = file('named.csv', 'words,kind\na,x\nb,y\n');
  expect(() => readTexts(path, { text: 'text', label: 'kind' })).toThrow(Unreadable);
  expect(() => readTexts(path, { text: 'text', label: 'kind' })).toThrow(/--text 2 --label 1/);
});
