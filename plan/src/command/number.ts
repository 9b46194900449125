/**
 * A number as it was typed at a terminal.
 * @param of the option that it is of
 * @throws Error in words: it is none, and how it is written where one was meant
 */
export function numberOf(of: string, given: string): number {
  const said = given.trim();
  const value = said === '' ? Number.NaN : Number(said);
  if (Number.isFinite(value)) return value;
  const percent = /^([-+]?[\d.,]+)\s*%$/.exec(said)?.[1];
  const meant = Number((percent ?? said).replace(',', '.'));
  const hint =
    said === '' || !Number.isFinite(meant)
      ? ''
      : ` Write ${percent === undefined ? meant : Number((meant / 100).toPrecision(12))}.`;
  throw new Error(`${of} must be a number, not "${given}".${hint}`);
}
