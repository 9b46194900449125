import {
  atLeast,
  day,
  fromMs,
  type HomeSummary,
  type Principal,
  shareOf,
  toMs,
  worstOf,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  agreementSince,
  attentionNow,
  decidedSince,
  effortSince,
  type GateTally,
  promisesOpen,
  talliesByGate,
  talliesByHour,
  waitingNow,
} from '../store/home.ts';

/** What the loop did over the last 24 hours, and what waits now. */
export const readHome = (ports: Ports, by: Principal): Promise<HomeSummary> =>
  ports.database.transact(by, async (tx) => {
    const since = fromMs(toMs(tx.now) - day);
    const [gates, promises, hours, decided, agreement, effort, now, attention] = await Promise.all([
      talliesByGate(tx, by, since),
      promisesOpen(tx, by),
      talliesByHour(tx, by, since),
      decidedSince(tx, by, since),
      agreementSince(tx, by, since),
      effortSince(tx, by, since),
      waitingNow(tx, by),
      attentionNow(tx, by, by.id, atLeast(by.role, 'lead')),
    ]);
    const sum = (pick: (gate: (typeof gates)[number]) => number) =>
      gates.reduce((total, gate) => total + pick(gate), 0);
    const [passed, held, blocked] = [
      sum((g) => g.passed),
      sum((g) => g.held),
      sum((g) => g.blocked),
    ];
    const checks = agreement.find(({ kind }) => kind === 'spot_check');
    const all = agreement.reduce(
      (t, row) => ({ agreed: t.agreed + row.agreed, compared: t.compared + row.compared }),
      { agreed: 0, compared: 0 },
    );
    const seen = new Set<string>();
    return {
      since,
      outputs: passed + held + blocked,
      passed,
      held,
      blocked,
      decided: decided.reduce((total, { count }) => total + count, 0),
      outcomes: Object.fromEntries(decided.map(({ outcome, count }) => [outcome, count])),
      waiting: now?.waiting ?? 0,
      oldest_waiting_at: now?.oldest_waiting_at ?? null,
      held_now: now?.held_now ?? 0,
      spent_ms: effort?.spent_ms ?? 0,
      median_spent_ms: effort?.median_spent_ms ?? null,
      agreement: shareOf(all.agreed, all.compared),
      spot_check_agreement: shareOf(checks?.agreed ?? 0, checks?.compared ?? 0),
      dead_deliveries: now?.dead_deliveries ?? 0,
      by_gate: gates.map(({ agreed, compared, ...gate }) => ({
        ...gate,
        ...promiseOf(gate, promises),
        outputs: gate.passed + gate.held + gate.blocked,
        agreement: shareOf(agreed, compared),
      })),
      by_hour: hours,
      // One row a thing: an overdue case is not named again as a waiting one.
      attention: attention
        .filter(({ id }) => !seen.has(id) && seen.add(id))
        .slice(0, 5)
        .map((row) => ({ ...row, detail: row.detail ?? '' })),
    };
  });

function promiseOf(
  { gate, mode }: Pick<GateTally, 'gate' | 'mode'>,
  promises: Awaited<ReturnType<typeof promisesOpen>>,
): Pick<HomeSummary['by_gate'][number], 'promise' | 'promise_parts'> {
  if (mode !== 'guaranteed') return { promise: null, promise_parts: null };
  const own = promises.filter((one) => one.gate === gate);
  return {
    promise: worstOf(own.map(({ state }) => state)),
    promise_parts: {
      counts: Object.fromEntries(own.map(({ state, n }) => [state, n])),
      whole_versions: own.every(({ whole_versions }) => whole_versions),
    },
  };
}
