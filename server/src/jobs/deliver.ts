import { setMaxListeners } from 'node:events';
import { elapsed, type Instant, isRefusal, second, toMs } from '@wheelhouse/core';
import {
  type Came,
  type Due,
  recordDelivery,
  returnDelivery,
  takeDeliveries,
} from '../actions/delivery.ts';
import type { Incoming, Ports } from '../ports.ts';
import { signed } from './message.ts';
import type { Job } from './run.ts';

/** How many one server sends at a time, over all endpoints. */
const room = 50;
const timeout_ms = 15 * second;
/** Past the time-out by enough to write down what came of it; then the attempt counts as lost. */
const lease_ms = 20 * second;
const look_ms = 250;

/** Sends what is due. Sends overlap: a run takes what there is room for and waits for none of it,
 *  only for the first to end when nothing could be taken. */
export function deliverer(ports: Ports): Job {
  const under_way = new Set<Promise<void>>();
  const closing = new AbortController();
  setMaxListeners(room, closing.signal);
  let ended = 0;

  const start = (due: Due) => {
    const sending = deliver(ports, due, closing.signal)
      .catch((error: Error) => {
        // Nothing was written, so its lease ends and it is sent again under the same id.
        ports.log.warn(
          { error: error.message, delivery_id: due.id },
          'a delivery was not recorded',
        );
      })
      .finally(() => {
        under_way.delete(sending);
        ended += 1;
      });
    under_way.add(sending);
  };

  return {
    name: 'deliver',
    every_ms: look_ms,
    async run() {
      if (closing.signal.aborted) return 0;
      const taken =
        under_way.size < room ? await takeDeliveries(ports, under_way.size, room, lease_ms) : [];
      for (const due of taken) start(due);
      if (!taken.length && under_way.size) {
        const rest = new AbortController();
        await Promise.race([...under_way, ports.clock.pause(look_ms, rest.signal)]);
        rest.abort();
      }
      const done = taken.length + ended;
      ended = 0;
      return done;
    },
    async close() {
      closing.abort();
      await Promise.all(under_way);
    },
  };
}

async function deliver(ports: Ports, due: Due, closing: AbortSignal): Promise<void> {
  if (due.webhook_id && !due.enabled) {
    const why = due.enabled === null ? 'the webhook was removed' : 'the webhook is off';
    return recordDelivery(ports, due, { fault: why, hopeless: true });
  }
  const at = ports.clock.now();
  const { body, headers } = signed(due, at);
  let came: Came;
  try {
    const request = { url: due.url, method: 'POST', headers, body, timeout_ms } as const;
    came = judged(await ports.network.send({ ...request, signal: closing }), ports.clock.now());
  } catch (thrown) {
    if (closing.aborted) {
      await returnDelivery(ports, due);
      return;
    }
    came = { fault: faultOf(thrown) };
  }
  return recordDelivery(ports, due, { ...came, at, spent_ms: elapsed(at, ports.clock.now()) });
}

function judged({ status, headers, body }: Incoming, now: Instant): Came {
  const response = body.replaceAll('\u0000', '\uFFFD').toWellFormed();
  if (status >= 200 && status < 300) return { status, response };
  const gone = status === 410;
  const fault = gone
    ? 'the endpoint says that it is gone (410)'
    : status >= 300 && status < 400
      ? `answered ${status}; redirects are not followed`
      : `answered ${status}`;
  const retry_after_ms = retryAfter(headers['retry-after'], now);
  return { status, fault, response, retry_after_ms, gone, hopeless: gone };
}

/** Seconds, or a date (RFC 9110, 10.2.3). @returns milliseconds from now, 0 when it says nothing */
export function retryAfter(header: string | undefined, now: Instant): number {
  if (!header) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - toMs(now));
}

/** What went wrong, in words that name nothing of ours. */
export function faultOf(thrown: unknown): string {
  if (isRefusal(thrown)) return thrown.message;
  const { code, message } = thrown as NodeJS.ErrnoException;
  return (faults[code ?? ''] ?? code ?? message ?? 'failed').slice(0, 200);
}
const faults: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  ENOTFOUND: 'the name was not found',
  ENODATA: 'the name has no address',
  ESERVFAIL: 'the name could not be looked up',
  ETIMEOUT: 'the name could not be looked up in time',
};
