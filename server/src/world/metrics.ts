import type { Scope } from '@wheelhouse/core';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CounterName, Metrics } from '../ports.ts';

const counters: Record<CounterName, { help: string; labels: string[] }> = {
  events: { help: 'Everything that happened, by type.', labels: ['type'] },
  outputs: { help: 'Outputs judged, by gate and verdict.', labels: ['gate', 'verdict'] },
  decisions: { help: 'Cases resolved, by gate and outcome.', labels: ['gate', 'outcome'] },
  corrections: {
    help: 'Decisions corrected after their effect had left, by gate and new outcome.',
    labels: ['gate', 'outcome'],
  },
};
const buckets_s = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** Each workspace has a registry of its own, so that no mistake in a label shows one to another. */
function workspaceFigures(workspace_id: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ workspace: workspace_id });
  const registers = [registry];
  const named = Object.entries(counters).map(([name, { help, labels }]) => [
    name,
    new Counter({ name: `wheelhouse_${name}_total`, help, labelNames: labels, registers }),
  ]);
  return {
    registry,
    counters: Object.fromEntries(named) as Record<CounterName, Counter>,
    acts: new Histogram({
      name: 'wheelhouse_request_seconds',
      help: 'How long writes took, by action and class of status.',
      labelNames: ['action', 'status'],
      buckets: buckets_s,
      registers,
    }),
  };
}

let of_process: Registry | undefined;
/** Memory, processor and event loop; the same however many servers a process runs. */
function processFigures(): Registry {
  if (of_process) return of_process;
  of_process = new Registry();
  collectDefaultMetrics({ register: of_process });
  return of_process;
}

/** Figures by prom-client, as docs/decisions/0006 weighed it. */
export function openMetrics(): Metrics {
  const workspaces = new Map<string, ReturnType<typeof workspaceFigures>>();
  const figuresOf = ({ workspace_id }: Scope) => {
    const known = workspaces.get(workspace_id);
    if (known) return known;
    const made = workspaceFigures(workspace_id);
    workspaces.set(workspace_id, made);
    return made;
  };
  const own = new Registry();
  const turns = new Counter({
    name: 'wheelhouse_job_turns_total',
    help: 'Turns of background jobs, by what came of them.',
    labelNames: ['job', 'result'],
    registers: [own],
  });
  return {
    count: (scope, name, labels) => figuresOf(scope).counters[name].inc(labels),
    time: (scope, action, status, ms) =>
      figuresOf(scope).acts.observe({ action, status: `${(status / 100) | 0}xx` }, ms / 1_000),
    turn: (job, result) => turns.inc({ job, result }),
    async text(scope, gauges) {
      const now = new Registry();
      for (const { name, help, rows } of gauges) {
        const labelNames = Object.keys(rows[0]?.labels ?? {});
        const gauge = new Gauge({ name, help, labelNames, registers: [now] });
        for (const { labels, value } of rows) gauge.set(labels, value);
      }
      const all = [figuresOf(scope).registry, now, own, processFigures()];
      return (await Promise.all(all.map((registry) => registry.metrics()))).join('\n');
    },
  };
}
