import type { GateDefinition, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface GateRow {
  name: string;
  title: string;
  description: string | null;
  queue: string;
  policy_version: number;
  created_at: string;
  updated_at: string;
  updated_by: string;
}
export interface VersionRow {
  gate: string;
  version: number;
  definition: GateDefinition;
  created_at: string;
  created_by: string;
}

const columns =
  'name, title, description, queue, policy_version, created_at, updated_at, updated_by';
const by_names = statement(
  'gates.by_names',
  `select ${columns} from gates where workspace_id = $1 and name = any($2::text[]) order by name`,
);
export const gatesByName = (tx: Tx, scope: Scope, names: string[]) =>
  tx.query<GateRow>(by_names, [scope.workspace_id, names]);

const list = statement(
  'gates.list',
  `select ${columns} from gates where workspace_id = $1 order by title, name limit 1000`,
);
export const listGates = (tx: Tx, scope: Scope) => tx.query<GateRow>(list, [scope.workspace_id]);

const lock = statement(
  'gates.lock',
  `select ${columns} from gates where workspace_id = $1 and name = $2 for update`,
);
export const lockGate = async (tx: Tx, scope: Scope, name: string) =>
  (await tx.query<GateRow>(lock, [scope.workspace_id, name]))[0];

const queue_up = statement(
  'gates.queue_up',
  'select pg_advisory_xact_lock(hashtextextended($1 || chr(10) || $2, 7))',
);
/** Waits for whoever is making a gate of this name: there is no row to lock yet. */
export const lockGateName = (tx: Tx, scope: Scope, name: string) =>
  tx.write(queue_up, [scope.workspace_id, name]);

const insert = statement(
  'gates.insert',
  `insert into gates (workspace_id, name, title, description, queue, policy_version, created_at,
     updated_at, updated_by) values ($1, $2, $3, $4, $5, 1, $6, $6, $7)
   returning ${columns}`,
);
const update = statement(
  'gates.update',
  `update gates set title = $3, description = $4, queue = $5, policy_version = policy_version + 1,
     updated_at = $6, updated_by = $7 where workspace_id = $1 and name = $2 returning ${columns}`,
);
/** Needs the name, or the row, locked. */
export async function saveGate(
  tx: Tx,
  scope: Scope,
  gate: Pick<GateRow, 'name' | 'title' | 'description' | 'queue' | 'updated_by'>,
  exists: boolean,
): Promise<GateRow> {
  const { name, title, description, queue, updated_by } = gate;
  const values = [scope.workspace_id, name, title, description, queue, tx.now, updated_by];
  return (await tx.query<GateRow>(exists ? update : insert, values))[0] as GateRow;
}

const insert_version = statement(
  'gates.insert_version',
  `insert into policy_versions (workspace_id, gate, version, definition, created_at, created_by)
   values ($1, $2, $3, $4, $5, $6)`,
);
export const insertVersion = (
  tx: Tx,
  scope: Scope,
  row: Pick<VersionRow, 'gate' | 'version' | 'definition' | 'created_by'>,
) =>
  tx.query(insert_version, [
    scope.workspace_id,
    row.gate,
    row.version,
    JSON.stringify(row.definition),
    tx.now,
    row.created_by,
  ]);

const version_columns = 'gate, version, definition, created_at, created_by';
const version_pairs = statement(
  'gates.versions_of',
  `select ${version_columns} from policy_versions where workspace_id = $1
   and (gate, version) in (select * from unnest($2::text[], $3::int[])) order by gate, version`,
);
export const versionsOf = (tx: Tx, scope: Scope, pairs: { gate: string; version: number }[]) =>
  tx.query<VersionRow>(version_pairs, [
    scope.workspace_id,
    pairs.map(({ gate }) => gate),
    pairs.map(({ version }) => version),
  ]);

const versions = statement(
  'gates.versions',
  `select ${version_columns} from policy_versions where workspace_id = $1 and gate = $2
   order by version desc limit 200`,
);
export const listVersions = (tx: Tx, scope: Scope, gate: string) =>
  tx.query<VersionRow>(versions, [scope.workspace_id, gate]);
