import * as z from 'zod';
import { idOf, Name } from './id.ts';

/** Why a certificate bears no more. */
export const certificate_ends = [
  'replaced',
  'policy_changed',
  'alarmed',
  'labels_changed',
  'epoch_ended',
  'unwatched',
  'unused',
] as const;

/** A proven threshold: at most `alpha` of what scores at least so much is wrong, except with `delta`. */
export const Certificate = z.object({
  id: idOf('certificate'),
  gate: Name,
  epoch_id: idOf('epoch'),
  tier: z.string(),
  threshold: z.number(),
  alpha: z.number(),
  delta: z.number(),
  /** Labels at or over the threshold that were the evidence, and how many of them were wrong. */
  labelled: z.int(),
  wrong: z.int(),
  /** The share of errors that the proof rests on, each label by its weight, and what the evidence had to
   *  reach. Null of certificates from before these were kept. */
  share: z.number().nullable(),
  e_value: z.number(),
  e_needed: z.number().nullable(),
  issued_at: z.string(),
  ended_at: z.string().nullable(),
  why_ended: z.enum(certificate_ends).nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

/** Where a list of certificates goes on: after one of them, whose id is `cursor`. */
export const CertificateFilter = z.strictObject({
  cursor: idOf('certificate').optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CertificateFilter = z.infer<typeof CertificateFilter>;
