import {
  type AnswerRecord,
  atLeast,
  type Docket,
  type Form,
  isLive,
  isNarrowed,
  type Lease,
  type NewEvent,
  Quorum,
  type Resolution,
  type Scope,
  systemOf,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { answersOf, standingResolutions } from '../store/answers.ts';
import {
  type CaseChange,
  type CaseWrites,
  type DocketRow,
  leasesOf,
  lockCases,
  saveCases,
} from '../store/cases.ts';
import { type Actor, eventJson } from '../store/events.ts';
import { type OutcomeChange, type OutputRow, outputsById } from '../store/outputs.ts';
import { type RulingsCache, rulingKey } from './definition.ts';

/** A locked case with everything a decision needs, and what has changed on it so far. */
export interface OpenDocket {
  row: DocketRow;
  docket: Docket;
  output: OutputRow | undefined;
  gate_title: string | null;
}

/** Locks cases, and reads what hangs on them, in id order. Unknown ids are simply not in the map. */
export async function openDockets(
  tx: Tx,
  scope: Scope,
  rulings: RulingsCache,
  ids: string[],
): Promise<Map<string, OpenDocket>> {
  const rows = await lockCases(tx, scope, [...new Set(ids)].sort());
  if (!rows.length) return new Map();
  const found = rows.map(({ id }) => id);
  const output_ids = rows.flatMap(({ output_id }) => (output_id ? [output_id] : []));
  const pairs = rows.flatMap(({ gate, policy_version: version }) =>
    gate && version ? [{ gate, version }] : [],
  );
  // Sent together, one round trip. The outputs need no lock of their own: whoever changes an
  // outcome holds the lock of its case; only undo, which races with the clock, locks them too.
  const [leases, answers, resolutions, outputs, versions] = await Promise.all([
    leasesOf(tx, scope, found),
    answersOf(tx, scope, found),
    rows.some(({ state }) => state !== 'waiting') ? standingResolutions(tx, scope, found) : [],
    output_ids.length ? outputsById(tx, scope, output_ids) : [],
    rulings.exact(tx, scope, pairs),
  ]);
  const output_of = new Map(outputs.map((output) => [output.id, output]));
  const leases_of = grouped(leases);
  const answers_of = grouped(answers);
  const resolution_of = new Map(resolutions.map((row) => [row.case_id, row]));
  const dockets = new Map<string, OpenDocket>();
  for (const row of rows) {
    const output = row.output_id ? output_of.get(row.output_id) : undefined;
    const ruling =
      row.gate && row.policy_version
        ? versions.get(rulingKey(row.gate, row.policy_version))
        : undefined;
    const resolution = resolution_of.get(row.id);
    dockets.set(row.id, {
      row,
      output,
      gate_title: ruling?.title ?? row.gate,
      docket: {
        record: row,
        leases: leases_of.get(row.id) ?? [],
        answers: answers_of.get(row.id) ?? [],
        resolution: resolution ? toResolution(resolution) : null,
        form: (ruling?.form ?? row.form) as Form,
        quorum: ruling?.definition.policy.quorum ?? Quorum.parse(row.own_quorum ?? {}),
        policy: ruling?.definition.policy ?? null,
        parts: row.parts,
        proposed: output ? proposedBy(output) : null,
        spec: ruling?.definition.action ?? null,
      },
    });
  }
  return dockets;
}

const proposedBy = ({ action, input, content }: OutputRow) => ({ action, input, content });

function grouped<Row extends { case_id: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.case_id);
    if (group) group.push(row);
    else groups.set(row.case_id, [row]);
  }
  return groups;
}

export const toResolution = (row: Resolution): Resolution => ({
  id: row.id,
  kind: row.kind,
  outcome: row.outcome,
  values: row.values,
  diff: row.diff,
  agreed: row.agreed,
  by: row.by,
  reason: row.reason,
  at: row.at,
});

/** What the rules took from a holder who did nothing: a lease that ran out, or one whose role no
 *  longer decides the case (rule L6). Whoever answered gave theirs up; the answer tells. */
function takenFrom(lease: Lease, before: Docket, after: Docket, now: string): NewEvent[] {
  const { record, answers } = after;
  const { case_id, rater, role } = lease;
  const outgrown = atLeast(role, before.record.needs_role) && !atLeast(role, record.needs_role);
  const answered = answers.some(({ rater: by, epoch }) => by === rater && epoch === lease.epoch);
  const why = !isLive(lease, now) ? 'lapsed' : outgrown && !answered ? 'escalated' : undefined;
  if (!why || record.state !== 'waiting') return [];
  const data = { rater, why, queue: record.queue };
  return [{ type: 'case.released', subject: case_id, data }];
}

/** Gathers what a transaction changes on cases, to be written as one statement. */
export function docketWrites(tx: Tx, scope: Scope) {
  const changes = new Map<string, CaseChange>();
  const dropped = new Map<string, { case_id: string; rater: string }>();
  const writes: Omit<CaseWrites, 'cases' | 'dropped_leases'> = {
    answers: [],
    resolutions: [],
    outcomes: [],
    events: [],
  };
  return {
    /** The case as it now is; `before` tells which leases are gone. */
    change(before: Docket, after: Docket) {
      const { record, resolution } = after;
      const system = systemOf(scope.workspace_id);
      const kept = new Set(after.leases.map(({ rater }) => rater));
      for (const lease of before.leases) {
        const { case_id, rater } = lease;
        if (kept.has(rater)) continue;
        dropped.set(`${case_id} ${rater}`, { case_id, rater });
        const taken = takenFrom(lease, before, after, tx.now);
        writes.events.push(...taken.map((event) => eventJson(system, event)));
      }
      changes.set(record.id, {
        id: record.id,
        state: record.state,
        queue: record.queue,
        assigned_to: record.assigned_to,
        needs_role: record.needs_role,
        wanted: record.wanted,
        open_slots: record.open_slots,
        place_role: record.place_role,
        adjudicating: record.adjudicating,
        narrowed: isNarrowed(after),
        epoch: record.epoch,
        rung: record.rung,
        next_at: record.next_at,
        resolved_at: record.state === 'waiting' ? null : (resolution?.at ?? tx.now),
        outcome: resolution?.outcome ?? null,
      });
    },
    answer: (answer: AnswerRecord) => writes.answers.push(answer),
    resolve: (case_id: string, resolution: Resolution) =>
      writes.resolutions.push({ ...resolution, case_id }),
    outcome: (change: OutcomeChange) => writes.outcomes.push(change),
    say: (actor: Actor, ...events: NewEvent[]) =>
      writes.events.push(...events.map((event) => eventJson(actor, event))),
    save() {
      if (!changes.size && !writes.events.length) return;
      saveCases(tx, scope, {
        ...writes,
        cases: [...changes.values()],
        dropped_leases: [...dropped.values()],
      });
    },
  };
}
export type DocketWrites = ReturnType<typeof docketWrites>;
