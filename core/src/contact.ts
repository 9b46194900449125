import * as z from 'zod';
import { idOf } from './id.ts';
import { JsonObject, Label, StoredObject, Text } from './json.ts';

/** Who writes to us, as known here. `external_id` is the customer's id in the host's own system; it is
 *  believed only from a key or from a token that the host signed. */
export const ContactSubmission = z.strictObject({
  external_id: Text(200).min(1).optional(),
  name: Label(200).optional(),
  email: z.email().max(320).optional(),
  language: Text(35).optional(),
  attributes: JsonObject.optional(),
});
export type ContactSubmission = z.infer<typeof ContactSubmission>;

export const Contact = z.object({
  id: idOf('contact'),
  external_id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  attributes: StoredObject,
  /** Whether the host vouched for who this is; what a visitor types of themselves is not proof. */
  verified: z.boolean(),
  created_at: z.string(),
  seen_at: z.string(),
  /** Since when nothing is left of who it was. */
  erased_at: z.string().nullable(),
});
export type Contact = z.infer<typeof Contact>;
