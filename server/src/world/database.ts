import type { Socket } from 'node:net';
import { type Instant, isRefusal, refuse, type Scope } from '@wheelhouse/core';
import pg from 'pg';
import type { Database, Log, Statement, Tx } from '../ports.ts';
import { wakeUps } from './wake-ups.ts';

export interface DatabaseOptions {
  /** A connection string of a user that owns the schema, or at least may act as wheelhouse_app. */
  url: string;
  /** Connections kept; 10 suits two cores. */
  pool?: number;
  log: Log;
  /** Rules the clock in tests; the database's own otherwise. */
  now?: () => Instant;
  /** How long a transaction may take, the wait for a connection included. */
  patience_ms?: number;
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
/** Serialisation failure, deadlock, and a row that another wrote at the same time: the engine undid
 *  everything, and another try sees what the other did. */
const retried = new Set(['40001', '40P01', '23505']);
/** Codes by which the engine says that it cannot serve now. */
const away = /^(08|53|57P|58)|^25P0[34]$|^57014$|^55P03$/;
/** A caller hears within five seconds, whatever the engine does (a stopped one answers nothing). */
const default_patience_ms = 4_500;
/** Plans are made once a connection, often while tables are still empty, and then a scan of the
 *  whole table looks cheapest: measured, a decision cost 8 ms instead of 1 after a minute's load.
 *  Every statement has an index to go by, so scans and joins that walk a table are ruled out. */
const settings = [
  'role=wheelhouse_app',
  'timezone=UTC',
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_mergejoin=off',
  'enable_bitmapscan=off',
  'jit=off',
  // Whoever gave up has gone; what they began must not go on holding rows.
  'lock_timeout=4s',
  'statement_timeout=5s',
  'idle_in_transaction_session_timeout=10s',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');
const tries = 4;
const first_plan_ms = 500;
const longest_plan_ms = 300_000;

export function openDatabase(options: DatabaseOptions): Database {
  const { url, pool: size = 10, log, now, patience_ms = default_patience_ms } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types: readers as never,
    connectionTimeoutMillis: patience_ms,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'wheelhouse',
    options: settings,
    // Statements sent together go out at once: a decision's four reads cost one round trip.
    pipeline: true,
  });
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle connection was lost'));
  // A connection given back broken may still hear from an engine that died, and a fault without a
  // listener would end the program.
  pool.on('connect', (client) => client.on('error', () => {}));
  const wakes = wakeUps(url, pool, log);
  return {
    transact: (scope, work, terms) =>
      transact(
        {
          pool,
          now,
          patience_ms: terms?.patience_ms ?? patience_ms,
          reads_first: terms?.reads_first ?? false,
        },
        scope,
        work,
      ),
    onWake: wakes.on,
    wake: wakes.wake,
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: async () => {
      await wakes.close();
      await pool.end();
    },
  };
}

interface Engine {
  pool: pg.Pool;
  now: (() => Instant) | undefined;
  patience_ms: number;
  reads_first: boolean;
}

async function transact<Result>(
  engine: Engine,
  scope: Scope,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  if (!scope_pattern.test(scope.workspace_id)) throw new Error('a transaction needs a scope');
  const until_ms = performance.now() + engine.patience_ms;
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(engine, scope, work, until_ms);
    } catch (thrown) {
      if (attempt < tries && retried.has(codeOf(thrown))) continue;
      throw translated(thrown);
    }
  }
}

async function attemptOnce<Result>(
  { pool, now, reads_first }: Engine,
  scope: Scope,
  work: (tx: Tx) => Promise<Result>,
  until_ms: number,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  // An engine that answers nothing is left: without its socket everything sent to it fails at once.
  const late = setTimeout(() => leave(client), until_ms - performance.now());
  const writes: Promise<unknown>[] = [];
  let committing = false;
  try {
    let begun: Instant | undefined;
    const beginning = begin(client, scope).then((at) => {
      begun = at;
    });
    // Heard below; a reading sent along with it may be answered first.
    beginning.catch(() => {});
    if (!reads_first) await beginning;
    const started = (): Instant => {
      if (begun === undefined) throw new Error('a transaction that reads first has not begun yet');
      return begun;
    };
    const tx: Tx = {
      scope,
      get now() {
        return now?.() ?? started();
      },
      query: async <Row>({ name, text }: Statement, values: unknown[] = []) => {
        gather(client);
        return (await client.query({ name, text, values })).rows as Row[];
      },
      // A failure is heard at the commit, which the engine then answers with a rollback.
      write: ({ name, text }, values = []) => {
        started();
        gather(client);
        const writing = client.query({ name, text, values });
        writing.catch(() => {});
        writes.push(writing);
      },
    };
    const result = await work(tx);
    await beginning;
    committing = true;
    gather(client);
    const committed = client.query('commit');
    await Promise.all([...writes, committed]);
    return result;
  } catch (thrown) {
    const cause = await firstFault(thrown, writes);
    await client.query('rollback').catch((error: Error) => {
      broken = error;
    });
    throw committing && broken ? unknownEnd(cause) : cause;
  } finally {
    clearTimeout(late);
    client.off('error', onError);
    client.release(broken);
  }
}

/** Begins a transaction under its scope. The scope is checked by its pattern before; a simple query
 *  saves a round trip a statement. @returns the transaction's one moment */
async function begin(client: pg.PoolClient, { workspace_id }: Scope): Promise<Instant> {
  gather(client);
  const begun = (await client.query(
    `${planningAnew(client)}begin; select set_config('wheelhouse.workspace', '${workspace_id}', true),
       date_trunc('milliseconds', now()) as now`,
  )) as unknown as pg.QueryResult<{ now: Instant }>[];
  return begun.at(-1)?.rows[0]?.now as Instant;
}

/** When each connection makes its plans anew. Those made while a table was small are bad ones once
 *  it has grown: measured, every decision walked all answers there were, until the engine next
 *  looked by itself. So it is soon at first, then ever more seldom. */
const planned = new WeakMap<object, { due_ms: number; wait_ms: number }>();

function planningAnew(client: pg.PoolClient): string {
  const now_ms = performance.now();
  const plan = planned.get(client);
  if (plan && plan.due_ms > now_ms) return '';
  const wait_ms = plan ? Math.min(2 * plan.wait_ms, longest_plan_ms) : first_plan_ms;
  planned.set(client, { due_ms: now_ms + wait_ms, wait_ms });
  return plan ? 'discard plans; ' : '';
}

const gathering = new WeakSet<object>();

/** What is sent in one turn of the program leaves as one packet: a system call and a wake-up of the
 *  engine for every statement cost more than most statements do. */
function gather(client: pg.PoolClient): void {
  if (gathering.has(client)) return;
  gathering.add(client);
  const { stream } = socketOf(client);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(client);
    stream.uncork();
  });
}

const socketOf = (client: pg.PoolClient) =>
  (client as unknown as { connection: { stream: Socket } }).connection;

/** Ends a connection without waiting for the engine to agree. */
function leave(client: pg.PoolClient): void {
  socketOf(client).stream.destroy();
}

/** A statement after one that failed only says that the transaction is over: the first fault says
 *  why. */
async function firstFault(thrown: unknown, writes: Promise<unknown>[]): Promise<unknown> {
  if (codeOf(thrown) !== '25P02') return thrown;
  const ends = await Promise.allSettled(writes);
  return ends.find((end) => end.status === 'rejected')?.reason ?? thrown;
}

/** The engine went away between the commit and its answer: nobody can say whether it is in. */
function unknownEnd(cause: unknown): Error {
  const detail =
    'The database did not confirm in time. It may have been saved or not: look, or send it again ' +
    'with the same Idempotency-Key.';
  const refusal = refuse('unavailable', { unknown: true }, detail);
  refusal.cause = cause;
  return refusal;
}

const codeOf = (thrown: unknown): string => String((thrown as { code?: unknown })?.code ?? '');

/** Faults of the engine's side become a refusal that says nothing was changed; bugs stay bugs. */
function translated(thrown: unknown): unknown {
  if (isRefusal(thrown)) return thrown;
  const code = codeOf(thrown);
  const message = thrown instanceof Error ? thrown.message : '';
  const network = /^E(CONN|PIPE|NOENT|TIMEDOUT)/.test(code);
  if (
    network ||
    away.test(code) ||
    /timeout exceeded|terminated|connection|not queryable/i.test(message)
  ) {
    const refusal = refuse('unavailable', {});
    refusal.cause = thrown;
    return refusal;
  }
  return thrown;
}
