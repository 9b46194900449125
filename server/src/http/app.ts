import type { Principal } from '@wheelhouse/core';
import { answerCases } from '../actions/answer.ts';
import { batched } from '../actions/batch.ts';
import { claimOutcomes } from '../actions/claim-outcome.ts';
import { rulingsCache } from '../actions/definition.ts';
import { type Submission, submitOutputs } from '../actions/output.ts';
import type { Config } from '../config.ts';
import type { Ports } from '../ports.ts';
import { eventTail } from '../realtime/tail.ts';
import { outcomeWaiting } from '../realtime/waiting.ts';

/** One running server's parts: the ports, what is kept in memory, and the batched hot paths. */
export function createApp(ports: Ports, config: Config) {
  const rulings = rulingsCache();
  const tail = eventTail(ports);
  const submitMany = submitOutputs(ports, rulings);
  return {
    ports,
    config,
    rulings,
    tail,
    waiting: outcomeWaiting(ports, tail),
    submit: batched(submitMany, ports.clock),
    submitMany: (by: Principal, items: Submission[]) => submitMany(by, items),
    answer: batched(answerCases(ports, rulings), ports.clock),
    claimOutcome: batched(claimOutcomes(ports), ports.clock),
    async close() {
      await tail.close();
      await ports.database.close();
    },
  };
}
export type App = ReturnType<typeof createApp>;
