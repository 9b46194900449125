import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface WorkspaceRow {
  id: string;
  name: string;
}

const list = statement('workspaces.list', 'select id, name from workspaces order by id limit 1000');
export const listWorkspaces = (tx: Tx) => tx.query<WorkspaceRow>(list);

const find = statement('workspaces.find', 'select id, name from workspaces where id = $1');
export const findWorkspace = async (tx: Tx, id: string) =>
  (await tx.query<WorkspaceRow>(find, [id]))[0];

const insert = statement(
  'workspaces.insert',
  `insert into workspaces (id, name, checkpoint_private_key, checkpoint_public_key, created_at)
   values ($1, $2, $3, $4, $5)`,
);
export const insertWorkspace = (
  tx: Tx,
  row: WorkspaceRow,
  private_key: string,
  public_key: string,
) => tx.query(insert, [row.id, row.name, private_key, public_key, tx.now]);

const keys = statement(
  'workspaces.checkpoint_keys',
  'select name, checkpoint_private_key, checkpoint_public_key from workspaces where id = $1',
);
export const checkpointKeys = async (tx: Tx, id: string) =>
  (
    await tx.query<{ name: string; checkpoint_private_key: string; checkpoint_public_key: string }>(
      keys,
      [id],
    )
  )[0];
