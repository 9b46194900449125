import { CsvReader, type CsvRecord, headerFaults, nameCells } from './csv.ts';

/** Cuts a file into rows, each with the line that it begins on. */
export interface LineReader {
  format: 'csv' | 'jsonl';
  push(piece: string): void;
  end(): void;
}
export type Row = Record<string, unknown>;
type Take = (line: number, row: Row) => void;
type Fault = (line: number, field: string | null, message: string) => void;

/** CSV with a header. */
export function csvLines(delimiter: string, take: Take, fault: Fault): LineReader {
  const reader = new CsvReader({ delimiter });
  let header: string[] | undefined;
  const read = ({ records, faults }: ReturnType<CsvReader['push']>) => {
    for (const each of faults) fault(each.line, null, each.message);
    let from = 0;
    if (!header && records[0]) {
      const first: CsvRecord = records[0];
      for (const each of headerFaults(first)) fault(each.line, null, each.message);
      header = first.cells.map((name) => name.trim());
      from = 1;
    }
    if (!header) return;
    const named = nameCells(header, records.slice(from));
    for (const each of named.faults) fault(each.line, null, each.message);
    for (const { line, values } of named.rows) take(line, values);
  };
  return {
    format: 'csv',
    push: (piece) => read(reader.push(piece)),
    end: () => read(reader.end()),
  };
}

const longest_line = 1_000_000;

/** A JSON object on each line. */
export function jsonLines(take: Take, fault: Fault): LineReader {
  let rest = '';
  let line = 0;
  const read = (text: string) => {
    line++;
    if (text.trim() === '') return;
    try {
      const row: unknown = JSON.parse(text);
      if (typeof row === 'object' && row !== null && !Array.isArray(row)) take(line, row as Row);
      else fault(line, null, 'must be a JSON object, such as {"score": 0.93, "label": "correct"}');
    } catch {
      fault(line, null, 'is no JSON; each line must be one object');
    }
  };
  return {
    format: 'jsonl',
    push(piece) {
      const lines = (rest + piece).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const text of lines) read(text);
      if (rest.length <= longest_line) return;
      fault(line + 1, null, `longer than ${longest_line} characters; is each output on a line?`);
      rest = '';
    },
    end() {
      if (rest !== '') read(rest);
      rest = '';
    },
  };
}
