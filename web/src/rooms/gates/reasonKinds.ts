import type { Output } from '@wheelhouse/core';

export interface ReasonKind {
  words: string;
  count: number;
}

// "amount 1,200 is over 100" and "amount 890 is over 100" are one reason: what was found differs.
const found = /^(\D*?) -?\d[\d.,]*(?= is )/;
// A limit is said as exactly as what was found needs: "under 0.80" and "under 0.8000" are one limit.
const limit = /(?<= is (?:at or )?(?:under|over) -?)(\d[\d,]*)(?:\.0*|(\.\d*[1-9])0*)$/;
// How far a proof was differs with every decision, and is one reason.
const so_far = /: (?:no|[\d,]+) (?:of about [\d,]+ clean )?decisions? so far.*$/;

const kindOf = (reason: string) =>
  reason.replace(found, '$1').replace(limit, '$1$2').replace(so_far, '');

/** Why outputs were held, most often first. An output held for two reasons counts under both. */
export function reasonKinds(outputs: readonly Pick<Output, 'verdict' | 'reasons'>[]): ReasonKind[] {
  const counts = new Map<string, number>();
  for (const { verdict, reasons } of outputs) {
    if (verdict !== 'hold') continue;
    const own = new Set(reasons.map(kindOf));
    for (const words of own) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .map(([words, count]) => ({ words, count }))
    .sort((a, b) => b.count - a.count || a.words.localeCompare(b.words));
}
