import { guessDelimiter } from './csv.ts';
import type { ScoredOutput } from './learn/scored.ts';
import {
  columnsIn,
  isAlike,
  lossOf,
  type ScoredColumns,
  type ScoredRole,
  type WantedColumns,
} from './scored-columns.ts';
import { type CopiedLines, LineCounts } from './scored-copies.ts';
import { csvLines, jsonLines, type LineReader, type Row } from './scored-lines.ts';
import { tierIn } from './scored-tier.ts';
import type { TierTerms } from './tier.ts';

/**
 * A file of outputs with their scores and what they turned out to be, for planning a gate before it
 * goes live: CSV with a header, or a JSON object on each line. Text comes in pieces of any size; what
 * cannot be read is said with its line and field, and the rest goes on.
 */
export interface ScoredRow extends ScoredOutput {
  /** Whose output it is, where the file tells groups apart. */
  group: string | null;
  model_version: string | null;
  /** Under which limit it is: `all` where there is one for all. */
  tier: string;
}

/** What is wrong, on which line (from 1), and in which column where it is one. */
export interface ScoredFault {
  line: number;
  field: string | null;
  message: string;
}

export interface ScoredFile {
  format: 'csv' | 'jsonl';
  /** Every column that was seen in the header, or in the first object. */
  names: string[];
  /** What the columns were taken for; null where no score or no label was found. */
  columns: ScoredColumns | null;
  /** Those of `only`, where one model version was asked for. */
  outputs: ScoredRow[];
  /** The commonest hundred model versions of what could be read; null stands for none named. */
  versions: { version: string | null; n: number }[];
  /** All of them. */
  version_count: number;
  only: string | null;
  /** The first hundred. */
  faults: ScoredFault[];
  /** All of them. */
  fault_count: number;
  /** Of those, outputs that are read and whose label says neither right nor wrong, or nothing: they count
   *  as wrong, as in a gate, since whether a label can be read may go by how the output ended. */
  unjudged: number;
  /** Whether a loss lies between right and wrong. */
  partial: boolean;
  /** Outputs that count as wrong where what was said and the right answer differ in capitals or blanks
   *  alone, and the first of them. */
  alike: { n: number; line: number; predicted: string; label: string } | null;
  /** Where the outputs look like the same lines again and again: each counts by itself nonetheless. */
  copies: CopiedLines | null;
}

/** Outputs that are read of one file; a longer one is cut there, and says so. */
export const most_scored = 1_000_000;
const most_faults = 100;
const most_versions = 100;
/** The columns are those of so many first lines. */
const most_asked = 1_000;

/** Reads such a file piece by piece: `push` each, then `end`. */
export class ScoredFileReader {
  readonly #wanted: WantedColumns;
  readonly #only: string | null;
  readonly #terms: TierTerms | null;
  readonly #versions = new Map<string | null, number>();
  readonly #file: Omit<ScoredFile, 'format' | 'versions' | 'version_count' | 'only' | 'copies'> = {
    ...{ names: [], columns: null, outputs: [], faults: [], fault_count: 0, unjudged: 0 },
    ...{ partial: false, alike: null },
  };
  readonly #counts = new LineCounts();
  #lines: LineReader | undefined;
  #begun = '';
  /** Rows until it is known which columns there are: an object names what it has alone. */
  #first: { line: number; row: Row }[] | null = [];
  #full = false;

  /**
   * @param wanted columns by their role, where the names do not say it
   * @param only one model version, of which alone outputs are taken: a gate proves each by itself
   * @param terms of a promise that is divided: each output is read with its tier
   */
  constructor(
    wanted: WantedColumns = {},
    only: string | null = null,
    terms: TierTerms | null = null,
  ) {
    this.#wanted = wanted;
    this.#only = only;
    this.#terms = terms;
  }

  push(piece: string): void {
    if (this.#full) return;
    if (this.#lines) {
      this.#lines.push(piece);
      return;
    }
    this.#begun += piece;
    // The first line tells which format it is; a file of one line has none that ends.
    if (/[\r\n]/.test(this.#begun.trimStart()) || this.#begun.length > 65_536) this.#begin();
  }

  end(): ScoredFile {
    if (!this.#lines) this.#begin();
    // What is behind the last output that is taken was cut anywhere.
    if (!this.#full) this.#lines?.end();
    this.#ask();
    this.#checkRest();
    const only = this.#only;
    if (only !== null && this.#file.columns && !this.#versions.has(only)) {
      this.#fault(1, null, `no output is of the model version ${JSON.stringify(only)}`);
    }
    if (this.#file.outputs.length === 0 && this.#file.fault_count === 0) {
      this.#fault(1, null, 'the file has no outputs; give a line for each');
    }
    this.#file.faults.sort((a, b) => a.line - b.line);
    const versions = Array.from(this.#versions, ([version, n]) => ({ version, n }))
      .sort((a, b) => b.n - a.n)
      .slice(0, most_versions);
    const format = this.#lines?.format ?? 'csv';
    const copies = this.#counts.copies();
    return { format, ...this.#file, copies, versions, version_count: this.#versions.size, only };
  }

  /** How many outputs were read so far. */
  get read(): number {
    return this.#file.outputs.length;
  }

  #begin(): void {
    const text = this.#begun.replace(/^\ufeff/, '');
    const take = (line: number, row: Row) => this.#take(line, row);
    const fault = (line: number, field: string | null, message: string) =>
      this.#fault(line, field, message);
    this.#lines = text.trimStart().startsWith('{')
      ? jsonLines(take, fault)
      : csvLines(guessDelimiter(text), take, fault);
    this.#begun = '';
    if (text.trimStart().startsWith('[')) {
      this.#full = true;
      this.#fault(1, null, 'is a list in JSON; write each of its objects on a line of its own');
      return;
    }
    this.#lines.push(text);
  }

  #fault(line: number, field: string | null, message: string): void {
    this.#file.fault_count++;
    if (this.#file.faults.length < most_faults) this.#file.faults.push({ line, field, message });
  }

  #take(line: number, row: Row): void {
    if (this.#full) return;
    if (!this.#first) {
      this.#read(line, row);
      return;
    }
    this.#first.push({ line, row });
    if (this.#first.length === most_asked) this.#ask();
  }

  #ask(): void {
    const first = this.#first;
    this.#first = null;
    if (!first?.length) return;
    this.#file.names = [...new Set(first.flatMap(({ row }) => Object.keys(row)))];
    const { columns, missing } = columnsIn(this.#file.names, this.#wanted, this.#terms);
    this.#file.columns = columns;
    for (const each of missing) this.#fault(1, each.field, each.message);
    for (const { line, row } of first) this.#read(line, row);
  }

  #read(line: number, row: Row): void {
    const { columns, outputs } = this.#file;
    if (!columns) return;
    if (outputs.length === most_scored) {
      this.#full = true;
      this.#fault(line, null, `only the first ${most_scored} outputs are read`);
      return;
    }
    const score = scoreOf(row[columns.score]);
    if (typeof score === 'string') {
      this.#fault(line, columns.score, score);
      return;
    }
    const word = (role: ScoredRole) => wordOf(columns[role] ? row[columns[role]] : undefined);
    const parts = { group: word('group'), model_version: word('model_version') };
    const tier = tierIn(row, columns, this.#terms);
    if (typeof tier === 'object') {
      this.#fault(line, tier.field, tier.message);
      return;
    }
    const loss = lossOf(row, columns);
    const unjudged = typeof loss === 'object';
    if (unjudged) {
      this.#fault(line, loss.field, `${loss.message}; it counts as wrong`);
      this.#file.unjudged++;
    }
    const kept = this.#keep({ score, loss: unjudged ? 1 : loss, ...parts, tier });
    if (!kept) return;
    this.#counts.add(Object.values(row));
    if (loss === 1 && isAlike(row, columns)) this.#noteAlike(line, row, columns);
  }

  #noteAlike(line: number, row: Row, { predicted = '', label = '' }: ScoredColumns): void {
    const first = () => ({
      line,
      predicted: wordOf(row[predicted]) ?? '',
      label: wordOf(row[label]) ?? '',
    });
    const alike = this.#file.alike ?? { n: 0, ...first() };
    this.#file.alike = { ...alike, n: alike.n + 1 };
  }

  /** What is left of a file that is mostly unreadable stands for nothing. */
  #checkRest(): void {
    const { fault_count, unjudged, outputs } = this.#file;
    if (outputs.length === 0 || fault_count - unjudged <= this.#kept) return;
    this.#file.outputs = [];
    this.#file.alike = null;
    this.#fault(
      1,
      null,
      'more lines cannot be read than can, so that nothing is planned of the rest',
    );
  }

  get #kept(): number {
    return [...this.#versions.values()].reduce((sum, n) => sum + n, 0);
  }

  /** Whether it is one that is asked for. */
  #keep(row: ScoredRow): boolean {
    const { model_version: version, loss } = row;
    this.#versions.set(version, (this.#versions.get(version) ?? 0) + 1);
    if (this.#only !== null && version !== this.#only) return false;
    this.#file.outputs.push(row);
    if (loss > 0 && loss < 1) this.#file.partial = true;
    return true;
  }
}

/** A whole text at once. */
export function readScoredFile(
  text: string,
  wanted: WantedColumns = {},
  only: string | null = null,
  terms: TierTerms | null = null,
): ScoredFile {
  const reader = new ScoredFileReader(wanted, only, terms);
  reader.push(text);
  return reader.end();
}

/** A confidence, or what is wrong with it. */
function scoreOf(given: unknown): number | string {
  const score = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof score !== 'number' || !Number.isFinite(score)) {
    const hint = /^\d*,\d+$/.test(String(given)) ? '; write it with a point' : '';
    return `must be a number from 0 to 1, not ${shown(given)}${hint}`;
  }
  if (score >= 0 && score <= 1) return score;
  const hint = score > 1 && score <= 100 ? '; divide percents by 100' : '';
  return `must lie from 0 to 1, and is ${score}${hint}`;
}

const wordOf = (given: unknown): string | null =>
  given === undefined || given === null || given === '' ? null : String(given).slice(0, 200);

const shown = (given: unknown): string => {
  if (given === undefined || given === '') return 'empty';
  return JSON.stringify(given).slice(0, 60);
};
