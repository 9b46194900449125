import type { Event, NewEvent, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface EventRow {
  workspace_id: string;
  seq: number;
  xid: string;
  type: Event['type'];
  subject: string;
  actor: string;
  actor_kind: Event['actor_kind'];
  data: Record<string, unknown>;
  at: string;
}

export interface Actor {
  id: string;
  kind: Event['actor_kind'];
}

/** An event as it goes to the engine, inside a many-row statement. */
export const eventJson = (actor: Actor, { type, subject, data }: NewEvent) => ({
  type,
  subject,
  actor: actor.id,
  actor_kind: actor.kind,
  data,
});

const append = statement(
  'events.append',
  `insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
   select $1, type, subject, actor, actor_kind, data, $3
   from jsonb_to_recordset($2) as e (type text, subject text, actor text, actor_kind text, data jsonb)`,
);

export function appendEvents(tx: Tx, scope: Scope, actor: Actor, events: NewEvent[]) {
  if (!events.length) return;
  const rows = events.map((event) => eventJson(actor, event));
  tx.write(append, [scope.workspace_id, JSON.stringify(rows), tx.now]);
}

export const toEvent = (row: EventRow): Event => ({
  cursor: `${row.xid}-${row.seq}`,
  type: row.type,
  subject: row.subject,
  actor: row.actor,
  actor_kind: row.actor_kind,
  data: row.data,
  at: row.at,
});

/** An event for whoever follows them, without what people who are asked apart are not to hear of one
 *  another: it may be taken back, and decided anew (rule C10). What it came to, its case tells. */
export const toldEvent = (row: EventRow): Event => {
  const event = toEvent(row);
  if (!event.data.apart) return event;
  const { outcome: _o, was: _w, agreed: _a, by: _b, ...data } = event.data;
  return { ...event, data };
};

// Ordered by events.xid, never by xid alone: that would be the text selected here, in which 1000
// comes before 999.
const columns = 'workspace_id, seq, xid::text as xid, type, subject, actor, actor_kind, data, at';

/** Only transactions that ended before every running one began are settled: nothing can appear behind
 *  them. */
const after = statement(
  'events.after',
  `select ${columns}, xid < pg_snapshot_xmin(pg_current_snapshot()) as settled from events
   where (xid, seq) > ($1::text::xid8, $2) order by events.xid, events.seq limit $3`,
);
/** Events of every workspace after a place, in commit order; and whether more are committed that an
 *  older transaction still hides. Jobs only. */
export async function eventsAfter(
  tx: Tx,
  xid: string,
  seq: string,
  limit: number,
): Promise<{ rows: EventRow[]; hidden: boolean }> {
  const all = await tx.query<EventRow & { settled: boolean }>(after, [xid, seq, limit]);
  const rows = all.filter(({ settled }) => settled);
  return { rows, hidden: rows.length < all.length };
}

const after_in = statement(
  'events.after_in_workspace',
  `select ${columns} from events
   where workspace_id = $1 and (xid, seq) > ($2::text::xid8, $3)
     and xid < pg_snapshot_xmin(pg_current_snapshot())
   order by events.xid, events.seq limit $4`,
);

export const eventsOfWorkspaceAfter = (
  tx: Tx,
  scope: Scope,
  xid: string,
  seq: string,
  limit: number,
) => tx.query<EventRow>(after_in, [scope.workspace_id, xid, seq, limit]);

const head = statement(
  'events.head',
  `select coalesce(max(xid)::text, '0') as xid,
     coalesce((select max(seq) from events e where e.xid = max(events.xid)), 0) as seq
   from events where xid < pg_snapshot_xmin(pg_current_snapshot())`,
);

/** The last place that readers may take, over all workspaces. */
export async function headOfEvents(tx: Tx): Promise<{ xid: string; seq: string }> {
  const [row] = await tx.query<{ xid: string; seq: number }>(head);
  return { xid: row?.xid ?? '0', seq: String(row?.seq ?? 0) };
}

const next_transaction = statement(
  'events.next_transaction',
  'select pg_snapshot_xmax(pg_current_snapshot())::text as xid',
);
/** The number that no transaction has had yet. */
export const nextTransaction = async (tx: Tx): Promise<string> =>
  (await tx.query<{ xid: string }>(next_transaction))[0]?.xid ?? '0';

const of_subjects = statement(
  'events.of_subjects',
  `select ${columns} from events
   where workspace_id = $1 and subject = any($2::text[]) order by seq limit 1000`,
);

export const eventsOf = (tx: Tx, scope: Scope, subjects: string[]) =>
  tx.query<EventRow>(of_subjects, [scope.workspace_id, subjects]);

const newest_of = statement(
  'events.newest_of',
  `select ${columns} from events
   where workspace_id = $1 and subject = $2 and type = any($3::text[]) order by seq desc limit $4`,
);
/** What happened last of some types to one thing, newest first. */
export const newestEventsOf = (
  tx: Tx,
  scope: Scope,
  subject: string,
  types: readonly Event['type'][],
  limit: number,
) => tx.query<EventRow>(newest_of, [scope.workspace_id, subject, types, limit]);
