import type { IncomingMessage } from 'node:http';
import type { Output, Principal } from '@wheelhouse/core';
import { readOutput } from '../actions/read-output.ts';
import type { Ports } from '../ports.ts';
import type { EventTail } from './tail.ts';

/** Requests that wait for an output to be decided. A wait is nothing but a read that is answered
 *  later: the row is the truth, so a wait survives any restart by being asked again (rule O5). */
export function outcomeWaiting(ports: Ports, tail: EventTail) {
  const waiting = new Map<string, Set<() => void>>();
  tail.on((rows) => {
    for (const { type, workspace_id, subject } of rows) {
      if (type !== 'output.decided') continue;
      for (const wake of waiting.get(`${workspace_id} ${subject}`) ?? []) wake();
    }
  });
  return {
    /** The output, decided or as it is when `wait_ms` is over or the caller has gone. */
    async forOutput(
      by: Principal,
      id: string,
      wait_ms: number,
      request: IncomingMessage,
    ): Promise<Output> {
      const key = `${by.workspace_id} ${id}`;
      const over = new AbortController();
      const wake = () => over.abort();
      // Listening comes before reading, so a decision between the two is not missed.
      const wakers = waiting.get(key) ?? new Set();
      waiting.set(key, wakers.add(wake));
      request.once('close', wake);
      try {
        const output = await readOutput(ports, by, id);
        if (output.outcome) return output;
        await ports.clock.pause(wait_ms, over.signal);
        return await readOutput(ports, by, id);
      } finally {
        request.off('close', wake);
        wakers.delete(wake);
        if (!wakers.size) waiting.delete(key);
      }
    },
  };
}
