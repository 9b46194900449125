import {
  type CannedReply,
  type CannedReplyDefinition,
  invalid,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  countCannedReplies,
  listCannedReplies,
  removeCannedReply,
  saveCannedReply,
} from '../store/canned-replies.ts';
import { appendEvents } from '../store/events.ts';

/** All of them stand in one list, so there are no more than it holds. */
const most = 500;

export const readCannedReplies = (ports: Ports, by: Principal): Promise<CannedReply[]> =>
  ports.database.transact(by, (tx) => listCannedReplies(tx, by));

/** Makes or changes a canned reply. @throws Refusal invalid when there are too many */
export async function changeCannedReply(
  ports: Ports,
  by: Principal,
  name: string,
  { title = name, text }: CannedReplyDefinition,
): Promise<CannedReply> {
  const saved = await ports.database.transact(by, async (tx) => {
    if ((await countCannedReplies(tx, by, name)) >= most) {
      throw invalid({ field: 'name', message: `is one more than the ${most} there may be` });
    }
    const made = await saveCannedReply(tx, by, { name, title, text, by: by.id });
    appendEvents(tx, by, by, [{ type: 'canned_reply.changed', subject: name, data: {} }]);
    return made;
  });
  ports.database.wake();
  return saved;
}

/** @throws Refusal not_found */
export async function dropCannedReply(ports: Ports, by: Principal, name: string): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    if (!(await removeCannedReply(tx, by, name))) throw refuse('not_found', { name });
    appendEvents(tx, by, by, [{ type: 'canned_reply.removed', subject: name, data: {} }]);
  });
  ports.database.wake();
}
