/** An interval of a share in percent: as many decimals as two figures of its width take, and rounded
 *  outwards, so that what it holds it still holds. */
export function rangeWords({ low, high }: { low: number; high: number }): string {
  const decimals = decimalsOf(high - low);
  const power = 10 ** decimals;
  // A bound that is a whole number of steps stays that, whatever its binary fraction is.
  const part = (share: number) => Number((share * 100 * power).toPrecision(12));
  const from = Math.max(0, Math.floor(part(low)) / power);
  const to = Math.min(100, Math.ceil(part(high)) / power);
  return `${Number(from.toFixed(decimals))}% to ${Number(to.toFixed(decimals))}%`;
}

/** A share that an interval is of, in as many decimals as that is told. */
export function shareIn(share: number, { low, high }: { low: number; high: number }): string {
  return `${Number((share * 100).toFixed(decimalsOf(high - low)))}%`;
}

const most_decimals = 6;
function decimalsOf(width: number): number {
  if (!(width > 0)) return 2;
  const before = Math.floor(Math.log10(width * 100));
  return Math.min(most_decimals, Math.max(0, 1 - before));
}
