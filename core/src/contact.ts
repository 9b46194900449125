import * as z from 'zod';
import { Phone } from './call-back.ts';
import { idOf } from './id.ts';
import { canonical, JsonObject, Label, StoredObject, Text } from './json.ts';
import { invalid, refuse } from './refusal.ts';
import { LanguageTag } from './routing.ts';

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

/** What a host's signed token can say of a contact beside their id. */
export const Vouched = z.enum(['name', 'email']);
export type Vouched = z.infer<typeof Vouched>;

export const Contact = z.object({
  id: idOf('contact'),
  external_id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  attributes: StoredObject,
  /** Whether the host vouched for who this is; what a visitor types of themselves is not proof. */
  verified: z.boolean(),
  /** What stands as the host's signed token says it, and is not changed here. */
  vouched: z.array(Vouched),
  created_at: z.string(),
  seen_at: z.string(),
  /** Since when nothing is left of who it was. */
  erased_at: z.string().nullable(),
});
export type Contact = z.infer<typeof Contact>;

/** What the team calls a customer, also one who gave neither a name nor an address. */
export const customerName = ({
  name,
  email,
  erased_at,
}: Pick<Contact, 'name' | 'email' | 'erased_at'>): string =>
  name || email || (erased_at ? 'Erased' : 'Visitor');

/** A contact, with how they come to us. */
export const ContactView = Contact.extend({
  /** By which channels, of their newest thousand conversations. */
  channels: z.array(z.string()),
  /** How many conversations they had; from a thousand on no more are counted. */
  conversations: z.int(),
});
export type ContactView = z.infer<typeof ContactView>;

export const ContactFilter = z
  .strictObject({
    /** The customer's id in the host's own system. */
    external_id: Text(200).min(1).optional(),
    /** Words of their name, e-mail address or id, each as the beginning of one; the newest are found. */
    q: Text(200).optional(),
    cursor: Text(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ external_id, q }) => external_id === undefined || q === undefined, {
    path: ['q'],
    message: 'is not asked together with external_id',
  });
export type ContactFilter = z.infer<typeof ContactFilter>;

const longest_name = 100;
/** Under which name a contact's telephone number stands among their attributes, also as a form asks for it. */
export const phone_attribute = 'phone';
const AttributeChange = JsonObject.superRefine((given, context) => {
  const phone = given[phone_attribute];
  const dialled = typeof phone === 'string' ? Phone.safeParse(phone) : undefined;
  for (const { message } of dialled?.error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: [phone_attribute], message });
  }
  for (const name of Object.keys(given)) {
    if (Label(longest_name).safeParse(name).success) continue;
    const message = `is no name for an attribute: on one line, not blank, ${longest_name} characters at most`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
});

/** What somebody who talks with a contact writes down of them. What is left out stays; null takes away. */
export const ContactChange = z.strictObject({
  name: Label(200).nullable().optional(),
  email: z.email().max(320).nullable().optional(),
  language: LanguageTag.nullable().optional(),
  /** Each that is named takes the place of the one before, or is taken away by null; others stay. */
  attributes: AttributeChange.optional(),
});
export type ContactChange = z.infer<typeof ContactChange>;
export type ContactField = keyof ContactChange;

const most_attributes = 100;
const longest_attributes = 20_000;

/** A contact as they are after a change: each field that was given, each attribute by itself, so that
 *  two who write down different things both did (rule W87).
 *  @returns the fields that say something else than before
 *  @throws Refusal forbidden, naming each field that the host vouches for; invalid (attributes) */
export function changedContact(
  contact: Contact,
  change: ContactChange,
): { next: Contact; changed: ContactField[] } {
  const { attributes: given = {}, ...own } = change;
  const fields = Object.fromEntries(
    Object.entries(own).filter(([, value]) => value !== undefined),
  ) as Pick<Contact, 'name' | 'email' | 'language'>;
  if (fields.name) fields.name = fields.name.trim();
  const attributes = merged(contact.attributes, given);
  const next: Contact = { ...contact, ...fields, attributes };
  const changed = (Object.keys(change) as ContactField[]).filter(
    (field) => canonical(next[field]) !== canonical(contact[field]),
  );
  const errors = changed
    .filter((field) => (contact.vouched as string[]).includes(field))
    .map((field) => ({ field, message: 'is what the host says by its signed token' }));
  if (errors.length) {
    const names = errors.map(({ field }) => field).join(', ');
    const words = `${names}: is what the host says by its signed token; it is changed there.`;
    throw refuse('forbidden', { errors }, words);
  }
  return { next, changed };
}

/** What there was may be more than what is taken here; it may become less, and no more.
 *  @throws Refusal invalid (attributes) */
function merged(before: JsonObject, given: JsonObject): JsonObject {
  const kept = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  const after = Object.fromEntries(kept);
  const [count, length] = [kept.length, canonical(after).length];
  const too_many = count > most_attributes && count > Object.keys(before).length;
  const too_long = length > longest_attributes && length > canonical(before).length;
  if (!too_many && !too_long) return after;
  const message = `come to ${most_attributes} and ${longest_attributes} characters at most`;
  throw invalid({ field: 'attributes', message });
}
