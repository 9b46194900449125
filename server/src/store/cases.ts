import type { CaseRecord, Lease, Part, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { eventJson } from './events.ts';
import { statement } from './statement.ts';

// Two looks by key for each candidate, in a form that no plan turns into a join over all answers.
// Whoever passed a case on has it no more, unless a lead gives it to them all the same (rule C21).
const free = `state = 'waiting' and open_slots > 0
  and (assigned_to is null or assigned_to = $3)
  and (own_request_allowed or requested_by <> $3)
  and coalesce(place_role, needs_role) = any($4::text[])
  and (select a.id from answers a where a.workspace_id = $1 and a.case_id = cases.id
    and a.rater = $3 and not a.undone
    and (a.status = 'submitted' or assigned_to is null) limit 1) is null
  and (select l.rater from leases l where l.workspace_id = $1 and l.case_id = cases.id
    and l.rater = $3 and l.expires_at > $2 limit 1) is null`;

// What a gate holds rests when people's hours for it are spent (rule G72): it is not offered, but may be
// opened by its id, and a lead may give it to somebody. Spot checks never rest.
const offered = `${free}
  and (kind <> 'review' or assigned_to is not null or gate is null or gate not in (
    select r.gate from gate_rests r where r.workspace_id = $1 and r.until > $2))`;

// Lock, skip, update in one statement: rival claimers never wait for one another and never meet on
// one place. The head of a partial index holds only claimable cases, so a million waiting cost the
// same as ten thousand. Of equally urgent ones the older comes first, whatever its caller called it
// (rule L7).
// A lapsed lease of the same rater still has its place until it is cleared away, so taking it up
// again takes no second one (rule L3); xmax is 0 only in a row that was inserted.
const claimed = `leased as (
     insert into leases (workspace_id, case_id, rater, role, epoch, expires_at)
     select $1, id, $3, ($4::text[])[cardinality($4::text[])], epoch + 1, $2 + lease_ms * interval '1 millisecond' from picked
     on conflict (workspace_id, case_id, rater) do update
       set role = excluded.role, epoch = excluded.epoch, expires_at = excluded.expires_at
     returning case_id, rater, role, epoch, expires_at, case when xmax = 0 then 1 else 0 end as taken),
   held as (
     update cases set epoch = leased.epoch, open_slots = cases.open_slots - leased.taken
     from leased where cases.workspace_id = $1 and cases.id = leased.case_id
     returning cases.id, cases.epoch, cases.queue),
   said as (
     insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
     select $1, 'case.claimed', id, $3, $5,
       jsonb_build_object('queue', queue, 'epoch', epoch), $2 from held order by id)
   select case_id, rater, role, epoch, expires_at from leased order by case_id`;

// A plan without known limits expects a claim to want a tenth of all that waits, and would rather
// sort a million cases than walk to the first; measured, over 4 s a claim. So sorting is ruled out
// around it: what is left is the walk along the index.
const walk = statement('cases.walk', "select set_config('enable_sort', 'off', true)");
const walked = statement('cases.walked', "select set_config('enable_sort', 'on', true)");
const claim_queue = statement(
  'cases.claim_from_queue',
  `with picked as (
     select id, epoch, lease_ms from cases where workspace_id = $1 and queue = $6 and ${offered}
     order by priority desc, coalesce(due_at, 'infinity'), created_at, id limit $7 for update skip locked),
   ${claimed}`,
);
const claim_any = statement(
  'cases.claim_from_any_queue',
  `with picked as (
     select id, epoch, lease_ms from cases where workspace_id = $1 and ${offered}
     order by priority desc, coalesce(due_at, 'infinity'), created_at, id limit $6 for update skip locked),
   ${claimed}`,
);
const claim_one = statement(
  'cases.claim_one',
  `with picked as (
     select id, epoch, lease_ms from cases where workspace_id = $1 and id = $6 and ${free} for update),
   ${claimed}`,
);

export interface Claimant {
  id: string;
  kind: string;
  /** Every role this one may stand in for, its own last. */
  roles: string[];
}

export async function claimCases(
  tx: Tx,
  scope: Scope,
  by: Claimant,
  from: { queue: string; limit: number } | { case_id: string },
): Promise<Lease[]> {
  const who = [scope.workspace_id, tx.now, by.id, by.roles, by.kind];
  if ('case_id' in from) return tx.query<Lease>(claim_one, [...who, from.case_id]);
  tx.write(walk);
  const leases =
    from.queue === '*'
      ? tx.query<Lease>(claim_any, [...who, from.limit])
      : tx.query<Lease>(claim_queue, [...who, from.queue, from.limit]);
  tx.write(walked);
  return leases;
}

// Cases are locked before their leases, as everywhere, so this never deadlocks with an answer. Whom a
// freed place is kept for is worked out at the next claim, which gives back what it should not have.
const release_lapsed = statement(
  'cases.release_lapsed',
  `with stale as (
     select c.workspace_id, c.id from cases c
     where (c.workspace_id, c.id) in (
       select workspace_id, case_id from leases where expires_at <= $1 order by expires_at limit 200)
     order by c.workspace_id, c.id for update skip locked),
   gone as (
     delete from leases l using stale s where l.workspace_id = s.workspace_id
       and l.case_id = s.id and l.expires_at <= $1 returning l.workspace_id, l.case_id, l.rater),
   freed as (
     update cases c set place_role = null, open_slots = case when c.state = 'waiting'
       then least(c.wanted, c.open_slots + g.places) else 0 end
     from (select workspace_id, case_id, count(*)::int as places from gone group by 1, 2) g
     where c.workspace_id = g.workspace_id and c.id = g.case_id returning c.workspace_id)
   insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
   select workspace_id, 'case.released', case_id, 'system', 'system',
     jsonb_build_object('rater', rater, 'why', 'lapsed'), $1 from gone
   order by workspace_id, case_id, rater returning subject`,
);
/** Gives places back whose lease has run out; at most 200 cases a call. */
export const releaseLapsed = (tx: Tx) => tx.query(release_lapsed, [tx.now]);

export interface DocketRow extends CaseRecord {
  title: string;
  parts: Part[] | null;
  form: unknown;
  own_quorum: unknown;
  reasons: string[];
  /** Null where there is an output, whose salt it is then. */
  salt: string | null;
  erased_at: string | null;
  own_request_allowed: boolean;
  lease_ms: number;
}

export const record_columns = `id, workspace_id, kind, state, queue, gate, policy_version, output_id,
  requested_by, assigned_to, needs_role, wanted, open_slots, place_role, adjudicating, epoch, priority,
  created_at, due_at, rung, next_at, title, parts, form, quorum as own_quorum, reasons,
  own_request_allowed, lease_ms, salt, erased_at, stranded_at`;

const lock = statement(
  'cases.lock',
  `select ${record_columns} from cases where workspace_id = $1 and id = any($2::text[])
   order by id for update`,
);
/** Locks cases in id order, so that no two transactions wait for each other. */
export const lockCases = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<DocketRow>(lock, [scope.workspace_id, ids]);

const leases_of = statement(
  'cases.leases_of',
  `select case_id, rater, role, epoch, expires_at from leases
   where workspace_id = $1 and case_id = any($2::text[]) order by case_id, rater`,
);
export const leasesOf = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<Lease>(leases_of, [scope.workspace_id, ids]);

const asked_apart = statement(
  'cases.asked_apart',
  `select output_id, kind = 'shadow' as in_shadow from cases
   where workspace_id = $1 and output_id = any($2::text[])
     and (kind = 'shadow' or wanted > 1 or adjudicating) order by output_id`,
);
/** Those of some outputs about which people are asked apart, and whether from the AI too. */
export const outputsAskedApart = async (tx: Tx, scope: Scope, output_ids: string[]) =>
  new Map(
    (
      await tx.query<{ output_id: string; in_shadow: boolean }>(asked_apart, [
        scope.workspace_id,
        output_ids,
      ])
    ).map(({ output_id, in_shadow }) => [output_id, in_shadow]),
  );

const renew = statement(
  'cases.renew',
  `update leases set expires_at = $2 + c.lease_ms * interval '1 millisecond'
   from cases c where c.workspace_id = $1 and c.id = $3 and leases.workspace_id = $1
     and leases.case_id = $3 and leases.rater = $4 and leases.epoch = $5 and leases.expires_at > $2
     and c.state = 'waiting'
   returning leases.case_id, leases.rater, leases.role, leases.epoch, leases.expires_at`,
);
export const renewLease = async (tx: Tx, scope: Scope, id: string, rater: string, epoch: number) =>
  (await tx.query<Lease>(renew, [scope.workspace_id, tx.now, id, rater, epoch]))[0];

const due = statement(
  'cases.due',
  `select workspace_id, id from cases where state = 'waiting' and next_at <= $1
   order by next_at, id limit $2`,
);
export const casesDue = (tx: Tx, limit: number) =>
  tx.query<{ workspace_id: string; id: string }>(due, [tx.now, limit]);

/** The fields of a case that decisions and the ladder change. */
export interface CaseChange {
  id: string;
  state: string;
  queue: string;
  assigned_to: string | null;
  needs_role: string;
  wanted: number;
  open_slots: number;
  place_role: string | null;
  adjudicating: boolean;
  narrowed: boolean;
  epoch: number;
  rung: number;
  next_at: string | null;
  resolved_at: string | null;
  outcome: string | null;
}

// Everything that a batch of answers changes, in one statement and one commit. A lease is replaced
// as a whole: those of a changed case go, those it still has come back. The ids stand beside the
// records so that a plan made while the tables were empty still goes by their keys.
const save = statement(
  'cases.save',
  `with changed as (
     update cases set state = c.state, queue = c.queue, assigned_to = c.assigned_to,
       needs_role = c.needs_role, wanted = c.wanted, open_slots = c.open_slots,
       place_role = c.place_role, adjudicating = c.adjudicating, narrowed = c.narrowed,
       epoch = c.epoch, rung = c.rung, next_at = c.next_at,
       resolved_at = c.resolved_at, outcome = c.outcome
     from jsonb_to_recordset($3) as c (id text, state text, queue text, assigned_to text,
       needs_role text, wanted int, open_slots int, place_role text, adjudicating boolean, narrowed boolean,
       epoch int,
       rung int,
       next_at timestamptz, resolved_at timestamptz, outcome text)
     where cases.workspace_id = $1 and cases.id = any($9::text[]) and cases.id = c.id),
   dropped as (
     delete from leases using jsonb_to_recordset($4) as d (case_id text, rater text)
     where leases.workspace_id = $1 and leases.case_id = any($9::text[])
       and leases.case_id = d.case_id and leases.rater = d.rater),
   answered as (
     insert into answers (workspace_id, id, case_id, rater, rater_kind, role, epoch, status,
       "values", note, shown_suggestion, spent_ms, at)
     select $1, id, case_id, rater, rater_kind, role, epoch, status, "values", note,
       shown_suggestion, spent_ms, at
     from jsonb_to_recordset($5) as a (id text, case_id text, rater text, rater_kind text,
       role text, epoch int, status text, "values" jsonb, note text, shown_suggestion boolean,
       spent_ms bigint, at timestamptz)),
   resolved as (
     insert into resolutions (workspace_id, id, case_id, kind, outcome, "values", diff, agreed, by,
       reason, standing, at)
     select $1, id, case_id, kind, outcome, "values", diff, agreed, by, reason, true, at
     from jsonb_to_recordset($6) as r (id text, case_id text, kind text, outcome text,
       "values" jsonb, diff jsonb, agreed boolean, by jsonb, reason text, at timestamptz)),
   outcomes as (
     update outputs set outcome = o.outcome, outcome_status = o.outcome_status,
       outcome_at = o.outcome_at, undo_until = o.undo_until, settled = o.settled
     from jsonb_to_recordset($7) as o (id text, outcome jsonb, outcome_status text,
       outcome_at timestamptz, undo_until timestamptz, settled boolean)
     where outputs.workspace_id = $1 and outputs.id = any($10::text[]) and outputs.id = o.id)
   insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
   select $1, type, subject, actor, actor_kind, data, $2
   from jsonb_to_recordset($8) as e
     (type text, subject text, actor text, actor_kind text, data jsonb)`,
);

export interface CaseWrites {
  cases: CaseChange[];
  dropped_leases: { case_id: string; rater: string }[];
  answers: object[];
  resolutions: object[];
  outcomes: { id: string }[];
  events: ReturnType<typeof eventJson>[];
}

export const saveCases = (tx: Tx, scope: Scope, writes: CaseWrites) =>
  tx.write(save, [
    scope.workspace_id,
    tx.now,
    JSON.stringify(writes.cases),
    JSON.stringify(writes.dropped_leases),
    JSON.stringify(writes.answers),
    JSON.stringify(writes.resolutions),
    JSON.stringify(writes.outcomes),
    JSON.stringify(writes.events),
    writes.cases.map(({ id }) => id),
    writes.outcomes.map(({ id }) => id),
  ]);
