import type { CaseRow, ConversationRow } from '@wheelhouse/core';

export type Listed = { talk: ConversationRow } | { shown: CaseRow };

type Talk = Pick<ConversationRow, 'priority' | 'due_at' | 'waiting_since' | 'active_at'>;

/** When somebody is to be there at the latest; a customer to whom nothing is promised waits as it is. */
const dueOf = ({ priority, due_at, waiting_since, active_at }: Talk): number =>
  priority > 0 ? Number.NEGATIVE_INFINITY : Date.parse(due_at ?? waiting_since ?? active_at);

/**
 * What waits as one list, the most urgent first: a case that is due stands before the first customer who
 * is due later, and customers stand before cases that nothing is said of when. Each kind keeps the order
 * that the server gave it otherwise.
 * @param ends whether these are all conversations there are: what comes after them is shown then alone
 */
export function inOrder(
  talks: readonly ConversationRow[],
  cases: readonly CaseRow[],
  ends: boolean,
): Listed[] {
  const timed = cases
    .flatMap((shown) => (shown.due_at === null ? [] : [{ shown, at: Date.parse(shown.due_at) }]))
    .sort((a, b) => a.at - b.at);
  const rows: Listed[] = [];
  let next = 0;
  for (const talk of talks) {
    const due = dueOf(talk);
    for (; next < timed.length && (timed[next] as { at: number }).at < due; next++) {
      rows.push({ shown: (timed[next] as { shown: CaseRow }).shown });
    }
    rows.push({ talk });
  }
  if (!ends) return rows;
  const untimed = cases.filter(({ due_at }) => due_at === null);
  return [
    ...rows,
    ...[...timed.slice(next).map(({ shown }) => shown), ...untimed].map((shown) => ({ shown })),
  ];
}

/** Lists that are no work are not ordered by what is due: conversations, then cases. */
export const oneAfterTheOther = (
  talks: readonly ConversationRow[],
  cases: readonly CaseRow[],
  ends: boolean,
): Listed[] => [
  ...talks.map((talk) => ({ talk })),
  ...(ends ? cases : []).map((shown) => ({ shown })),
];

export const idOf = (one: Listed): string => ('talk' in one ? one.talk.id : one.shown.id);
