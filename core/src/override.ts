import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { invalid } from './refusal.ts';
import { longest_tier } from './tier.ts';
import { day, elapsed, type Instant, Moment } from './time.ts';

/** An override lasts so long at most: what holds for longer is another promise. */
export const longest_override_ms = 7 * day;

/** Lets more pass than is certified, for a limited time (rule G71). */
export const OverrideSubmission = z.strictObject({
  /** What scores at or over it passes. */
  threshold: z.number().min(0).max(1),
  /** The tier that it is of, as the promise names it; all where none is. */
  tier: Text(longest_tier).optional(),
  until: Moment,
  reason: Text(1_000).refine((text) => text.trim() !== '', 'say why more passes than is certified'),
});
export type OverrideSubmission = z.infer<typeof OverrideSubmission>;

export const GateOverride = z.object({
  id: idOf('override'),
  gate: Name,
  tier: z.string().nullable(),
  threshold: z.number(),
  until: z.string(),
  reason: z.string(),
  signed_by: z.string(),
  signed_by_name: z.string(),
  signed_at: z.string(),
  /** What passed by it alone, and what people found among that. None of it counts as certified. */
  passed: z.int(),
  checks: z.object({ n: z.int(), wrong: z.int() }),
});
export type GateOverride = z.infer<typeof GateOverride>;

/** @throws Refusal invalid (until) */
export function checkOverride({ until }: OverrideSubmission, now: Instant): void {
  const left_ms = elapsed(now, until);
  if (left_ms <= 0) throw invalid({ field: 'until', message: 'is past' });
  if (left_ms > longest_override_ms) {
    throw invalid({ field: 'until', message: 'is more than 7 days away' });
  }
}
