import type { CounterName, Metrics } from '../ports.ts';
import type { OnEvents } from './tail.ts';

/** Which counter an event adds to beside the one of all events, and by which of its facts. */
const counted: Partial<Record<string, { name: CounterName; labels: string[] }>> = {
  'output.submitted': { name: 'outputs', labels: ['gate', 'verdict'] },
  'case.resolved': { name: 'decisions', labels: ['gate', 'outcome'] },
  'case.corrected': { name: 'corrections', labels: ['gate', 'outcome'] },
};

/** Counts what happened from the event log rather than where it is done: nothing is counted that was
 *  not committed, a replay is counted once, and no request waits for it. Every server reads the whole
 *  log, so each counts what all of them did. */
export const countEvents =
  (metrics: Metrics): OnEvents =>
  (rows) => {
    for (const { workspace_id, type, data } of rows) {
      const scope = { workspace_id };
      metrics.count(scope, 'events', { type });
      const more = counted[type];
      if (!more) continue;
      const labels = more.labels.map((label) => [label, String(data[label] ?? '')]);
      metrics.count(scope, more.name, Object.fromEntries(labels));
    }
  };
