import { setMaxListeners } from 'node:events';
import {
  type DeliveryAttempt,
  day,
  elapsed,
  every_workspace,
  type Instant,
  isRefusal,
  nextAttempt,
  plus,
  second,
  toMs,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Incoming, Ports, Tx } from '../ports.ts';
import {
  type AttemptRecord,
  forgetDeliveries,
  giveBack,
  hurryDeliveries,
  noteEndpoint,
  readSendings,
  recordAttempt,
  takeDue,
} from '../store/deliveries.ts';
import { appendEvents } from '../store/events.ts';
import { disableWebhook } from '../store/webhooks.ts';
import { signed } from './message.ts';
import type { Job } from './run.ts';

/** How many one server sends at a time, over all endpoints. */
const room = 50;
const timeout_ms = 15 * second;
/** Past the time-out by enough to write down what came of it; then the attempt counts as lost. */
const lease_ms = 20 * second;
const look_ms = 250;
const attempts_kept = 60;
const system = { id: 'system', kind: 'system' } as const;

type Due = Awaited<ReturnType<typeof readSendings>>[number];
type Attempt = z.infer<typeof DeliveryAttempt>;

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
      const taken = under_way.size < room ? await take(ports, under_way.size) : [];
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

/** Forgets what ended more than thirty days ago, dead or delivered. */
export const forgetSent = (ports: Ports): Promise<number> =>
  ports.database.transact(every_workspace, (tx) => forgetDeliveries(tx, plus(tx.now, -30 * day)));

const take = (ports: Ports, under_way: number): Promise<Due[]> =>
  ports.database.transact(every_workspace, async (tx) => {
    const taken = await takeDue(tx, under_way, room, plus(tx.now, lease_ms));
    return taken.length ? readSendings(tx, taken) : [];
  });

async function deliver(ports: Ports, due: Due, closing: AbortSignal): Promise<void> {
  if (due.webhook_id && !due.enabled) {
    const why = due.enabled === null ? 'the webhook was removed' : 'the webhook is off';
    return record(ports, due, { fault: why, hopeless: true });
  }
  const at = ports.clock.now();
  const { body, headers } = signed(due, at);
  let came: Came;
  try {
    const request = { url: due.url, method: 'POST', headers, body, timeout_ms } as const;
    came = judged(await ports.network.send({ ...request, signal: closing }), ports.clock.now());
  } catch (thrown) {
    if (closing.aborted) {
      await ports.database.transact(due, async (tx) => giveBack(tx, due));
      return;
    }
    came = { fault: faultOf(thrown) };
  }
  return record(ports, due, { ...came, at, spent_ms: elapsed(at, ports.clock.now()) });
}

/** What an attempt came to. Only 2xx is success; no fault means just that. */
interface Came {
  status?: number;
  fault?: string;
  response?: string;
  retry_after_ms?: number;
  /** The endpoint says that it is gone for good (410). */
  gone?: boolean;
  /** No attempt would make sense, now or later. */
  hopeless?: boolean;
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
function faultOf(thrown: unknown): string {
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

async function record(
  ports: Ports,
  due: Due,
  came: Came & { at?: Instant; spent_ms?: number },
): Promise<void> {
  await ports.database.transact(due, async (tx) => {
    const next = outcomeOf(due, came, tx.now, ports.chance.fraction());
    if (!(await recordAttempt(tx, due, next))) return;
    if (came.at) noteEndpoint(tx, due, due.endpoint, came.fault === undefined);
    if (next.state === 'dead') sayDead(tx, due, came.fault);
    if (came.gone && due.webhook_id) await turnOff(tx, due, due.webhook_id, came.fault as string);
  });
  ports.database.wake();
}

/** Rule D2: an attempt ends the delivery, or says when the next one is; there is no third state. */
function outcomeOf(
  due: Due,
  came: Came & { at?: Instant; spent_ms?: number },
  now: Instant,
  chance: number,
): AttemptRecord {
  const attempt: Attempt = {
    number: (due.attempts.at(-1)?.number ?? 0) + 1,
    at: came.at ?? now,
    status: came.status ?? null,
    fault: came.fault ?? null,
    spent_ms: came.spent_ms ?? 0,
    response: came.response ?? null,
  };
  const attempts = [...due.attempts, attempt].slice(-attempts_kept);
  const { id, epoch, url } = due;
  if (came.fault === undefined) {
    return { id, epoch, url, attempts, state: 'delivered', tries: due.tries, next_at: null };
  }
  const tries = due.tries + 1;
  const next_at = came.hopeless ? null : nextAttempt(tries, now, chance, came.retry_after_ms);
  return { id, epoch, url, attempts, state: next_at ? 'waiting' : 'dead', tries, next_at };
}

function sayDead(tx: Tx, due: Due, fault: string | undefined): void {
  const { webhook_id, event } = due;
  const data = { webhook_id, event_type: event.type, event_subject: event.subject, fault };
  appendEvents(tx, due, system, [{ type: 'delivery.died', subject: due.id, data }]);
}

async function turnOff(tx: Tx, due: Due, webhook_id: string, reason: string): Promise<void> {
  if (!(await disableWebhook(tx, due, webhook_id, reason))) return;
  hurryDeliveries(tx, due, webhook_id);
  appendEvents(tx, due, system, [
    { type: 'webhook.disabled', subject: webhook_id, data: { reason } },
  ]);
}
