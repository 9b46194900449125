import { every_workspace, invalid, systemOf } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import { ensureQueue } from '../store/queues.ts';
import { insertWorkspace, listWorkspaces } from '../store/workspaces.ts';
import { keyPairFrom } from './signature.ts';

/** Makes a workspace with its default queue and the key pair that signs its audit checkpoints. */
export function createWorkspace(ports: Ports, name: string): Promise<string> {
  const { private_key, public_key } = keyPairFrom(ports.chance.bytes(32));
  return ports.database.transact(every_workspace, async (tx) => {
    const id = ports.makeId('workspace', tx.now);
    const system = systemOf(id);
    await insertWorkspace(tx, { id, name }, private_key, public_key);
    await ensureQueue(tx, system, 'default');
    appendEvents(tx, system, system, [
      { type: 'workspace.created', subject: id, data: { public_key } },
    ]);
    return id;
  });
}

/** The workspaces of this server, oldest first. */
export const readWorkspaces = (ports: Ports) =>
  ports.database.transact(every_workspace, listWorkspaces);

/** The workspace that a widget means which names none: the only one there is.
 *  @throws Refusal invalid, when there are several */
export async function onlyWorkspace(ports: Ports): Promise<string> {
  const [first, second] = await readWorkspaces(ports);
  if (first && !second) return first.id;
  const message = 'there are several workspaces here; say which one';
  throw invalid({ field: 'workspace_id', message });
}
