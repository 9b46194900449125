import * as z from 'zod';
import type { Contact } from './contact.ts';
import { Name } from './id.ts';
import { Label, Text } from './json.ts';
import { longest_message } from './message.ts';

export const CannedReplyDefinition = z.strictObject({
  title: Label(200).optional(),
  /** Markdown; braces are filled with what is known: {contact.name}, {contact.email},
   *  {contact.language}, {me.name}, and what the host told of the contact ({contact.plan}). */
  text: Text(longest_message).refine((text) => /\S/u.test(text), 'is blank'),
});
export type CannedReplyDefinition = z.infer<typeof CannedReplyDefinition>;

/** Words that are written often, kept under a name that `/` finds. */
export const CannedReply = z.object({
  name: Name,
  title: z.string(),
  text: z.string(),
  updated_at: z.string(),
  updated_by: z.string(),
});
export type CannedReply = z.infer<typeof CannedReply>;

/** What the braces of an answer stand for. Attributes cannot pass for what we know ourselves. */
export function factsOf(contact: Contact, me: { name: string }): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [name, value] of Object.entries(contact.attributes)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) {
      facts.set(`contact.${name}`, String(value));
    }
  }
  const { name, email, language } = contact;
  for (const [key, value] of Object.entries({ name, email, language })) {
    if (value) facts.set(`contact.${key}`, value);
    else facts.delete(`contact.${key}`);
  }
  facts.set('me.name', me.name);
  return facts;
}
