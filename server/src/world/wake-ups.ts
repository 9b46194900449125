import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../ports.ts';

/** Other servers hear of events within this time; this one at once. */
const notice_every_ms = 20;
/** A notice that finds no engine in this time is dropped: whoever waits for it looks anyway. */
const patience_ms = 4_500;

/** One listening connection, and notices that are gathered: NOTIFY takes a lock over the whole
 *  database at commit, so it is sent beside the writes and at most fifty times a second. */
export function wakeUps(url: string, pool: pg.Pool, log: Log) {
  const listeners = new Set<() => void>();
  // Whoever says a notice has told its own already, at once.
  const own = randomUUID();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let client: pg.Client | undefined;
  let closed = false;
  let unsaid = false;
  let saying = false;
  // One notice at a time: an engine that is slow or away must not be asked again and again.
  const say = async () => {
    saying = true;
    while (unsaid && !closed) {
      await pause(notice_every_ms);
      unsaid = false;
      const text = `select pg_notify('wheelhouse', '${own}')`;
      await pool.query({ text, query_timeout: patience_ms } as pg.QueryConfig).catch(() => {});
    }
    saying = false;
  };
  const listen = async () => {
    if (closed) return;
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'wheelhouse listen',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    fresh.on('error', () => {});
    fresh.on('end', () => {
      if (client === fresh) client = undefined;
      if (!closed) setTimeout(() => void listen(), 1_000).unref();
    });
    fresh.on('notification', ({ payload }) => {
      if (payload !== own) tell();
    });
    try {
      await fresh.connect();
      await fresh.query('listen wheelhouse');
      client = fresh;
    } catch (error) {
      log.warn({ error: String(error) }, 'cannot listen for other servers; polling goes on');
      await fresh.end().catch(() => {});
    }
  };
  void listen();
  return {
    on: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: () => {
      tell();
      unsaid = true;
      if (!saying && !closed) void say();
    },
    close: async () => {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
}
