import { type Instant, isRefusal, refuse, type Scope } from '@wheelhouse/core';
import pg from 'pg';
import type { Database, Log, Statement, Tx } from '../ports.ts';

export interface DatabaseOptions {
  /** A connection string of a user that owns the schema, or at least may act as wheelhouse_app. */
  url: string;
  /** Connections kept; 10 suits two cores. */
  pool?: number;
  log: Log;
  /** Rules the clock in tests; the database's own otherwise. */
  now?: () => Instant;
}

/** Text of a moment as the engine writes it in UTC → the instant of core/time.ts. */
const toInstant = (text: string): Instant => {
  const plain = text.length >= 19 && text.endsWith('+00');
  if (!plain) return new Date(text).toISOString();
  const fraction = text.slice(20, -3).slice(0, 3).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
};
const parsers = new Map<number, (text: string) => unknown>([
  [1184, toInstant],
  [20, Number],
]);
const readers = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    parsers.get(type) ?? pg.types.getTypeParser(type, format as 'text'),
};

const scope_pattern = /^(ws_[0-9a-z]{26}|\*)$/;
/** Serialisation failure and deadlock: the engine undid everything and asks for another try. */
const retried = new Set(['40001', '40P01']);
/** Codes by which the engine says that it cannot serve now. */
const away = /^(08|53|57P|58)|^25P0[34]$|^57014$/;
/** Plans are made once a connection, often while tables are still empty, and then a scan of the
 *  whole table looks cheapest: measured, a decision cost 8 ms instead of 1 after a minute's load.
 *  Every statement has an index to go by, so scans and joins that walk a table are ruled out. */
const settings = [
  'role=wheelhouse_app',
  'timezone=UTC',
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_mergejoin=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');
const tries = 4;
/** Other servers hear of events within this time; this one at once. */
const notice_every_ms = 20;

export function openDatabase({ url, pool: size = 10, log, now }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types: readers as never,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'wheelhouse',
    options: settings,
    // Statements sent together go out at once: a decision's four reads cost one round trip.
    pipeline: true,
  });
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle connection was lost'));
  const wakes = wakeUps(url, pool, log);
  return {
    transact: (scope, work) => transact(pool, scope, work, now),
    onWake: wakes.on,
    wake: wakes.wake,
    close: async () => {
      await wakes.close();
      await pool.end();
    },
  };
}

async function transact<Result>(
  pool: pg.Pool,
  scope: Scope,
  work: (tx: Tx) => Promise<Result>,
  now?: () => Instant,
): Promise<Result> {
  if (!scope_pattern.test(scope.workspace_id)) throw new Error('a transaction needs a scope');
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(pool, scope, work, now);
    } catch (thrown) {
      if (attempt < tries && retried.has(codeOf(thrown))) continue;
      throw translated(thrown);
    }
  }
}

async function attemptOnce<Result>(
  pool: pg.Pool,
  scope: Scope,
  work: (tx: Tx) => Promise<Result>,
  now?: () => Instant,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  const writes: Promise<unknown>[] = [];
  try {
    // The scope is checked by its pattern above; a simple query saves a round trip a statement.
    const [, begun] = (await client.query(
      `begin; select set_config('wheelhouse.workspace', '${scope.workspace_id}', true),
       date_trunc('milliseconds', now()) as now`,
    )) as unknown as pg.QueryResult<{ now: Instant }>[];
    const tx: Tx = {
      scope,
      now: now?.() ?? (begun?.rows[0]?.now as Instant),
      query: async <Row>({ name, text }: Statement, values: unknown[] = []) =>
        (await client.query({ name, text, values })).rows as Row[],
      // A failure is heard at the commit, which the engine then answers with a rollback.
      write: ({ name, text }, values = []) => {
        const writing = client.query({ name, text, values });
        writing.catch(() => {});
        writes.push(writing);
      },
    };
    const result = await work(tx);
    const committed = client.query('commit');
    await Promise.all([...writes, committed]);
    return result;
  } catch (thrown) {
    await client.query('rollback').catch((error: Error) => {
      broken = error;
    });
    throw thrown;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

const codeOf = (thrown: unknown): string => String((thrown as { code?: unknown })?.code ?? '');

/** Faults of the engine's side become a refusal that says nothing was changed; bugs stay bugs. */
function translated(thrown: unknown): unknown {
  if (isRefusal(thrown)) return thrown;
  const code = codeOf(thrown);
  const message = thrown instanceof Error ? thrown.message : '';
  const network = /^E(CONN|PIPE|NOENT|TIMEDOUT)/.test(code);
  if (network || away.test(code) || /timeout exceeded|terminated|Connection/.test(message)) {
    const refusal = refuse('unavailable', {});
    refusal.cause = thrown;
    return refusal;
  }
  return thrown;
}

/** One listening connection, and notices that are gathered: NOTIFY takes a lock over the whole
 *  database at commit, so it is sent beside the writes and at most fifty times a second. */
function wakeUps(url: string, pool: pg.Pool, log: Log) {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let client: pg.Client | undefined;
  let closed = false;
  let pending: NodeJS.Timeout | undefined;
  const listen = async () => {
    if (closed) return;
    const fresh = new pg.Client({ connectionString: url, application_name: 'wheelhouse listen' });
    fresh.on('error', () => {});
    fresh.on('end', () => {
      if (client === fresh) client = undefined;
      if (!closed) setTimeout(() => void listen(), 1_000).unref();
    });
    fresh.on('notification', tell);
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
      pending ??= setTimeout(() => {
        pending = undefined;
        if (closed) return;
        pool.query("select pg_notify('wheelhouse', '')").catch(() => {});
      }, notice_every_ms);
    },
    close: async () => {
      closed = true;
      clearTimeout(pending);
      await client?.end().catch(() => {});
    },
  };
}
