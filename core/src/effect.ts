import * as z from 'zod';
import { Event, EventType } from './event.ts';
import { idOf } from './id.ts';
import { Text } from './json.ts';
import { Output } from './output.ts';
import { day, hour, type Instant, minute, plus, second } from './time.ts';

export const WebhookSubmission = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  description: Text(500).optional(),
  /** Empty: every event. */
  types: z.array(EventType).max(50).default([]),
});
export const WebhookChange = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  description: Text(500).optional(),
  types: z.array(EventType).max(50).optional(),
  enabled: z.boolean().optional(),
});
export const Webhook = z.object({
  id: idOf('webhook'),
  url: z.string(),
  description: z.string().nullable(),
  types: z.array(z.string()),
  enabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
  /** `whsec_…`, shown once when made or rotated. */
  secret: z.string().optional(),
});
export type Webhook = z.infer<typeof Webhook>;

/** What signs the callbacks of single outputs; shown once, when made. */
export const CallbackSecret = z.object({ secret: z.string(), created_at: z.string() });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

/** The body of every delivery: CloudEvents 1.0 in JSON, signed as Standard Webhooks has it. */
export const WebhookMessage = z.object({
  specversion: z.literal('1.0'),
  /** The event's cursor: the same in every delivery of it, and where `GET /events` can go on from. */
  id: z.string(),
  /** `urn:wheelhouse:` and the id of the workspace. */
  source: z.string(),
  type: EventType,
  subject: z.string(),
  time: z.string(),
  datacontenttype: z.literal('application/json'),
  data: z.object({
    event: Event,
    /** For `output.*`: the output with its outcome, as it is when this is sent. Else null. */
    output: Output.nullable(),
  }),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;

export const delivery_states = ['waiting', 'delivered', 'dead'] as const;
export const DeliveryAttempt = z.object({
  number: z.int(),
  at: z.string(),
  status: z.int().nullable(),
  fault: z.string().nullable(),
  spent_ms: z.int(),
  response: z.string().nullable(),
});
export const Delivery = z.object({
  id: idOf('delivery'),
  webhook_id: idOf('webhook').nullable(),
  url: z.string(),
  event_type: EventType,
  subject: z.string(),
  state: z.enum(delivery_states),
  attempts: z.array(DeliveryAttempt),
  next_at: z.string().nullable(),
  created_at: z.string(),
});
export type Delivery = z.infer<typeof Delivery>;
export type DeliveryState = Delivery['state'];
export const DeliveryFilter = z.strictObject({
  state: z.enum(delivery_states).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

/** Waits between attempts (Standard Webhooks suggests some 75 h; this goes on for seven days). */
export const retry_waits_ms = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  day,
  day,
  2 * day,
] as const;

/** When to try again after `attempts` failures, or null when the delivery is dead (rule D2).
 *  @param chance uniform in [0, 1): up to a tenth is added, so that a returning endpoint is not met
 *  by everything at once
 *  @param retry_after_ms what the endpoint asked for, honoured up to a day */
export function nextAttempt(
  attempts: number,
  now: Instant,
  chance: number,
  retry_after_ms = 0,
): Instant | null {
  const wait = retry_waits_ms[attempts - 1];
  if (wait === undefined) return null;
  return plus(now, Math.round(Math.max(wait, Math.min(retry_after_ms, day)) * (1 + chance / 10)));
}
