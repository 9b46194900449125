import {
  day,
  fromMs,
  hour,
  type Instant,
  longest_work_ms,
  type PeopleHours,
  type Scope,
  systemOf,
  toMs,
  typicalWork,
  workSpent,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import type { Place } from '../store/fan-out.ts';
import { countWork, restOf, restUntil, waitingAt, workSince } from '../store/people-hours.ts';
import type { RulingsCache } from './definition.ts';

/** Workspaces have no clock of their own, so a day is one of UTC. */
const dayOf = (now: Instant): number => Math.floor(toMs(now) / day) * day;

/** Counts people's work, and lets what a gate holds rest where its hours of today are spent (rule G72). It
 *  is said once a day; what passes, and what is looked at of it, stays as it is. */
export async function budgetWork(
  rulings: RulingsCache,
  tx: Tx,
  from: Place,
  to: Place,
): Promise<void> {
  const worked = await countWork(tx, from, to, longest_work_ms);
  const gates = new Map(worked.map((one) => [`${one.workspace_id} ${one.gate}`, one]));
  for (const { workspace_id, gate } of gates.values()) {
    const scope = { workspace_id };
    const policy = (await rulings.current(tx, scope, [gate])).get(gate)?.ruling.definition.policy;
    if (policy?.mode !== 'guaranteed' || !policy.people_hours) continue;
    const { spent_ms, decisions } = await spentToday(tx, scope, gate);
    if (spent_ms < policy.people_hours * hour) continue;
    const until = fromMs(dayOf(tx.now) + day);
    if (!(await restUntil(tx, scope, gate, until))) continue;
    const waiting = await waitingAt(tx, scope, gate);
    const data = { gate, hours: policy.people_hours, spent_ms, decisions, waiting, until };
    appendEvents(tx, scope, systemOf(workspace_id), [
      { type: 'gate.hours_spent', subject: gate, data },
    ]);
  }
}

async function spentToday(tx: Tx, scope: Scope, gate: string) {
  const today = dayOf(tx.now);
  const week = await workSince(tx, scope, gate, fromMs(today - 6 * day));
  const work = await workSince(tx, scope, gate, fromMs(today));
  const typical_ms = typicalWork(week);
  return { decisions: work.decisions, typical_ms, spent_ms: workSpent(work, typical_ms) };
}

/** What people have for a gate today, and what is left to do. */
export async function readPeopleHours(
  tx: Tx,
  scope: Scope,
  gate: string,
  hours: number | null,
): Promise<PeopleHours> {
  return {
    hours,
    ...(await spentToday(tx, scope, gate)),
    waiting: await waitingAt(tx, scope, gate),
    rests_until: hours === null ? null : await restOf(tx, scope, gate),
  };
}
