export type Cell = string | number | boolean | null;

/** A cell as RFC 4180 has it. Text that a spreadsheet would run as a formula gets an apostrophe in
 *  front (rules K19, K56); numbers are numbers, with their sign. */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;
