import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvReader, guessDelimiter, headerFaults, nameCells, readCsv } from './csv.ts';

const cellsOf = (text: string, delimiter?: string) =>
  readCsv(text, { delimiter }).records.map(({ cells }) => cells);

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test.each([
  [
    'plain',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['no last line end', 'a,b', [['a', 'b']]],
  ['CRLF', 'a\r\nb\r\n', [['a'], ['b']]],
  ['CR', 'a\rb\r', [['a'], ['b']]],
  ['empty lines are no records', '\n\na\n\r\n\nb\n\n', [['a'], ['b']]],
  [
    'empty cells',
    ',\n,a,\n',
    [
      ['', ''],
      ['', 'a', ''],
    ],
  ],
  ['one quoted empty cell', '""', [['']]],
  [
    'delimiter, quote and line end in quotes',
    '"a,b","c""d","e\r\nf"\n',
    [['a,b', 'c"d', 'e\r\nf']],
  ],
  ['byte order mark', '\ufeff"a",b\n', [['a', 'b']]],
  ['spaces are kept', ' a , b\n', [[' a ', ' b']]],
  ['half a surrogate pair', '\ud83d,\u0000\n', [['\ud83d', '\u0000']]],
  ['nothing', '', []],
])('[I1] CSV is read as RFC 4180 and spreadsheets write it: %s', (_name, text, cells) => {
  expect(readCsv(text).faults).toEqual([]);
  expect(cellsOf(text)).toEqual(cells);
});

test('[I1] what is written quoted is read back', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', ',', ';', '"', '\n', '\r', ' ', '\ud83d'),
  });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(',', ';', '\t'),
      (rows, end, delimiter) => {
        const text = rows.map((cells) => cells.map(quoted).join(delimiter) + end).join('');
        expect(cellsOf(text, delimiter)).toEqual(rows);
      },
    ),
  );
});

test('[I2] pieces of any size read the same as the whole', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\ufeff'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (whole, size) => {
      const reader = new CsvReader();
      const batches = [];
      for (let i = 0; i < whole.length; i += size)
        batches.push(reader.push(whole.slice(i, i + size)));
      batches.push(reader.end());
      expect({
        records: batches.flatMap(({ records }) => records),
        faults: batches.flatMap(({ faults }) => faults),
      }).toEqual(readCsv(whole));
    }),
    { numRuns: 500 },
  );
});

test('[I3] a record that cannot be read is named by its line, and the rest is read', () => {
  const text = 'a,b\n"c\nd"x,e\nf"g,h\n"i\r\nj",k\nl,"m\nn,o\n';
  expect(readCsv(text)).toEqual({
    records: [
      { line: 1, cells: ['a', 'b'] },
      { line: 5, cells: ['i\r\nj', 'k'] },
    ],
    faults: [
      { line: 2, message: '"x" after a closing quote' },
      { line: 4, message: 'a quote inside a cell that does not begin with one' },
      { line: 7, message: 'a quoted cell is never closed' },
    ],
  });
});

test('[I3] a quote that is never closed takes no more than the longest record', () => {
  const text = `a\n"b${'x'.repeat(30)}\nc\n`;
  const { records, faults } = readCsv(text, { longest_record: 20 });
  expect(records).toEqual([
    { line: 1, cells: ['a'] },
    { line: 3, cells: ['c'] },
  ]);
  expect(faults).toEqual([
    { line: 2, message: 'longer than 20 characters; is a quote never closed?' },
  ]);
});

test('[I3] a record of another width than the header is named by its line', () => {
  const { records } = readCsv('text,__proto__\nhi,greet\nbye\na,b,c\n');
  const [header, ...rest] = records;
  const { rows, faults } = nameCells(header?.cells ?? [], rest);
  expect(rows.map(({ line, values }) => [line, Object.entries(values)])).toEqual([
    [
      2,
      [
        ['text', 'hi'],
        ['__proto__', 'greet'],
      ],
    ],
  ]);
  expect(faults).toEqual([
    { line: 3, message: '1 cell, and the header has 2' },
    { line: 4, message: '3 cells, and the header has 2' },
  ]);
});

test('[I3] a header with an empty or repeated name is refused', () => {
  expect(headerFaults({ line: 1, cells: ['a', ' ', 'a'] })).toEqual([
    { line: 1, message: 'column 2 has no name' },
    { line: 1, message: '"a" names two columns' },
  ]);
  expect(headerFaults({ line: 1, cells: ['a', 'b'] })).toEqual([]);
});

test.each([
  ['a,b;c,d\n;;;;;', ','],
  ['a;b\n', ';'],
  ['"a,,,";b\tc\td', '\t'],
  ['text', ','],
  ['', ','],
])('[I1] the delimiter is guessed from the first line: %j', (text, delimiter) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});
