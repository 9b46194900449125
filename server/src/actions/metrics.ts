import { elapsed, type Instant, type Scope } from '@wheelhouse/core';
import type { Gauge, Ports } from '../ports.ts';
import {
  figuresNow,
  type NowFigures,
  type QueueFigures,
  waitingByQueue,
} from '../store/metrics.ts';

/** However often monitors ask, the database is asked so seldom. */
const fresh_for_ms = 5_000;

interface Found {
  queues: QueueFigures[];
  now: NowFigures | undefined;
  at: Instant;
}

/** Reads what waits now in one workspace, at most every five seconds, and how the server itself does.
 *  @param lag how far the event log is followed, in milliseconds */
export function gaugeReader(ports: Ports, lag: () => { lag_ms: number; read_ms_ago: number }) {
  const kept = new Map<string, { until_ms: number; found: Promise<Found> }>();
  const read = (scope: Scope): Promise<Found> =>
    ports.database.transact(scope, async (tx) => {
      const [queues, now] = await Promise.all([waitingByQueue(tx, scope), figuresNow(tx, scope)]);
      return { queues, now, at: tx.now };
    });
  return async ({ workspace_id }: Scope): Promise<Gauge[]> => {
    const ticks_ms = ports.clock.ticks_ms();
    let one = kept.get(workspace_id);
    if (!one || one.until_ms <= ticks_ms) {
      one = { until_ms: ticks_ms + fresh_for_ms, found: read({ workspace_id }) };
      kept.set(workspace_id, one);
      // What failed is not kept: the next who asks tries again.
      one.found.catch(() => kept.delete(workspace_id));
    }
    const own = workspaceGauges(await one.found).map((gauge) => labelled(gauge, workspace_id));
    return [...own, ...serverGauges(ports, lag())];
  };
}

/** A server that serves several workspaces is asked with several keys: their figures stay apart. */
const labelled = ({ rows, ...gauge }: Gauge, workspace: string): Gauge => ({
  ...gauge,
  rows: rows.map(({ labels, value }) => ({ labels: { ...labels, workspace }, value })),
});

const single = (name: string, help: string, value: number): Gauge => ({
  name,
  help,
  rows: [{ labels: {}, value }],
});
const seconds = (ms: number): number => Math.max(0, ms) / 1_000;

function workspaceGauges({ queues, now, at }: Found): Gauge[] {
  const age_s = (oldest_at: string | null) => (oldest_at ? seconds(elapsed(oldest_at, at)) : 0);
  const byQueue = (value: (row: QueueFigures) => number) =>
    queues.map((row) => ({ labels: { queue: row.queue }, value: value(row) }));
  return [
    {
      name: 'wheelhouse_cases_waiting',
      help: 'Cases that wait for a person, by queue; 10000 stands for as many or more.',
      rows: byQueue(({ waiting }) => waiting),
    },
    {
      name: 'wheelhouse_queue_oldest_seconds',
      help: 'Age of the oldest waiting case of a queue; 0 when nothing waits.',
      rows: byQueue(({ oldest_at }) => age_s(oldest_at)),
    },
    single(
      'wheelhouse_oldest_waiting_seconds',
      'Age of the oldest case that waits anywhere; 0 when nothing waits.',
      age_s(now?.oldest_at ?? null),
    ),
    single('wheelhouse_cases_held', 'Cases that people hold now.', now?.held ?? 0),
    {
      name: 'wheelhouse_deliveries',
      help: 'Webhook deliveries on their way, and those given up.',
      rows: [
        { labels: { state: 'waiting' }, value: now?.deliveries_waiting ?? 0 },
        { labels: { state: 'dead' }, value: now?.deliveries_dead ?? 0 },
      ],
    },
  ];
}

function serverGauges(
  ports: Ports,
  { lag_ms, read_ms_ago }: { lag_ms: number; read_ms_ago: number },
): Gauge[] {
  const { open, idle, waiting } = ports.database.connections();
  return [
    single(
      'wheelhouse_event_lag_seconds',
      'How old the newest events were when this server last read some.',
      seconds(lag_ms),
    ),
    single(
      'wheelhouse_event_log_read_seconds',
      'How long ago this server last looked into the event log.',
      seconds(read_ms_ago),
    ),
    {
      name: 'wheelhouse_database_connections',
      help: 'Connections of this server to its database.',
      rows: [
        { labels: { state: 'busy' }, value: open - idle },
        { labels: { state: 'idle' }, value: idle },
      ],
    },
    single(
      'wheelhouse_database_waiting',
      'Transactions of this server that wait for a connection.',
      waiting,
    ),
    ...(ports.language_model
      ? [
          single(
            'wheelhouse_model_resting',
            'Whether the language model did not answer and is not waited for now.',
            Number(ports.language_model.resting()),
          ),
        ]
      : []),
  ];
}
