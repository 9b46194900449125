/** A list of like objects, as a table has it. */
export interface JsonTable {
  columns: string[];
  rows: Record<string, unknown>[];
}

const most_columns = 6;
const longest_text = 60;

const isShort = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.length <= longest_text
    : value === null || typeof value !== 'object';

/** Two or more objects of few, short members: their columns in the order they first come.
 *  @returns null when a table would not hold them */
export function tableOf(value: readonly unknown[]): JsonTable | null {
  const rows = value.filter(
    (row): row is Record<string, unknown> =>
      row !== null && typeof row === 'object' && !Array.isArray(row),
  );
  if (rows.length < 2 || rows.length < value.length) return null;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > most_columns) return null;
  return rows.every((row) => Object.values(row).every(isShort)) ? { columns, rows } : null;
}

/** The digits of a number before its point in groups of three, where there are enough to miscount;
 *  all that is written, in order, is in the pieces. */
export function digitGroups(written: string): string[] {
  const found = /^(-?)(\d{5,})((?:\.\d+)?)$/.exec(written);
  if (!found) return [written];
  const [, sign = '', digits = '', rest = ''] = found;
  const first = digits.length % 3 || 3;
  const groups = [digits.slice(0, first), ...(digits.slice(first).match(/\d{3}/g) ?? [])];
  groups[0] = sign + groups[0];
  groups[groups.length - 1] += rest;
  return groups;
}
