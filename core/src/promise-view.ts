import * as z from 'zod';
import { Certificate } from './certificate.ts';
import { EventType } from './event.ts';
import { idOf, Name } from './id.ts';
import { GateOverride } from './override.ts';
import { PeopleHours } from './people-hours.ts';
import { promise_scores } from './promise.ts';
import { risks } from './risk.ts';
import { CertifyBy, CostTiers } from './tier.ts';
import { Moment } from './time.ts';

/** `unwatched` holds everything because nobody judged its spot checks. `ended` is of a version that no
 *  output is judged by any more, whatever it had come to. */
export const promise_states = [
  'learning',
  'certified',
  'tracking',
  'alarmed',
  'unwatched',
  'ended',
] as const;
export const PromiseState = z.enum(promise_states);
export type PromiseState = z.infer<typeof PromiseState>;

export const PromiseFilter = z.strictObject({
  from: Moment.optional(),
  to: Moment.optional(),
  by: z.enum(['hour', 'day']).default('day'),
});
export type PromiseFilter = z.infer<typeof PromiseFilter>;

/** What stands where nobody judges the spot checks of what passes. */
export const Unwatched = z.object({
  since: z.string(),
  /** Spot checks that waited for more than three days when it was last looked at. */
  waiting: z.int(),
  /** Nothing passes until they are judged. */
  holds: z.boolean(),
  /** The case that asks a lead to see to it. */
  case_id: idOf('case').nullable(),
});
export type Unwatched = z.infer<typeof Unwatched>;

export const PromiseTier = z.object({
  /** A risk, a cost as `cost from $50`, or a group as `language: de`, or `all`, `other`, `unstated`: what has none of its own. */
  tier: z.string(),
  state: PromiseState,
  alpha: z.number(),
  /** Its part of the promise's delta. */
  delta: z.number(),
  /** What passes now, by its certificate or, in the state `tracking`, without one. */
  threshold: z.number().nullable(),
  certificate: Certificate.nullable(),
  /** Decisions counted so far, how many of them were wrong, and how many of those ended unjudged. */
  labelled: z.int(),
  wrong: z.int(),
  unjudged: z.int(),
  /** About how many more decisions prove it that reach the score where it begins, and of which none is wrong:
   *  an estimate of the least, to which each error adds; 0 once it is certified. */
  needed: z.int(),
  /** So much is wrong at every threshold where it begins that, as it goes, it will not be proven. */
  unlikely: z.boolean(),
  /** Which attempt at the proof since it first began or was last alarmed; each has a part of delta of its own. */
  attempt: z.int(),
  /** Outputs that people were asked about and have not judged: each counts as wrong until they have. */
  waiting: z.int(),
  /** Thresholds that were fixed to begin from; empty while labels are gathered that tell which. */
  starts: z.array(z.number()),
  /** What the labels at or over each threshold come to, strictest first. */
  evidence: z.array(
    z.object({
      threshold: z.number(),
      /** As they came, not weighed. */
      labelled: z.int(),
      wrong: z.int(),
      /** The share of errors that the evidence rests on, each label by its weight, with 95% bounds,
       *  approximate and of each threshold by itself; null where nothing was judged. */
      share: z.number().nullable(),
      low: z.number(),
      high: z.number(),
      e_value: z.number(),
      /** What `e_value` has to reach there; null where a stricter threshold is to be proven first. */
      e_needed: z.number().nullable(),
    }),
  ),
  /** What the evidence has to reach at each of `starts`. */
  e_needed: z.number(),
  /** The share of passed outputs that people see now. */
  spot_check: z.number(),
  /** Spot checks of what is certified, or in the state `tracking` of what is tracked, that people judged, and between which shares of errors the truth lies, whenever one
   *  looks (95%). */
  checks: z.object({ n: z.int(), wrong: z.int(), low: z.number(), high: z.number() }),
  /** The same as it stood at the end of each hour or day of the history in which one was judged. */
  checked: z.array(
    z.object({
      from: z.string(),
      n: z.int(),
      wrong: z.int(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** What speaks for more errors than promised, of what ends the certificate; null before the first
   *  spot check. */
  detector: z.object({ value: z.number(), limit: z.number() }).nullable(),
  /** What speaks for another share that waits, and for other scores, of what warns; both null while
   *  nothing is certified and once either has. */
  monitor: z.object({ value: z.number(), limit: z.number() }).nullable(),
  score_monitor: z.object({ value: z.number(), limit: z.number() }).nullable(),
  alarmed_at: z.string().nullable(),
  /** The case that asks people what to do about an alarm that persists. */
  alarm_case_id: idOf('case').nullable(),
  warned_at: z.string().nullable(),
  /** Spot checks that nobody judged may hide an alarm; null where they do not. */
  unwatched: Unwatched.nullable(),
});
export type PromiseTier = z.infer<typeof PromiseTier>;

/** What became of learning whether people agree; it stays as it is for as long as its epoch lasts. */
export const AgreementFigures = z.object({
  /** `head` where it is better than the confidence alone, else the confidence's own curve. */
  kind: z.enum(['score', 'head']),
  learned_at: z.string(),
  /** Decisions it was learned from, none of which is evidence, and how many were against the AI. */
  labels: z.int(),
  wrong: z.int(),
  seed: z.int(),
  /** Mean nats by what had not seen the output, and the nats saved for each, at least with 95%. */
  log_loss: z.object({ score: z.number(), head: z.number() }),
  gain: z.number(),
  gain_low: z.number(),
  /** Area under the risk–coverage curve of the same decisions, by what had not seen them. */
  aurc: z.object({ confidence: z.number(), agreement: z.number() }),
});
export type AgreementFigures = z.infer<typeof AgreementFigures>;

export const PromiseEpoch = z.object({
  id: idOf('epoch'),
  model: z.string().nullable(),
  model_version: z.string().nullable(),
  prompt_version: z.string().nullable(),
  score_version: z.string().nullable(),
  population: z.string().nullable(),
  began_at: z.string(),
  ended_at: z.string().nullable(),
  why_ended: z.string().nullable(),
  state: PromiseState,
  /** Whether the override in force holds for it: it was open when that was signed, or is begun anew of one
   *  that was. */
  overridden: z.boolean(),
  /** Where agreement is the score, once it is learned. */
  agreement: AgreementFigures.nullable(),
  tiers: z.array(PromiseTier),
});
export type PromiseEpoch = z.infer<typeof PromiseEpoch>;

export const PromiseHistory = z.object({
  by: z.enum(['hour', 'day']),
  from: z.string(),
  to: z.string(),
  rows: z.array(
    z.object({
      from: z.string(),
      passed: z.int(),
      held: z.int(),
      checked: z.int(),
      /** Outputs by score, from 0 to 1 in equal steps. */
      scores: z.array(z.int()),
    }),
  ),
});
export type PromiseHistory = z.infer<typeof PromiseHistory>;

export const GatePromise = z.object({
  gate: Name,
  /** When it stood so, by the server's clock. */
  at: Moment,
  /** The least sure of its open epochs. */
  state: PromiseState,
  alpha: z.number(),
  delta: z.number(),
  tiers: z.partialRecord(z.enum(risks), z.number()),
  cost_tiers: CostTiers,
  certify_by: CertifyBy.nullable(),
  label_noise: z.number(),
  score: z.enum(promise_scores),
  /** What is promised where people err as often as `label_noise`: alpha and that together. */
  bound: z.number(),
  spot_check: z.number(),
  after_alarm: z.enum(['hold', 'track']),
  /** What passes now beyond what is promised, by whose word. */
  override: GateOverride.nullable(),
  people: PeopleHours,
  /** Open ones first, then the newest; 20 at most, before others those that something passes by. */
  epochs: z.array(PromiseEpoch),
  /** Open ones that are not told of here. */
  left_out: z.int(),
  history: PromiseHistory,
  /** What became of the promise, newest first. */
  events: z.array(
    z.object({ type: EventType, at: z.string(), data: z.record(z.string(), z.any()) }),
  ),
});
export type GatePromise = z.infer<typeof GatePromise>;

/** The state that a promise is in as a whole: that of the part that is worst off. */
export const worstOf = (states: readonly PromiseState[]): PromiseState =>
  (['alarmed', 'unwatched', 'learning', 'tracking', 'certified', 'ended'] as const).find((state) =>
    states.includes(state),
  ) ?? 'learning';
