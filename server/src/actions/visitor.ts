import { createHash } from 'node:crypto';
import {
  type Customer,
  every_workspace,
  formFor,
  refuse,
  type Visitor,
  type VisitorSubmission,
  Vouched,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { keepContact } from '../store/contacts.ts';
import { contactOfVisitor, heldTokens, insertVisitor, removeVisitor } from '../store/visitors.ts';
import { vouchedFor } from './identity.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const pattern = /^wv_[0-9a-f]{48}$/;

/** Lets a browser in under a token that stands for one contact alone: for whom the host vouches, for
 *  as long as it does (rule W22), else for a contact of its own, that nobody vouches for.
 *  @param origin of the page the widget stands in
 *  @throws Refusal not_found (bot), forbidden (origin, identity) */
export async function admitVisitor(
  ports: Ports,
  workspace_id: string,
  body: VisitorSubmission,
  origin: string | undefined,
  files: Visitor['files'],
): Promise<Visitor> {
  const scope = { workspace_id };
  const token = `wv_${Buffer.from(ports.chance.bytes(24)).toString('hex')}`;
  return ports.database.transact(scope, async (tx) => {
    const bot = await findBot(tx, scope, body.bot);
    if (!bot) throw refuse('not_found', { bot: body.bot });
    const { origins, greeting = null } = bot.definition;
    if (origins.length && (!origin || !origins.includes(origin))) {
      const words = `The widget of “${bot.name}” may not stand in pages of ${origin ?? 'no origin'}.`;
      throw refuse('forbidden', { origin }, words);
    }
    const { contact, expires_at } = await contactOf(ports, tx, scope, body);
    insertVisitor(tx, scope, { hash: hashOf(token), contact_id: contact.id, expires_at });
    const { id: contact_id, verified } = contact;
    const named = { name: bot.name, title: bot.title, greeting };
    const pre_chat_form = formFor(bot.definition.pre_chat_form, contact);
    return { token, contact_id, verified, expires_at, bot: named, pre_chat_form, files };
  });
}

async function contactOf(
  ports: Ports,
  tx: Tx,
  scope: { workspace_id: string },
  { bot, contact: told, identity }: VisitorSubmission,
) {
  const id = ports.makeId('contact', tx.now);
  if (identity === undefined) {
    const contact = await keepContact(tx, scope, { ...told, id, verified: false, vouched: [] });
    return { contact, expires_at: null };
  }
  const { claims, expires_at } = await vouchedFor(ports, tx, scope, bot, identity);
  const { sub: external_id, name, email } = claims;
  // What a visitor says of themselves never stands beside what the host vouches for.
  const { language } = told;
  const said = { external_id, name, email, language };
  const vouched = Vouched.options.filter((field) => claims[field] !== undefined);
  const contact = await keepContact(tx, scope, { ...said, id, verified: true, vouched });
  return { contact, expires_at };
}

/** Whose browser it is. @returns null for a token that stands for nobody, or no more */
export async function visitorOf(ports: Ports, token: string): Promise<Customer | null> {
  if (!pattern.test(token)) return null;
  const token_hash = hashOf(token);
  const found = await ports.database.transact(every_workspace, (tx) =>
    contactOfVisitor(tx, token_hash),
  );
  if (!found) return null;
  return {
    workspace_id: found.workspace_id,
    kind: 'contact',
    id: found.id,
    name: found.name ?? '',
    token_hash,
    token_expires_at: found.expires_at,
  };
}

/** Which of many tokens, by their hashes, still stand for somebody. */
export const stillHeld = (ports: Ports, hashes: string[]): Promise<Set<string>> =>
  ports.database.transact(every_workspace, (tx) => heldTokens(tx, hashes));

/** Ends a token: whoever finds it later finds nothing behind it. */
export const signOut = (ports: Ports, by: Customer, token: string): Promise<void> =>
  ports.database.transact(by, async (tx) => removeVisitor(tx, by, hashOf(token)));
