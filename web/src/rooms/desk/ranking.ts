/** The order with an option put behind the others, or taken out if it was in it. */
export const placed = (order: readonly string[], option: string): string[] =>
  order.includes(option) ? order.filter((other) => other !== option) : [...order, option];

/** The order with what stands at `place` moved by `step`; the same when it cannot go further. */
export function moved(order: readonly string[], place: number, step: -1 | 1): string[] {
  const next = [...order];
  const [a, b] = [next[place], next[place + step]];
  if (a === undefined || b === undefined) return next;
  next[place] = b;
  next[place + step] = a;
  return next;
}
