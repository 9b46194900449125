import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { invalid } from './refusal.ts';
import { longest_tier, PromisedShare } from './tier.ts';
import { day, elapsed, type Instant, Moment } from './time.ts';

/** An override lasts so long at most: what holds for longer is another promise. */
export const longest_override_ms = 7 * day;

/** What scores at or over `threshold`, or over the lowest threshold that labels so far put under `alpha`. */
const by_what = {
  threshold: z.number().min(0).max(1).optional(),
  /** In place of a threshold: of all that would pass at most so much is wrong, by what is known. */
  alpha: PromisedShare.optional(),
};
const one_of_both = {
  path: ['threshold'],
  message: 'give a threshold, or an alpha in its place, and not both',
};
const isOne = ({ threshold, alpha }: { threshold?: unknown; alpha?: unknown }) =>
  (threshold === undefined) !== (alpha === undefined);

/** Lets more pass than is certified, for a limited time, of the versions that are open (rules G71, G78,
 *  G115). */
export const OverrideSubmission = z
  .strictObject({
    ...by_what,
    /** The tier that it is of, as the promise names it; all where none is. */
    tier: Text(longest_tier).optional(),
    until: Moment,
    reason: Text(1_000).refine(
      (text) => text.trim() !== '',
      'say why more passes than is certified',
    ),
  })
  .refine(isOne, one_of_both);
export type OverrideSubmission = z.infer<typeof OverrideSubmission>;

export const OverridePreviewFilter = z
  .strictObject({
    threshold: z.coerce.number().min(0).max(1).optional(),
    alpha: z.coerce.number().pipe(PromisedShare).optional(),
    tier: Text(longest_tier).optional(),
  })
  .refine(isOne, one_of_both);
export type OverridePreviewFilter = z.infer<typeof OverridePreviewFilter>;

const Passing = z.object({
  /** Outputs of that time. */
  passed: z.int(),
  /** Labels that it is told from, the share of errors that they stand for, and its 95% bounds,
   *  approximate; null where no label tells. */
  errors: z.object({
    n: z.int(),
    share: z.number().nullable(),
    low: z.number(),
    high: z.number(),
  }),
});

/** What an override would let pass, by outputs and labels of the last days: no proof (rule G78). */
export const OverridePreview = z.object({
  gate: Name,
  tier: z.string().nullable(),
  alpha: z.number().nullable(),
  /** Null where no threshold comes under `alpha` by what is known. */
  threshold: z.number().nullable(),
  /** The first and the last day (UTC). */
  from: z.string(),
  to: z.string(),
  /** Versions that are open: it would hold for those, and for none that comes later. */
  versions: z.int(),
  /** Outputs of that time, of these versions, and how many would pass now without it. */
  n: z.int(),
  passes_now: z.int(),
  /** All that would pass with it, and what of that does not now. */
  whole: Passing,
  more: Passing,
  /** The lowest score that was judged: of thresholds under it nothing is known. */
  judged_from: z.number().nullable(),
});
export type OverridePreview = z.infer<typeof OverridePreview>;

export const GateOverride = z.object({
  id: idOf('override'),
  gate: Name,
  tier: z.string().nullable(),
  threshold: z.number(),
  /** Where the threshold was chosen by it: what labels of then put what passes under. */
  alpha: z.number().nullable(),
  until: z.string(),
  reason: z.string(),
  /** How many versions it holds for: those that were open when it was signed. */
  versions: z.int(),
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
