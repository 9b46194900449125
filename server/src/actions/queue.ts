import type { Principal, Queue, QueueDefinition } from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import { listQueues, saveQueue } from '../store/queues.ts';

export const readQueues = (ports: Ports, by: Principal): Promise<Queue[]> =>
  ports.database.transact(by, (tx) => listQueues(tx, by));

export async function changeQueue(
  ports: Ports,
  by: Principal,
  name: string,
  body: z.infer<typeof QueueDefinition>,
): Promise<Queue> {
  const queue = await ports.database.transact(by, async (tx) => {
    await saveQueue(tx, by, name, body.title ?? null, body.description ?? null);
    appendEvents(tx, by, { id: by.id, kind: by.kind }, [
      { type: 'queue.changed', subject: name, data: { queue: name } },
    ]);
    return (await listQueues(tx, by)).find((row) => row.name === name);
  });
  if (!queue) throw new Error('a queue was not written');
  ports.database.wake();
  return queue;
}
