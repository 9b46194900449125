import { elapsed } from '@wheelhouse/core';
import { type EventRow, lastPlace, type Place, readLog } from '../actions/event-log.ts';
import type { Ports } from '../ports.ts';

const poll_ms = 1_000;
const page_size = 2_000;
/** Looks after one that found more behind an older transaction: it hides for a moment, and under load
 *  one read takes what many writes left. */
const second_looks_ms = [8, 40];

export type OnEvents = (rows: EventRow[]) => void;

/** Follows the event log in commit order and tells this process. A notice only wakes it; it looks
 *  every second anyway, so a lost notice costs a second and never an event. */
export function eventTail(ports: Ports) {
  const listeners = new Set<OnEvents>();
  const closing = new AbortController();
  let cursor: Place | undefined;
  let woken = false;
  let read_at = ports.clock.now();
  let lag_ms = 0;
  let sleeper = new AbortController();

  const wake = () => {
    woken = true;
    sleeper.abort();
  };

  const readOnce = async (): Promise<{ read: number; hidden: boolean }> => {
    if (!cursor) {
      cursor = await lastPlace(ports);
      return { read: 0, hidden: false };
    }
    const { rows, hidden } = await readLog(ports, cursor, page_size);
    const last = rows.at(-1);
    read_at = ports.clock.now();
    if (last) {
      lag_ms = Math.max(0, elapsed(last.at, read_at));
      cursor = { xid: last.xid, seq: String(last.seq) };
      for (const listener of listeners) listener(rows);
    }
    return { read: rows.length, hidden };
  };

  const run = async () => {
    let looks = 0;
    while (!closing.signal.aborted) {
      woken = false;
      sleeper = new AbortController();
      try {
        const { read, hidden } = await readOnce();
        looks = hidden ? looks + 1 : 0;
        if (read === page_size) continue;
      } catch (error) {
        if (closing.signal.aborted) break;
        looks = 0;
        ports.log.warn({ error: String(error) }, 'the event log could not be read; trying again');
      }
      if (looks) await ports.clock.pause(second_looks_ms[looks - 1] ?? 40, closing.signal);
      else if (!woken) await ports.clock.pause(poll_ms, sleeper.signal);
    }
  };

  const stopWaking = ports.database.onWake(wake);
  let running: Promise<void> | undefined;
  return {
    /** Starts following from now on; resolves when the place to follow from is known. */
    async start() {
      await readOnce();
      running = run();
    },
    /** How old the newest events were when they were read, and how long ago it was last looked. */
    lag: () => ({ lag_ms, read_ms_ago: elapsed(read_at, ports.clock.now()) }),
    /** The last place read, for a stream that starts here. */
    place: () => cursor ?? { xid: '0', seq: '0' },
    on(listener: OnEvents) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async close() {
      closing.abort();
      sleeper.abort();
      stopWaking();
      await running;
    },
  };
}
export type EventTail = ReturnType<typeof eventTail>;
