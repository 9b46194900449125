/** Score interval of a share (Wilson 1927, doi 10.1080/01621459.1927.10502953).
 *  @param hits how many of `n` had it, 0..n
 *  @param n how many were looked at, at least 1
 *  @param z standard normal quantile; 1.96 for 95%
 *  @returns [low, high], both 0..1 */
export function wilson(hits: number, n: number, z = 1.959963984540054): [number, number] {
  const share = hits / n;
  const square = z * z;
  const centre = share + square / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  const whole = 1 + square / n;
  // Of none and of all one bound is the share itself, which rounding would miss by a trillionth.
  const low = hits === 0 ? 0 : Math.max(0, (centre - spread) / whole);
  const high = hits === n ? 1 : Math.min(1, (centre + spread) / whole);
  return [low, high];
}
