import type { CaseRow } from '@wheelhouse/core';
import { minuteText } from '../../kit/duration.ts';

type Resting = Pick<CaseRow, 'gate' | 'gate_title' | 'rests_until'>;

/** Why cases of a list are offered to nobody, a sentence for each of their gates; none where all are. */
export function restWords(rows: readonly Resting[], textOf = minuteText): string[] {
  const gates = new Map<string, { n: number; row: Resting }>();
  for (const row of rows) {
    if (row.rests_until === null) continue;
    const name = row.gate ?? '';
    gates.set(name, { n: (gates.get(name)?.n ?? 0) + 1, row });
  }
  return [...gates.values()].map(({ n, row: { gate, gate_title, rests_until } }) => {
    const who = n === 1 ? 'One of these is' : `${n.toLocaleString('en-US')} of these are`;
    const open = n === 1 ? 'Open it to decide it' : 'Open one to decide it';
    return `${who} offered to nobody until ${textOf(rests_until as string)}: people’s hours of today for “${gate_title ?? gate}” are spent. ${open} all the same.`;
  });
}
