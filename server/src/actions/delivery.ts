import {
  type DeliveryAttempt,
  day,
  every_workspace,
  type Instant,
  nextAttempt,
  plus,
  type WebhookMessage,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
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
import { appendEvents, toEvent } from '../store/events.ts';
import { toOutput, unseen } from '../store/outputs.ts';
import { disableWebhook } from '../store/webhooks.ts';

const attempts_kept = 60;
const system = { id: 'system', kind: 'system' } as const;

/** A delivery whose turn it is, with all that its message is made of. */
export type Due = Awaited<ReturnType<typeof readSendings>>[number];
type Attempt = z.infer<typeof DeliveryAttempt>;

/** Leases what is due to this server, as far as there is room beside what it has under way. */
export const takeDeliveries = (
  ports: Ports,
  under_way: number,
  room: number,
  lease_ms: number,
): Promise<Due[]> =>
  ports.database.transact(every_workspace, async (tx) => {
    const taken = await takeDue(tx, under_way, room, plus(tx.now, lease_ms));
    return taken.length ? readSendings(tx, taken) : [];
  });

/** What the endpoint is told. A webhook may be the raters' own, so while people are to decide without
 *  what the AI said, it is not told that either (rule C10). */
export function messageOf({ workspace_id, event: row, at, output }: Due) {
  const event = toEvent({ ...row, workspace_id, at });
  return {
    specversion: '1.0',
    id: event.cursor,
    source: `urn:wheelhouse:${workspace_id}`,
    type: event.type,
    subject: event.subject,
    time: event.at,
    datacontenttype: 'application/json',
    data: {
      event,
      output: output ? told(output) : null,
    },
  } satisfies WebhookMessage;
}

function told({ in_shadow, ...row }: NonNullable<Due['output']>) {
  return in_shadow ? unseen(row) : toOutput(row);
}

/** Gives back a delivery that was not tried after all; another server may take it at once. */
export const returnDelivery = (ports: Ports, due: Due): Promise<void> =>
  ports.database.transact(due, async (tx) => giveBack(tx, due));

/** What an attempt came to. Only 2xx is success; no fault means just that. */
export interface Came {
  status?: number;
  fault?: string;
  response?: string;
  retry_after_ms?: number;
  /** The endpoint says that it is gone for good (410). */
  gone?: boolean;
  /** No attempt would make sense, now or later. */
  hopeless?: boolean;
}

/** Writes down what an attempt came to, and what follows from it. */
export async function recordDelivery(
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

/** Forgets what ended more than thirty days ago, dead or delivered. */
export const forgetSent = (ports: Ports): Promise<number> =>
  ports.database.transact(every_workspace, (tx) => forgetDeliveries(tx, plus(tx.now, -30 * day)));
