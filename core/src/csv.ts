/**
 * CSV as people send it: RFC 4180, and what spreadsheets make of it (a byte order mark, any line end,
 * line ends inside quotes, another delimiter). Text comes in pieces of any size, so that a file need
 * not fit in memory; what cannot be read is reported with its line and the rest goes on.
 */

/** One record: the line it begins on (from 1) and its cells. An empty line is no record. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** What is wrong, and the line (from 1) on which that record begins. Its record is left out. */
export interface CsvFault {
  line: number;
  message: string;
}

export interface CsvBatch {
  records: CsvRecord[];
  faults: CsvFault[];
}

export interface CsvOptions {
  /** One character that stands between cells. Default ','. */
  delimiter?: string;
  /** Longest record in UTF-16 units; past it a quote that never ends is suspected. Default 1,000,000. */
  longest_record?: number;
}

const quote = '"';
const byte_order_mark = '\ufeff';

/**
 * Where the reader is: before a cell, in a plain one, in a quoted one, after a quote in it, or past
 * a fault, waiting for the next line.
 */
type Place = 'start' | 'plain' | 'quoted' | 'after_quote' | 'lost';

/** Reads CSV piece by piece: `push` every piece, then `end`; each returns what is complete by then. */
export class CsvReader {
  readonly #delimiter: string;
  readonly #longest: number;
  #batch: CsvBatch = { records: [], faults: [] };
  #place: Place = 'start';
  #line = 1;
  #record_line = 1;
  #cells: string[] = [];
  #cell = '';
  #length = 0;
  #begun = false;
  #after_return = false;

  constructor(options: CsvOptions = {}) {
    this.#delimiter = options.delimiter ?? ',';
    this.#longest = options.longest_record ?? 1_000_000;
  }

  push(piece: string): CsvBatch {
    let from = 0;
    if (!this.#begun && piece !== '') {
      this.#begun = true;
      if (piece.startsWith(byte_order_mark)) from = 1;
    }
    for (let i = from; i < piece.length; i++) this.#take(piece[i] as string);
    return this.#hand();
  }

  end(): CsvBatch {
    if (this.#place === 'quoted') this.#fault('a quoted cell is never closed');
    else if (this.#place !== 'lost' && !this.#atLineStart()) this.#endRecord();
    return this.#hand();
  }

  #hand(): CsvBatch {
    const batch = this.#batch;
    this.#batch = { records: [], faults: [] };
    return batch;
  }

  #take(unit: string): void {
    // A line end of two units is taken at its first; inside quotes both stay in the cell.
    if (unit === '\n' && this.#after_return && this.#place !== 'quoted') {
      this.#after_return = false;
      return;
    }
    const ends_line = unit === '\r' || (unit === '\n' && !this.#after_return);
    this.#after_return = unit === '\r';
    if (ends_line) this.#line++;
    if (this.#place !== 'lost' && ++this.#length > this.#longest) {
      this.#fault(`longer than ${this.#longest} characters; is a quote never closed?`);
    }
    if (this.#place === 'quoted') {
      if (unit === quote) this.#place = 'after_quote';
      else this.#cell += unit;
    } else if (ends_line) this.#endLine();
    else if (this.#place !== 'lost') this.#takeUnquoted(unit);
  }

  #takeUnquoted(unit: string): void {
    if (unit === this.#delimiter) this.#endCell();
    else if (this.#place === 'after_quote') {
      if (unit === quote) {
        this.#cell += quote;
        this.#place = 'quoted';
      } else this.#fault(`"${unit}" after a closing quote`);
    } else if (unit === quote) {
      if (this.#place === 'start') this.#place = 'quoted';
      else this.#fault('a quote inside a cell that does not begin with one');
    } else {
      this.#cell += unit;
      this.#place = 'plain';
    }
  }

  #atLineStart(): boolean {
    return this.#place === 'start' && this.#cells.length === 0;
  }

  #endLine(): void {
    if (this.#place !== 'lost' && !this.#atLineStart()) this.#endRecord();
    this.#place = 'start';
    this.#length = 0;
    this.#record_line = this.#line;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#place = 'start';
  }

  #endRecord(): void {
    this.#endCell();
    this.#batch.records.push({ line: this.#record_line, cells: this.#cells });
    this.#cells = [];
  }

  /** Gives the record up; reading goes on at the next line end. */
  #fault(message: string): void {
    this.#batch.faults.push({ line: this.#record_line, message });
    this.#cells = [];
    this.#cell = '';
    this.#length = 0;
    this.#place = 'lost';
  }
}

/** A whole CSV text at once. */
export function readCsv(text: string, options: CsvOptions = {}): CsvBatch {
  const reader = new CsvReader(options);
  const { records, faults } = reader.push(text);
  const last = reader.end();
  return { records: records.concat(last.records), faults: faults.concat(last.faults) };
}

/** A record with its cells under the names of the header. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

/**
 * Names cells by the first record. Pure, so that a streamed file is named batch by batch.
 * @param header the first record's cells; must be `headerFaults`-free
 * @returns rows, and a fault for each record of another width
 */
export function nameCells(
  header: readonly string[],
  records: readonly CsvRecord[],
): { rows: CsvRow[]; faults: CsvFault[] } {
  const rows: CsvRow[] = [];
  const faults: CsvFault[] = [];
  for (const { line, cells } of records) {
    if (cells.length === header.length) {
      // No prototype: a column may be called "__proto__".
      const values: Record<string, string> = Object.create(null);
      header.forEach((name, i) => {
        values[name] = cells[i] as string;
      });
      rows.push({ line, values });
    } else {
      const counted = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
      faults.push({ line, message: `${counted}, and the header has ${header.length}` });
    }
  }
  return { rows, faults };
}

/** What keeps a record from being a header: an empty or a repeated name. */
export function headerFaults({ line, cells }: CsvRecord): CsvFault[] {
  return cells.flatMap((name, i) => {
    if (name.trim() === '') return [{ line, message: `column ${i + 1} has no name` }];
    if (cells.indexOf(name) < i) return [{ line, message: `"${name}" names two columns` }];
    return [];
  });
}

/** The delimiter of a file: of comma, semicolon, tab and bar the one its first line has most of. */
export function guessDelimiter(text: string): string {
  const [first = ''] = text
    .slice(0, 65_536)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/[\r\n]/, 1);
  const counted = [',', ';', '\t', '|'].map((unit) => ({
    unit,
    count: first.split(unit).length - 1,
  }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).unit;
}
