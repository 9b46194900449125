/** The first whole number over `low` from which on a condition holds: doubled until it does, then halved.
 *  @param holds for every number from some one on, and for none before it; the first is at most 2^53 */
export function firstOver(low: number, holds: (n: number) => boolean): number {
  let [not, yet] = [low, Math.max(1, low + 1)];
  while (!holds(yet)) [not, yet] = [yet, yet * 2];
  while (yet - not > 1) {
    const middle = Math.floor((not + yet) / 2);
    if (holds(middle)) yet = middle;
    else not = middle;
  }
  return yet;
}
