import {
  type Bot,
  type ChatSubmission,
  type Contact,
  type Conversation,
  type Customer,
  canonical,
  checkAsked,
  formFor,
  type Json,
  type PreChat,
  type PreChatAnswers,
  refuse,
  toldBy,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findContact, holdContact, tellContact } from '../store/contacts.ts';
import { appendEvents } from '../store/events.ts';
import { openConversation } from './opening.ts';

/** What a bot still has to ask of a visitor before their first message. @throws Refusal not_found */
export const readPreChat = (ports: Ports, by: Customer, name: string): Promise<PreChat> =>
  ports.database.transact(by, async (tx) => {
    const { bot, contact } = await asking(tx, by, name);
    return { contact_id: contact.id, form: formFor(bot.definition.pre_chat_form, contact) };
  });

/** Keeps what a visitor answers: their name and e-mail, and the rest as attributes, which the bot may
 *  name, its gate may ask for and the desk shows (rule W64). Said again the same, nothing changes.
 *  @throws Refusal not_found (bot); invalid, naming each answer as `values.NAME` */
export async function answerPreChat(
  ports: Ports,
  by: Customer,
  { bot: name, values }: PreChatAnswers,
): Promise<PreChat> {
  const left = await ports.database.transact(by, async (tx) => {
    const { bot, contact } = await asking(tx, by, name, true);
    const told = toldBy(bot.definition.pre_chat_form, contact, values);
    const { attributes, ...own } = told;
    const next = { ...contact, ...own, attributes: { ...contact.attributes, ...attributes } };
    if (canonical(next as unknown as Json) !== canonical(contact as unknown as Json)) {
      tellContact(tx, by, contact.id, told);
      const names = [...Object.keys(own), ...Object.keys(attributes)];
      appendEvents(tx, by, by, [
        { type: 'contact.changed', subject: contact.id, data: { bot: name, told: names } },
      ]);
    }
    return { contact_id: contact.id, form: formFor(bot.definition.pre_chat_form, next) };
  });
  ports.database.wake();
  return left;
}

/** Begins a conversation for a visitor, once what has to be asked first is answered.
 *  @throws Refusal not_found (bot), invalid (values), id_taken */
export async function beginChat(
  ports: Ports,
  by: Customer,
  body: z.infer<typeof ChatSubmission>,
): Promise<Conversation> {
  await ports.database.transact(by, async (tx) => {
    const { bot, contact } = await asking(tx, by, body.bot);
    checkAsked(bot.definition.pre_chat_form, contact);
  });
  return openConversation(ports, by, { ...body, contact: {}, channel: 'widget' }, by.id);
}

/** Who is asked, and by which bot. Whoever was joined with another since they were let in is that one
 *  (rule W35).
 *  @param to_change holds them until this transaction ends */
async function asking(
  tx: Tx,
  by: Customer,
  name: string,
  to_change = false,
): Promise<{ bot: Bot; contact: Contact }> {
  const bot = await findBot(tx, by, name);
  const contact = to_change ? await holdContact(tx, by, by.id) : await findContact(tx, by, by.id);
  if (!bot || !contact) throw refuse('not_found', { bot: name });
  return { bot, contact };
}
