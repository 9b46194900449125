import { createHash } from 'node:crypto';
import {
  type Customer,
  every_workspace,
  refuse,
  type Visitor,
  type VisitorSubmission,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { contactOfVisitor, keepContact } from '../store/contacts.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const pattern = /^wv_[0-9a-f]{48}$/;

/** Lets a browser in as a contact of its own, under a token that stands for nobody else.
 *  @param origin of the page the widget stands in
 *  @throws Refusal not_found (bot), forbidden (origin) */
export async function admitVisitor(
  ports: Ports,
  workspace_id: string,
  body: VisitorSubmission,
  origin: string | undefined,
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
    const contact = await keepContact(tx, scope, {
      ...body.contact,
      id: ports.makeId('contact', tx.now),
      verified: false,
      visitor_hash: hashOf(token),
    });
    return { token, contact_id: contact.id, bot: { name: bot.name, title: bot.title, greeting } };
  });
}

/** Whose browser it is. @returns null for a token that stands for nobody */
export async function visitorOf(ports: Ports, token: string): Promise<Customer | null> {
  if (!pattern.test(token)) return null;
  const found = await ports.database.transact(every_workspace, (tx) =>
    contactOfVisitor(tx, hashOf(token)),
  );
  if (!found) return null;
  return {
    workspace_id: found.workspace_id,
    kind: 'contact',
    id: found.id,
    name: found.name ?? '',
  };
}
