import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

export interface OverrideRow {
  id: string;
  gate: string;
  tier: string | null;
  threshold: number;
  alpha: number | null;
  until: string;
  reason: string;
  /** Of the versions that it holds for, as epochs have it. */
  keys: string[];
  signed_by: string;
  signed_at: string;
  passed: number;
  checks: number;
  checks_wrong: number;
}
const columns = `id, gate, tier, threshold, alpha, until, reason, keys, signed_by, signed_at, passed,
  checks, checks_wrong`;

const open = statement(
  'overrides.open',
  `select ${columns} from gate_overrides
   where workspace_id = $1 and gate = $2 and ended_at is null and until > $3`,
);
/** The override that is in force at a gate. */
export const openOverride = async (tx: Tx, scope: Scope, gate: string) =>
  (await tx.query<OverrideRow>(open, [scope.workspace_id, gate, tx.now]))[0];

const by_ids = statement(
  'overrides.by_ids',
  `select ${columns} from gate_overrides where workspace_id = $1 and id = any($2::text[]) order by id`,
);
/** Overrides, ended or not, with what is counted of each by now. */
export const overridesById = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<OverrideRow>(by_ids, [scope.workspace_id, ids]);

const insert = statement(
  'overrides.insert',
  `insert into gate_overrides (workspace_id, id, gate, tier, threshold, alpha, until, reason, keys,
     signed_by, signed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${columns}`,
);
/** Needs the gate held alone, and the one before it ended. */
export const insertOverride = async (
  tx: Tx,
  scope: Scope,
  one: Omit<OverrideRow, 'signed_at' | 'passed' | 'checks' | 'checks_wrong'>,
) => {
  const { id, gate, tier, threshold, alpha, until, reason, keys, signed_by } = one;
  const values = [id, gate, tier, threshold, alpha, until, reason, keys, signed_by, tx.now];
  return (await tx.query<OverrideRow>(insert, [scope.workspace_id, ...values]))[0] as OverrideRow;
};

const end = statement(
  'overrides.end',
  `update gate_overrides set ended_at = $3, ended_by = $4, why_ended = $5
   where workspace_id = $1 and gate = $2 and ended_at is null returning ${columns}`,
);
/** Ends what is in force at a gate; needs it held alone. @returns what it was */
export const endOpenOverride = async (
  tx: Tx,
  scope: Scope,
  gate: string,
  by: string,
  why: string,
) => (await tx.query<OverrideRow>(end, [scope.workspace_id, gate, tx.now, by, why]))[0];

const due = statement(
  'overrides.due',
  `select workspace_id, gate from gate_overrides where ended_at is null and until <= $1
   order by until, workspace_id, gate limit 100`,
);
/** Gates, of every workspace, whose override has run out. Jobs only. */
export const overridesDue = (tx: Tx) =>
  tx.query<{ workspace_id: string; gate: string }>(due, [tx.now]);

const count_passed = statement(
  'overrides.count_passed',
  `update gate_overrides o set passed = o.passed + c.n
   from (select workspace_id, data->'promise'->>'override_id' as id, count(*)::int as n from events
     where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
       and type = 'output.submitted' and data->'promise' ? 'override_id' group by 1, 2) c
   where o.workspace_id = c.workspace_id and o.id = c.id`,
);
/** Counts what passed by overrides, between two places in the log. Jobs only. */
export const countOverridden = (tx: Tx, from: Place, to: Place) =>
  tx.write(count_passed, [from.xid, from.seq, to.xid, to.seq]);

const count_checks = statement(
  'overrides.count_checks',
  `update gate_overrides o set checks = o.checks + c.checks, checks_wrong = o.checks_wrong + c.wrong
   from (select workspace_id, id, sum(labelled)::int as checks, sum(wrong)::int as wrong
     from jsonb_to_recordset($1) as l (workspace_id text, id text, labelled int, wrong int)
     group by 1, 2) c
   where o.workspace_id = any($2::text[]) and o.id = any($3::text[])
     and o.workspace_id = c.workspace_id and o.id = c.id`,
);
/** Counts what people found among it. Jobs only. */
export const countOverrideChecks = (
  tx: Tx,
  labels: { workspace_id: string; id: string; labelled: number; wrong: number }[],
) =>
  tx.write(count_checks, [
    JSON.stringify(labels),
    labels.map(({ workspace_id }) => workspace_id),
    labels.map(({ id }) => id),
  ]);
