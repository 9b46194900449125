import * as z from 'zod';
import { idOf, Name } from './id.ts';

export const GroupsFilter = z.strictObject({
  /** Where none is named, the version that most came of in the last week. An open epoch is told together with
   *  all that are open of its version. */
  epoch: idOf('epoch').optional(),
});
export type GroupsFilter = z.infer<typeof GroupsFilter>;

/** A share of errors, as what was judged tells it. The bounds hold with 95% at every look. */
export const JudgedErrors = z.object({
  /** What was judged, and how much of it was wrong. */
  n: z.int(),
  wrong: z.int(),
  /** Each judged one stands for as many as it was drawn from; null where nothing was judged. */
  share: z.number().nullable(),
  low: z.number(),
  high: z.number(),
});
export type JudgedErrors = z.infer<typeof JudgedErrors>;

export const group_tells = ['over', 'within', 'too_few', 'nothing_passed'] as const;

export const PromiseGroup = z.object({
  /** `rest`: values that came after the first thirty; `none`: outputs that say nothing of it. */
  of: z.enum(['whole', 'value', 'rest', 'none']),
  value: z.string().nullable(),
  n: z.int(),
  passed: z.int(),
  /** The share that passes, with exact 95% bounds. */
  coverage: z.object({ share: z.number(), low: z.number(), high: z.number() }),
  /** Among what passed, and among everything. */
  errors: JudgedErrors,
  errors_of_all: JudgedErrors,
  /** Whether what passes of it is surely over the promise, surely within, or nobody can tell yet. */
  tells: z.enum(group_tells),
});
export type PromiseGroup = z.infer<typeof PromiseGroup>;

/** How an epoch of a guaranteed gate treats each group of outputs. The promise is of all together. */
export const PromiseGroups = z.object({
  gate: Name,
  epoch_id: idOf('epoch').nullable(),
  /** All that are told of together. */
  epoch_ids: z.array(idOf('epoch')),
  /** The loosest limit of the promise, which the groups are held against. */
  alpha: z.number(),
  /** About how many spot checks without an error show that a group is within it. */
  checks_needed: z.int(),
  whole: PromiseGroup,
  /** Largest groups first. */
  attributes: z.array(z.object({ attribute: z.string(), groups: z.array(PromiseGroup) })),
  /** Whether more attributes came than are told apart. */
  left_out: z.boolean(),
});
export type PromiseGroups = z.infer<typeof PromiseGroups>;
