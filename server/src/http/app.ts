import type { Principal } from '@wheelhouse/core';
import { answerCases } from '../actions/answer.ts';
import { batched } from '../actions/batch.ts';
import { claimOutcomes } from '../actions/claim-outcome.ts';
import { rulingsCache } from '../actions/definition.ts';
import { gaugeReader } from '../actions/metrics.ts';
import { type Submission, submitOutputs } from '../actions/output.ts';
import type { Config } from '../config.ts';
import type { Metrics, Ports } from '../ports.ts';
import { countEvents } from '../realtime/figures.ts';
import { lookingWatch } from '../realtime/looking.ts';
import { eventTail } from '../realtime/tail.ts';
import { outcomeWaiting } from '../realtime/waiting.ts';

/** One running server's parts: the ports, what is kept in memory, and the batched hot paths. */
export function createApp(ports: Ports, config: Config, metrics?: Metrics) {
  const rulings = rulingsCache();
  const tail = eventTail(ports);
  if (metrics) tail.on(countEvents(metrics));
  const looking = lookingWatch(ports);
  const submitMany = submitOutputs(ports, rulings);
  return {
    ports,
    config,
    rulings,
    tail,
    looking,
    metrics,
    gauges: gaugeReader(ports, tail.lag),
    waiting: outcomeWaiting(ports, tail),
    submit: batched(submitMany, ports.clock),
    submitMany: (by: Principal, items: Submission[]) => submitMany(by, items),
    answer: batched(answerCases(ports, rulings), ports.clock),
    claimOutcome: batched(claimOutcomes(ports), ports.clock),
    async close() {
      looking.close();
      await tail.close();
      await ports.database.close();
    },
  };
}
export type App = ReturnType<typeof createApp>;
