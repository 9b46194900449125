import type { AuditEntry, Checkpoint, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** Everything a leaf binds, and nothing else. The time keeps its microseconds, so that not even a
 *  change below what the program writes goes unseen. */
const entry_columns = `e.workspace_id, e.seq, e.type, e.subject, e.actor, e.actor_kind, e.data,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at`;

/** A row as it was sealed: whole milliseconds are written as everywhere else. */
export const sealedForm = <Row extends AuditEntry>(row: Row): Row => ({
  ...row,
  at: `${row.at?.endsWith('000') ? row.at.slice(0, -3) : row.at}Z`,
});

export interface Progress {
  xid: string;
  seq: string;
  size: number;
  edge: string[];
}

const start_progress = statement(
  'audit.start_progress',
  `insert into audit_progress (workspace_id, xid, seq, size, edge) values ($1, '0', 0, 0, '[]')
   on conflict do nothing`,
);
const lock_progress = statement(
  'audit.lock_progress',
  `select xid::text as xid, seq::text as seq, size, edge from audit_progress
   where workspace_id = $1 for update`,
);
/** How far sealing has come, locked: of several servers one seals and the others wait. */
export async function lockProgress(tx: Tx, scope: Scope): Promise<Progress> {
  const [row] = await tx.query<Progress>(lock_progress, [scope.workspace_id]);
  if (row) return row;
  tx.write(start_progress, [scope.workspace_id]);
  return (await tx.query<Progress>(lock_progress, [scope.workspace_id]))[0] as Progress;
}

const progress = statement(
  'audit.progress',
  `select xid::text as xid, seq::text as seq, size, edge,
     (select count(*) from audit_leaves l where l.workspace_id = p.workspace_id and l.leaf >= p.size)
       as leaves_beyond
   from audit_progress p where workspace_id = $1`,
);
/** How far sealing has come, and how many leaves stand after that, of which there should be none. */
export const findProgress = async (tx: Tx, scope: Scope) =>
  (await tx.query<Progress & { leaves_beyond: number }>(progress, [scope.workspace_id]))[0];

const save_progress = statement(
  'audit.save_progress',
  `update audit_progress set xid = $2::text::xid8, seq = $3, size = $4, edge = $5
   where workspace_id = $1`,
);
export const saveProgress = (tx: Tx, scope: Scope, { xid, seq, size, edge }: Progress) =>
  tx.write(save_progress, [scope.workspace_id, xid, seq, size, JSON.stringify(edge)]);

export type UnsealedRow = AuditEntry & { xid: string };

// Only transactions that ended before every running one began, as every reader of the log: nothing
// can appear behind what is sealed.
const next_entries = statement(
  'audit.next_entries',
  `select e.xid::text as xid, ${entry_columns} from events e
   where e.workspace_id = $1 and (e.xid, e.seq) > ($2::text::xid8, $3)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq limit $4`,
);
export const nextEntries = async (tx: Tx, scope: Scope, from: Progress, limit: number) =>
  (await tx.query<UnsealedRow>(next_entries, [scope.workspace_id, from.xid, from.seq, limit])).map(
    sealedForm,
  );

const insert_leaves = statement(
  'audit.insert_leaves',
  `insert into audit_leaves (workspace_id, leaf, seq, hash)
   select $1, leaf, seq, decode(hash, 'base64')
   from unnest($2::bigint[], $3::bigint[], $4::text[]) as t (leaf, seq, hash)`,
);
export interface NewLeaf {
  leaf: number;
  seq: number;
  /** Base64. */
  hash: string;
}
export const insertLeaves = (tx: Tx, scope: Scope, leaves: NewLeaf[]) =>
  tx.write(insert_leaves, [
    scope.workspace_id,
    leaves.map(({ leaf }) => leaf),
    leaves.map(({ seq }) => seq),
    leaves.map(({ hash }) => hash),
  ]);

const horizon = statement(
  'audit.horizon',
  `select pg_snapshot_xmin(pg_current_snapshot())::text as ended_below,
     pg_snapshot_xmax(pg_current_snapshot())::text as begun_below`,
);
/** Every transaction below `ended_below` is over; none at or above `begun_below` has begun. */
export const snapshotHorizon = async (tx: Tx) =>
  (await tx.query<{ ended_below: string; begun_below: string }>(horizon))[0] as {
    ended_below: string;
    begun_below: string;
  };

const to_seal = statement(
  'audit.workspaces_to_seal',
  `select w.id from workspaces w
   left join audit_progress p on p.workspace_id = w.id
   left join lateral (select size, at from audit_checkpoints c where c.workspace_id = w.id
     order by size desc limit 1) c on true
   left join lateral (select e.xid, e.seq from events e where e.workspace_id = w.id
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1) last on true
   where (last.xid, last.seq) > (coalesce(p.xid, '0'), coalesce(p.seq, 0))
     or (p.size > coalesce(c.size, 0) and coalesce(c.at, '-infinity') <= $1)
   order by w.id limit 200`,
);
/** Workspaces with events to seal, or with sealed ones that no checkpoint younger than `before`
 *  covers. Jobs only. */
export const workspacesToSeal = async (tx: Tx, before: string): Promise<string[]> =>
  (await tx.query<{ id: string }>(to_seal, [before])).map(({ id }) => id);

const checkpoint_columns = 'size, root, note, at';
const newest = statement(
  'audit.newest_checkpoint',
  `select ${checkpoint_columns} from audit_checkpoints where workspace_id = $1
   order by size desc limit 1`,
);
export const newestCheckpoint = async (tx: Tx, scope: Scope): Promise<Checkpoint | undefined> =>
  (await tx.query<Checkpoint>(newest, [scope.workspace_id]))[0];

const insert_checkpoint = statement(
  'audit.insert_checkpoint',
  `insert into audit_checkpoints (workspace_id, ${checkpoint_columns}) values ($1, $2, $3, $4, $5)`,
);
export const insertCheckpoint = (tx: Tx, scope: Scope, { size, root, note, at }: Checkpoint) =>
  tx.write(insert_checkpoint, [scope.workspace_id, size, root, note, at]);

const checkpoints_between = statement(
  'audit.checkpoints_between',
  `select ${checkpoint_columns} from audit_checkpoints where workspace_id = $1
   and size >= $2 and size <= $3 order by size limit 10000`,
);
export const checkpointsBetween = (tx: Tx, scope: Scope, from: number, to: number) =>
  tx.query<Checkpoint>(checkpoints_between, [scope.workspace_id, from, to]);

export type SealedRow = Omit<AuditEntry, 'type'> & {
  leaf: number;
  leaf_seq: number;
  /** Base64. */
  hash: string;
  xid: string | null;
  /** null when the event is gone. */
  type: string | null;
};

const sealed_entries = statement(
  'audit.sealed_entries',
  `select l.leaf, l.seq as leaf_seq, encode(l.hash, 'base64') as hash, e.xid::text as xid,
     ${entry_columns}
   from audit_leaves l
   left join events e on e.workspace_id = l.workspace_id and e.seq = l.seq
   where l.workspace_id = $1 and l.leaf >= $2 and l.leaf < $3 order by l.leaf limit $4`,
);
/** Leaves from one place up to another, each with its event. */
export const sealedEntries = async (
  tx: Tx,
  scope: Scope,
  from: number,
  to: number,
  limit: number,
): Promise<SealedRow[]> =>
  (await tx.query<SealedRow>(sealed_entries, [scope.workspace_id, from, to, limit])).map((row) =>
    row.type === null ? row : (sealedForm(row as AuditEntry) as unknown as SealedRow),
  );

const leaf_hashes = statement(
  'audit.leaf_hashes',
  `select encode(hash, 'base64') as hash from audit_leaves
   where workspace_id = $1 and leaf >= $2 and leaf < $3 order by leaf`,
);
export const leafHashes = async (tx: Tx, scope: Scope, from: number, to: number) =>
  (await tx.query<{ hash: string }>(leaf_hashes, [scope.workspace_id, from, to])).map(
    ({ hash }) => hash,
  );

const events_beyond = statement(
  'audit.events_beyond',
  `select count(*) as count, (select coalesce(max(seq), 0) from events where workspace_id = $1) as last
   from events where workspace_id = $1 and (xid, seq) > ($2::text::xid8, $3)`,
);
/** Events after a place in commit order, and the highest number of any event. */
export const countEventsBeyond = async (tx: Tx, scope: Scope, xid: string, seq: string) =>
  (
    await tx.query<{ count: number; last: number }>(events_beyond, [scope.workspace_id, xid, seq])
  )[0] ?? { count: 0, last: 0 };

const never_sealed = statement(
  'audit.never_sealed',
  `select e.seq from events e where e.workspace_id = $1 and e.seq >= $2 and e.seq < $3
     and (e.xid, e.seq) <= ($4::text::xid8, $5)
     and not exists (select from audit_leaves l where l.workspace_id = $1 and l.seq = e.seq)
   order by e.seq limit 100`,
);
/** Events that stand before what is sealed, yet have no leaf: put in afterwards.
 *  @param from lowest event number looked at; `to` is the first one that is not */
export const neverSealed = async (
  tx: Tx,
  scope: Scope,
  from: number,
  to: number,
  progress: Progress,
): Promise<number[]> =>
  (
    await tx.query<{ seq: number }>(never_sealed, [
      scope.workspace_id,
      from,
      to,
      progress.xid,
      progress.seq,
    ])
  ).map(({ seq }) => seq);
