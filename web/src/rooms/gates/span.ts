export const span_units = [
  { unit: 'seconds', ms: 1_000 },
  { unit: 'minutes', ms: 60_000 },
  { unit: 'hours', ms: 3_600_000 },
  { unit: 'days', ms: 86_400_000 },
] as const;
export type SpanUnit = (typeof span_units)[number]['unit'];

const msOf = (unit: SpanUnit) => span_units.find((known) => known.unit === unit)?.ms ?? 1_000;

/** A length of time in the largest unit that says it in whole numbers; else in seconds. */
export function spanParts(ms: number): { amount: number; unit: SpanUnit } {
  for (const { unit, ms: one } of [...span_units].reverse()) {
    if (ms >= one && ms % one === 0) return { amount: ms / one, unit };
  }
  return { amount: ms / 1_000, unit: 'seconds' };
}

export const spanMs = (amount: number, unit: SpanUnit): number => Math.round(amount * msOf(unit));

/** `5 minutes`, `1 hour`. */
export function spanWords(ms: number): string {
  const { amount, unit } = spanParts(ms);
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
