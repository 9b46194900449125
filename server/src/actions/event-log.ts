import { every_workspace, type Principal, parseCursor } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  type EventRow,
  eventsAfter,
  eventsOfWorkspaceAfter,
  headOfEvents,
  nextTransaction,
} from '../store/events.ts';

export { type EventRow, toldEvent } from '../store/events.ts';

/** Where a reader of the log stands: everything up to here was seen. */
export interface Place {
  xid: string;
  seq: string;
}

/** The last place that may be read from now, over all workspaces. */
export const lastPlace = (ports: Ports): Promise<Place> =>
  ports.database.transact(every_workspace, headOfEvents);

/** What every workspace's log holds after a place, in commit order; and whether there is more that may
 *  not be read yet. */
export const readLog = (ports: Ports, { xid, seq }: Place, limit: number) =>
  ports.database.transact(every_workspace, (tx) => eventsAfter(tx, xid, seq, limit));

/** The same of the caller's own workspace. */
export const readOwnLog = (
  ports: Ports,
  by: Principal,
  { xid, seq }: Place,
  limit: number,
): Promise<EventRow[]> =>
  ports.database.transact(by, (tx) => eventsOfWorkspaceAfter(tx, by, xid, seq, limit));

/** The place of a cursor, unless it lies in a future that this database never had, as after the
 *  return to an older backup. */
export async function knownPlace(
  ports: Ports,
  by: Principal,
  from: string,
): Promise<Place | undefined> {
  const cursor = parseCursor(from);
  if (!cursor) return undefined;
  const next = await ports.database.transact(by, nextTransaction);
  return BigInt(cursor.xid) < BigInt(next) ? cursor : undefined;
}
