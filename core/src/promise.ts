import * as z from 'zod';
import { apart } from './apart.ts';
import type { Judgement } from './gate.ts';
import { idOf } from './id.ts';
import { type AgreementModel, agreementOf } from './learn/agreement.ts';
import { design_share } from './learn/starts.ts';
import type { OutputSubmission } from './output.ts';
import { traitsOf } from './output-traits.ts';
import { proofWords } from './proof-words.ts';
import { type Risk, risks } from './risk.ts';
import { CertifyBy, CostTiers, PromisedShare } from './tier.ts';

/** What a threshold is of: what the AI says of itself, or what the gate learns of whether people agree. */
export const promise_scores = ['confidence', 'agreement'] as const;
export type PromiseScore = (typeof promise_scores)[number];

/** The least share of what passes that people look at. At 1% twice as many wrong as promised are noticed
 *  after some 15,700 outputs, at 5% after 3,300 (median, alpha 5%); with less a gate is as good as blind.
 *  Asked of what is saved, so that what was saved before is read and judged by as it is. */
export const least_spot_check = 0.01;

/** What a guaranteed gate promises, beside what every policy says. */
export const promise_terms = {
  /** Of what passes, at most so much is wrong … */
  alpha: PromisedShare,
  /** … except with this probability. It is divided among the tiers. */
  delta: PromisedShare,
  /** Risks that have a limit and a certificate of their own; all others share `alpha`. */
  tiers: z.partialRecord(z.enum(risks), PromisedShare).default({}),
  /** Limits by what it costs to be wrong; where a risk has one too, the stricter holds (rule G77). */
  cost_tiers: CostTiers.default([]),
  /** Or groups that have a certificate of their own, each under `alpha`. */
  certify_by: CertifyBy.optional(),
  /** How often people themselves judge wrongly: the promise is of alpha and this together. */
  label_noise: z
    .number()
    .min(0)
    .lt(0.5, 'must be under 0.5: people who err as often as not prove nothing')
    .default(0),
  score: z.enum(promise_scores).default('confidence'),
  spot_check: z
    .number()
    .gt(0, 'a promise is kept by looking at some of what passes: at least a little, best 0.05')
    .max(1)
    .default(0.05),
  /** What an alarm leads to: all is held until it is proven anew, or what is surest goes on passing at a
   *  threshold that follows the errors of spot checks and proves nothing (rule G50). */
  after_alarm: z.enum(['hold', 'track']).default('hold'),
  /** Hours a day that people have for it. Once they are spent what is held waits for the next day; the
   *  promise is never loosened (rule G72). */
  people_hours: z.number().gt(0).max(1_000).nullable().default(null),
};
export type PromiseTerms = {
  alpha: number;
  delta: number;
  tiers: Partial<Record<Risk, number>>;
  /** Absent of promises from before there were any. */
  cost_tiers?: CostTiers | undefined;
  certify_by?: CertifyBy | undefined;
  label_noise: number;
  /** Absent of promises from before it could be chosen: then it is the confidence. */
  score?: PromiseScore;
  spot_check: number;
  after_alarm: 'hold' | 'track';
};

export const OutputPromise = z.object({
  epoch_id: idOf('epoch'),
  tier: z.string(),
  /** The confidence; where agreement is the score, what its head says, from when it is learned on. */
  score: z.number(),
  /** What it had to reach; null while nothing is certified or tracked. */
  threshold: z.number().nullable(),
  certificate_id: idOf('certificate').nullable(),
  /** Whose word it passed by, where it did so without a certificate (rule G71). */
  override_id: idOf('override').optional(),
  /** The chance with which a person would see it, drawn before anybody knew how it ends. */
  inclusion_probability: z.number(),
  /** What its label counts for: the least inclusion probability of that moment over its own. */
  weight: z.number(),
  /** Labels of `head` are what agreement is learned from, those of `design` tell where to begin, and both
   *  count no more; those of `test` are the evidence. */
  phase: z.enum(['head', 'design', 'test']),
});
export type OutputPromise = z.infer<typeof OutputPromise>;

/** What a tier of an epoch stands by at the moment of a verdict, read under the gate's lock. */
export interface Standing {
  epoch_id: string;
  tier: string;
  threshold: number | null;
  certificate_id: string | null;
  /** What an admin lets pass beyond that, at this moment. */
  override?: { id: string; threshold: number; until: string } | null;
  /** A threshold that follows errors while nothing is certified. */
  tracked: number | null;
  spot_check: number;
  /** Decisions so far, and how many more are needed if all of them are clean. */
  labelled: number;
  wrong: number;
  needed: number;
  /** As it goes it will not be proven. */
  unlikely: boolean;
  /** Where to begin is not fixed yet. */
  designing: boolean;
  /** An alarm closed it, and it has not been certified again since. */
  alarmed: boolean;
  /** Nothing passes because too many spot checks were not judged. */
  unwatched: boolean;
  /** Where agreement is the score: what tells it, or null while that is learned. */
  head?: AgreementModel | null;
}

/** Versions of model, prompt and so on that a gate has open at once, at most. */
export const most_versions = 100;

const held_without_label = {
  verdict: 'hold' as const,
  spot_checked: false,
  spot_check_probability: null,
};

/** Judges by a promise (rules G40, G41, G50): it passes at the threshold of a live certificate, or at one
 *  that is tracked, and is held by a person in every other case.
 *  @param standing `crowded` where it is of one version too many (rule G52) */
export function judgePromised(
  terms: Pick<PromiseTerms, 'score'>,
  output: OutputSubmission,
  chance: number,
  standing: Standing | 'crowded' | undefined,
): Judgement {
  if (standing === 'crowded') return { ...held_without_label, reasons: [crowded] };
  const score = promisedScore(terms, output, standing);
  if (score === undefined) return { ...held_without_label, reasons: ['no confidence was given'] };
  if (!standing) return { ...held_without_label, reasons: ['the promise is not certified yet'] };
  const { epoch_id, tier, certificate_id, spot_check, designing } = standing;
  const certified = certificate_id !== null && standing.threshold !== null;
  const reached = certified ? standing.threshold : standing.tracked;
  // What is certified or tracked is of another score than this one, until that is learned.
  const threshold = standing.head === null ? null : reached;
  // Field by field: copies by spreading took half of a verdict's time.
  const known = (weight: number, inclusion_probability: number, phase: OutputPromise['phase']) => ({
    epoch_id,
    tier,
    score,
    threshold,
    certificate_id,
    inclusion_probability,
    weight,
    phase,
  });
  const { override } = standing;
  if (override && score >= override.threshold && !(threshold !== null && score >= threshold)) {
    return overridden(standing, override, chance, known);
  }
  if (threshold === null) {
    const design = designing && chance < design_share;
    const phase = standing.head === null ? 'head' : design ? 'design' : 'test';
    return {
      ...held_without_label,
      reasons: [whyClosed(standing)],
      // What passes by an override is seen by less chance, and that is the least there is now.
      promise: known(override ? spot_check : 1, 1, phase),
    };
  }
  const name = standing.head ? 'agreement' : 'confidence';
  const which = certified ? 'which is certified' : 'which is tracked, not certified';
  if (score < threshold) {
    const phase = designing && chance < design_share ? 'design' : 'test';
    return {
      ...held_without_label,
      reasons: [`${name} ${measured(score, 'is under', threshold)}, ${which}`],
      // The least inclusion probability there is now is that of what passes: w_max is one over it.
      promise: known(spot_check, 1, phase),
    };
  }
  const spot_checked = chance < spot_check;
  const reasons = [`${name} ${measured(score, 'is at or over', threshold)}, ${which}`];
  if (spot_checked) reasons.push(`spot check: ${percent(spot_check)} of what passes is looked at`);
  // Of those that are looked at the same share as of those that are held.
  const phase = designing && chance < design_share * spot_check ? 'design' : 'test';
  return {
    verdict: 'pass',
    reasons,
    spot_checked,
    spot_check_probability: spot_check,
    promise: known(1, spot_check, phase),
  };
}

/** A pass by an override: under no certificate, and looked at as often as what has one (rule G71). */
function overridden(
  standing: Standing,
  { id, threshold, until }: NonNullable<Standing['override']>,
  chance: number,
  known: (weight: number, probability: number, phase: OutputPromise['phase']) => OutputPromise,
): Judgement {
  const { spot_check, designing, head } = standing;
  const spot_checked = chance < spot_check;
  const design = designing && chance < design_share * spot_check;
  const promise = known(1, spot_check, head === null ? 'head' : design ? 'design' : 'test');
  const name = head ? 'agreement' : 'confidence';
  const reasons = [
    `${name} ${measured(promise.score, 'is at or over', threshold)}, which is not certified: an override lets it pass until ${until}`,
  ];
  if (spot_checked) reasons.push(`spot check: ${percent(spot_check)} of what passes is looked at`);
  return {
    verdict: 'pass',
    reasons,
    spot_checked,
    spot_check_probability: spot_check,
    promise: { ...promise, certificate_id: null, override_id: id },
  };
}

/** What an output is judged by (rule G80); undefined where it says nothing of that. */
export function promisedScore(
  { score }: Pick<PromiseTerms, 'score'>,
  output: OutputSubmission,
  standing: Pick<Standing, 'head'> | undefined,
): number | undefined {
  if (score !== 'agreement') return output.confidence;
  const head = standing?.head;
  return head ? agreementOf(head, traitsOf(output)) : (output.confidence ?? 0);
}

const crowded = `this is of a new version, and ${most_versions} are open: name in model_version, prompt_version, score_version and population only what really is another`;

function whyClosed(standing: Standing): string {
  const { alarmed, unwatched } = standing;
  if (unwatched)
    return 'nobody judged the spot checks of what passed: nothing passes until they are';
  const so_far = proofWords(standing);
  return alarmed
    ? `more was wrong than promised, so the promise is proven anew: ${so_far}`
    : `the promise is not certified yet: ${so_far}`;
}

function measured(score: number, stands: string, threshold: number): string {
  const [shown, cut] = apart(score, threshold);
  return `${shown} ${stands} ${cut}`;
}
const percent = (share: number) => `${Number((share * 100).toPrecision(3))}%`;
