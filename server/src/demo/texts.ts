import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type CsvBatch, guessDelimiter, headerFaults, nameCells, readCsv } from '@wheelhouse/core';
import type { LabelledText } from '@wheelhouse/core/learn';

/** Texts to learn from, and texts to put through a gate. */
export interface TextSet {
  name: string;
  train: LabelledText[];
  /** A label is what a person said it means; null when nobody did. */
  fresh: { text: string; label: string | null }[];
  /** What could not be read, by line. */
  faults: string[];
}

export interface Columns {
  text: string;
  label: string;
}

/** Says in words what is wrong with a file or folder, and what would do. */
export class Unreadable extends Error {}

/** Reads a set in place: a folder in the shape of Banking77 (train.csv, test.csv) or CLINC150
 *  (data_full.json), or one's own CSV, TSV or JSONL file.
 *  @throws Unreadable */
export function readTexts(path: string, columns: Columns): TextSet {
  if (!existsSync(path)) throw new Unreadable(`There is no ${path}.`);
  if (!statSync(path).isDirectory()) return ownFile(path, columns);
  const train = join(path, 'train.csv');
  const full = join(path, 'data_full.json');
  if (existsSync(full)) return clinc(full, basename(path));
  if (existsSync(train) && existsSync(join(path, 'test.csv'))) {
    const learned = table(train, { text: 'text', label: 'category' });
    const fresh = table(join(path, 'test.csv'), { text: 'text', label: 'category' });
    return {
      name: basename(path),
      train: labelled(learned.rows),
      fresh: fresh.rows,
      faults: [...learned.faults, ...fresh.faults],
    };
  }
  throw new Unreadable(
    `${path} has neither data_full.json (CLINC150) nor train.csv and test.csv (Banking77). Name a CSV or JSONL file of your own with a text and a label column.`,
  );
}

type Rows = { text: string; label: string | null }[];
const labelled = (rows: Rows): LabelledText[] =>
  rows.flatMap(({ text, label }) => (label === null ? [] : [{ text, label }]));

function clinc(path: string, name: string): TextSet {
  const splits = JSON.parse(readFileSync(path, 'utf8')) as Record<string, [string, string][]>;
  const rows = (split: string) => (splits[split] ?? []).map(([text, label]) => ({ text, label }));
  return { name, train: rows('train'), fresh: [...rows('test'), ...rows('oos_test')], faults: [] };
}

/** One file of one's own: four fifths are learned from, every fifth row goes through the gate. */
function ownFile(path: string, columns: Columns): TextSet {
  const { rows, faults } =
    extname(path) === '.jsonl' || extname(path) === '.ndjson'
      ? jsonLines(path, columns)
      : table(path, columns);
  const with_label = labelled(rows);
  const train = with_label.filter((_row, at) => at % 5 !== 4);
  if (new Set(train.map(({ label }) => label)).size < 2) {
    throw new Unreadable(
      `${path}: the column "${columns.label}" needs at least two different labels to learn from.`,
    );
  }
  const fresh: Rows = [
    ...with_label.filter((_row, at) => at % 5 === 4),
    ...rows.filter(({ label }) => label === null),
  ];
  return { name: basename(path, extname(path)), train, fresh, faults };
}

function table(path: string, columns: Columns): { rows: Rows; faults: string[] } {
  const text = readFileSync(path, 'utf8');
  const { records, faults } = recordsOf(path, text);
  const [header, ...body] = records;
  if (!header) throw new Unreadable(`${path} is empty.`);
  // Columns named by their place: the file has no header, and its first line is a row.
  if (/^\d+$/.test(columns.text) && /^\d+$/.test(columns.label)) {
    if (!header.cells.includes(columns.text)) return unheaded(path, records, columns, faults);
  }
  for (const name of [columns.text, columns.label]) {
    if (!header.cells.includes(name)) {
      throw new Unreadable(
        `${path} has no column "${name}"; it has: ${header.cells.join(', ')}. Name yours with --text and --label; in a file without a header, by their places: --text 2 --label 1.`,
      );
    }
  }
  const named = nameCells(header.cells, body);
  const odd = [...faults, ...headerFaults(header), ...named.faults];
  const rows: Rows = [];
  for (const { line, values } of named.rows) {
    const words = values[columns.text];
    if (words?.trim()) rows.push({ text: words, label: values[columns.label]?.trim() || null });
    else odd.push({ line, message: 'the text is empty' });
  }
  const said = odd.map(({ line, message }) => `${basename(path)}:${line}: ${message}`);
  return { rows, faults: said };
}

/** A TSV's cells may be quoted, as spreadsheets write them, or stand as they are with quotes in them. */
function recordsOf(path: string, text: string): CsvBatch {
  if (extname(path) !== '.tsv') return readCsv(text, { delimiter: guessDelimiter(text) });
  const quoted = readCsv(text, { delimiter: '\t' });
  if (!quoted.faults.length) return quoted;
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: at + 1, cells: line.split('\t') }));
  return { records: lines.filter(({ cells }) => cells.join('').trim() !== ''), faults: [] };
}

function unheaded(
  path: string,
  records: { line: number; cells: string[] }[],
  columns: Columns,
  faults: { line: number; message: string }[],
): { rows: Rows; faults: string[] } {
  const odd = [...faults];
  const rows: Rows = [];
  const [text_at, label_at] = [Number(columns.text) - 1, Number(columns.label) - 1];
  for (const { line, cells } of records) {
    const words = cells[text_at];
    if (words?.trim()) rows.push({ text: words, label: cells[label_at]?.trim() || null });
    else odd.push({ line, message: `there is no text in column ${columns.text}` });
  }
  return { rows, faults: odd.map(({ line, message }) => `${basename(path)}:${line}: ${message}`) };
}

function jsonLines(path: string, columns: Columns): { rows: Rows; faults: string[] } {
  const rows: Rows = [];
  const faults: string[] = [];
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (!line.trim()) return;
      const fault = (message: string) => faults.push(`${basename(path)}:${at + 1}: ${message}`);
      try {
        const row = JSON.parse(line) as Record<string, unknown>;
        const [text, label] = [row[columns.text], row[columns.label]];
        if (typeof text !== 'string' || !text.trim()) fault(`"${columns.text}" is not text`);
        else
          rows.push({ text, label: label === undefined || label === null ? null : String(label) });
      } catch {
        fault('is not JSON');
      }
    });
  return { rows, faults };
}
