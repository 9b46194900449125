import type { Event } from '@wheelhouse/core';

/** What somebody was alerted of last in this browser, whichever tab did it. */
interface Alerted {
  cursor: string | null;
  at: string;
  /** Promises of which it was said that they are nearly broken. */
  near: string[];
}
const most_near = 50;
/** An event that is so much younger than the last one counts, whatever its cursor: the server’s
 *  database was brought back from a copy. */
const other_world_ms = 60_000;

/** Remembers, over tabs and reloads, what was alerted, so that the tab that comes next says nothing
 *  twice. Of several tabs one alone may use it at a time. */
export function alertedIn(storage: Pick<Storage, 'getItem' | 'setItem'>, me_id: string) {
  const name = `wheelhouse.alerted.${me_id}`;
  const read = (): Alerted => {
    try {
      const kept = JSON.parse(storage.getItem(name) ?? 'null') as Alerted | null;
      if (kept && Array.isArray(kept.near)) return kept;
    } catch {
      // What cannot be read was never said.
    }
    return { cursor: null, at: '', near: [] };
  };
  const write = (next: Alerted) => {
    try {
      storage.setItem(name, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing may say it again.
    }
  };
  return {
    /** @returns whether this event is a new one; it is not when it is asked again */
    isNew({ cursor, at }: Pick<Event, 'cursor' | 'at'>): boolean {
      const known = read();
      const younger = Date.parse(at) - Date.parse(known.at) > other_world_ms;
      if (known.cursor && !younger && !isAfter(cursor, known.cursor)) return false;
      write({ ...known, cursor, at });
      return true;
    },
    /** The same for a promise that is nearly broken. */
    isNewlyNear(id: string, due_at: string): boolean {
      const known = read();
      const promise = `${id} ${due_at}`;
      if (known.near.includes(promise)) return false;
      write({ ...known, near: [...known.near, promise].slice(-most_near) });
      return true;
    },
  };
}

function isAfter(one: string, other: string): boolean {
  const [xid = '', seq = ''] = one.split('-');
  const [last_xid = '', last_seq = ''] = other.split('-');
  if (xid !== last_xid) return BigInt(xid) > BigInt(last_xid);
  return BigInt(seq) > BigInt(last_seq);
}
