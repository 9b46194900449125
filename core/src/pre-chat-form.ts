import * as z from 'zod';
import { type Contact, ContactSubmission } from './contact.ts';
import { Form, type Question } from './form.ts';
import { idOf, Name } from './id.ts';
import { JsonObject } from './json.ts';
import { type FieldFault, invalid } from './refusal.ts';
import { checkValues } from './values.ts';

/** Kinds of question that a customer can be asked in a small window. */
export const pre_chat_kinds = ['text', 'choice', 'rating'] as const;
const most_questions = 8;
/** What a contact has a place of its own for; what else is asked becomes an attribute. */
const own_places = ['name', 'email'] as const;
const isOwn = (name: string): name is 'name' | 'email' =>
  (own_places as readonly string[]).includes(name);

/** What a bot asks before the first message: a form like any other, in few and simple questions. The
 *  answers to `name` and `email` are the contact's own, all others are its attributes (rule W64). */
export const PreChatForm = Form.safeExtend({
  /** Whether a customer may go past it. */
  skippable: z.boolean().default(true),
}).superRefine(({ questions }, context) => {
  const fault = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path: ['questions', ...path], message });
  if (questions.length > most_questions) fault([], `${most_questions} at most`);
  questions.forEach(({ kind, name }, at) => {
    if (!(pre_chat_kinds as readonly string[]).includes(kind)) {
      fault([at, 'kind'], `is one of ${pre_chat_kinds.join(', ')} before a chat`);
    } else if (isOwn(name) && kind !== 'text') fault([at, 'kind'], `${name} is asked as text`);
  });
});
export type PreChatForm = z.infer<typeof PreChatForm>;

export const PreChatAnswers = z.strictObject({
  bot: Name.default('default'),
  /** Answers by question name. */
  values: JsonObject,
});
export type PreChatAnswers = z.infer<typeof PreChatAnswers>;

/** What is left to ask of a visitor before their first message; null when it is nothing. */
export const PreChat = z.object({ contact_id: idOf('contact'), form: PreChatForm.nullable() });
export type PreChat = z.infer<typeof PreChat>;

type Known = Pick<Contact, 'name' | 'email' | 'attributes' | 'verified'>;

const isKnown = (contact: Known, name: string): boolean =>
  (isOwn(name) && contact[name] !== null) ||
  (Object.hasOwn(contact.attributes, name) && contact.attributes[name] !== null);

/** What of a form is still to be asked of a contact: nothing that is known already. */
export function formFor(form: PreChatForm | undefined, contact: Known): PreChatForm | null {
  const questions = (form?.questions ?? []).filter(({ name }) => !isKnown(contact, name));
  return form && questions.length ? { ...form, questions } : null;
}

/** Refuses a conversation that would begin without what has to be asked first.
 *  @throws Refusal invalid, naming each question as `values.NAME` */
export function checkAsked(form: PreChatForm | undefined, contact: Known): void {
  const left = formFor(form, contact);
  if (!left || left.skippable) return;
  const needed = left.questions.filter(({ required }) => required);
  if (needed.length) {
    throw invalid(
      ...needed.map(({ name }) => ({ field: `values.${name}`, message: 'is asked first' })),
    );
  }
}

/** What a contact tells of themselves in answer to a form. What a host vouches for stands as it is, and
 *  beside it nothing that a visitor typed (rule W22): their answers become attributes.
 *  @throws Refusal invalid, naming each field as `values.NAME` */
export function toldBy(
  form: PreChatForm | undefined,
  contact: Known,
  values: JsonObject,
): { name?: string; email?: string; attributes: JsonObject } {
  const asked = (form?.questions ?? []).map(
    (question): Question =>
      isKnown(contact, question.name) ? { ...question, required: false } : question,
  );
  checkValues({ ...form, questions: asked }, values, []);
  const given = Object.entries(values).filter(
    ([name, value]) => !isBlank(value) && !(contact.verified && isKnown(contact, name)),
  );
  const told: { name?: string; email?: string; attributes: JsonObject } = { attributes: {} };
  const faults: FieldFault[] = [];
  for (const [name, value] of given) {
    if (!isOwn(name)) {
      told.attributes[name] = value;
      continue;
    }
    const read = ContactSubmission.shape[name].safeParse(String(value).trim());
    for (const { message } of read.error?.issues ?? []) {
      faults.push({ field: `values.${name}`, message });
    }
    if (!read.data) continue;
    if (contact.verified) told.attributes[name] = read.data;
    else told[name] = read.data;
  }
  if (faults.length) throw invalid(...faults);
  return told;
}

const isBlank = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'string' && !/\S/u.test(value)) ||
  (Array.isArray(value) && !value.length);
