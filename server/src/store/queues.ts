import type { Queue, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const list = statement(
  'queues.list',
  `select q.name, q.title, q.description, q.created_at,
     (select count(*)::int from (select 1 from cases c where c.workspace_id = $1
        and c.queue = q.name and c.state = 'waiting' limit 100000) counted) as waiting,
     (select count(*)::int from leases l join cases c on c.workspace_id = l.workspace_id
        and c.id = l.case_id where l.workspace_id = $1 and c.queue = q.name and l.expires_at > $2) as held,
     (select created_at from cases c where c.workspace_id = $1 and c.queue = q.name
        and c.state = 'waiting' order by c.created_at, c.id limit 1) as oldest_at
   from queues q where q.workspace_id = $1 order by q.title, q.name limit 500`,
);
export const listQueues = (tx: Tx, scope: Scope) =>
  tx.query<Queue>(list, [scope.workspace_id, tx.now]);

const save = statement(
  'queues.save',
  `insert into queues (workspace_id, name, title, description, created_at)
   values ($1, $2, coalesce($3, $2), $4, $5)
   on conflict (workspace_id, name) do update
     set title = coalesce($3, queues.title), description = coalesce($4, queues.description)`,
);
export const saveQueue = (
  tx: Tx,
  scope: Scope,
  name: string,
  title: string | null,
  description: string | null,
) => tx.query(save, [scope.workspace_id, name, title, description, tx.now]);

const ensure = statement(
  'queues.ensure',
  `insert into queues (workspace_id, name, title, created_at) values ($1, $2, $3, $4)
   on conflict do nothing returning name`,
);
/** Makes a queue that a gate or case names first. @returns whether it is new */
export const ensureQueue = async (tx: Tx, scope: Scope, name: string) => {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]/g, ' ');
  return (await tx.query(ensure, [scope.workspace_id, name, title, tx.now])).length === 1;
};

const exists = statement(
  'queues.exists',
  'select name from queues where workspace_id = $1 and name = $2',
);
export const queueExists = async (tx: Tx, scope: Scope, name: string) =>
  (await tx.query(exists, [scope.workspace_id, name])).length === 1;
