import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { least_promised } from './learn/target.ts';
import { Moment } from './time.ts';

export const WhatIfFilter = z.strictObject({
  /** The limit that might have been promised. */
  alpha: z.coerce.number().min(least_promised).lt(1),
  /** Thirty days back where nobody says from when. Whole days, UTC. */
  from: Moment.optional(),
  to: Moment.optional(),
});
export type WhatIfFilter = z.infer<typeof WhatIfFilter>;

const WhatIfSide = z.object({
  passed: z.int(),
  /** Share of all outputs. */
  coverage: z.number(),
  /** Outputs that people look at: what is held, and spot checks to be expected. */
  people: z.number(),
  /** Errors among what passes: labels they are told from, the share, and 95% bounds, approximate. */
  errors: z.object({
    n: z.int(),
    share: z.number().nullable(),
    low: z.number(),
    high: z.number(),
  }),
});

/** What another alpha would have done to the outputs of a time, by the labels that there were. */
export const PromiseWhatIf = z.object({
  gate: Name,
  alpha: z.number(),
  /** The first and the last day (UTC). */
  from: z.string(),
  to: z.string(),
  n: z.int(),
  as_it_was: WhatIfSide,
  as_if: WhatIfSide,
  days: z.array(z.object({ day: z.string(), n: z.int(), passed: z.int(), passed_if: z.int() })),
  /** Of every score that came: what passes at it or over, as a share of all, and the share of errors among
   *  that, estimated by what was judged, with 95% bounds, approximate. */
  curve: z.array(
    z.object({
      threshold: z.number(),
      coverage: z.number(),
      risk: z.number().nullable(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  tiers: z.array(
    z.object({
      epoch_id: idOf('epoch'),
      tier: z.string(),
      /** `alpha` itself, or the tier's own limit, which stays. */
      alpha: z.number(),
      /** At the end; null where the labels would not have proven it. */
      threshold: z.number().nullable(),
      needed: z.int(),
      /** Wrong labels more that it would bear; null where there is no threshold. */
      margin: z.int().nullable(),
      /** The lowest score that was judged: of thresholds below it nothing can be told. */
      judged_from: z.number().nullable(),
      /** What passed because errors were tracked after an alarm is held here, for a stricter limit might
       *  not have let it pass. */
      untracked: z.boolean(),
    }),
  ),
  /** Outputs that would pass at scores where not one was judged. */
  unjudged: z.int(),
  /** Whether the gate had more epochs in that time than are looked at. */
  left_out: z.boolean(),
});
export type PromiseWhatIf = z.infer<typeof PromiseWhatIf>;
