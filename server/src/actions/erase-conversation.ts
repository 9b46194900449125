import {
  type Contact,
  type Conversation,
  erase,
  type Instant,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { contactsById } from '../store/contacts.ts';
import {
  conversationsLeft,
  lockContact,
  lockToErase,
  outputsOf,
  removeCandidates,
  wipeContact,
  wipeConversation,
} from '../store/conversation-erasure.ts';
import { findConversation } from '../store/conversations.ts';
import { wipeCases, wipeOutputs, wipeTraces } from '../store/erasure.ts';
import { appendEvents } from '../store/events.ts';
import { erased_status } from '../store/idempotency.ts';
import { mergedInto, survivorOf } from '../store/merges.ts';
import { lockOutputs, type OutputRow } from '../store/outputs.ts';
import { decidedEvent } from './answer.ts';
import { handOf, saveTurn } from './conversation.ts';
import { viewOf } from './conversation-view.ts';
import type { RulingsCache } from './definition.ts';
import { type DocketWrites, docketWrites, openDockets } from './docket.ts';
import { cancelCase, diedEvent, erased_form, erasedEvent, toErased } from './erase.ts';

/** So many outputs are erased in one transaction, which is then done in well under a second. */
const most_outputs = 200;
const most_conversations = 20;

/** Erases a conversation for good (rule A12): what was said in it, shared, noted and kept of it, what
 *  its bot made of it, and every output and case that belongs to it. What still waits for a person is
 *  cancelled. That each of them was, whose, when and how it ended stays, so that reports count as before.
 *
 *  From the first transaction on nothing more is written of it: whoever writes holds its row meanwhile,
 *  and finds it erased afterwards. Said again it completes what a server that died left.
 *  @throws Refusal not_found */
export async function eraseConversation(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
): Promise<Conversation> {
  const eraseSome = (tx: Tx) => eraseWithin(ports, rulings, tx, by, id);
  while (await ports.database.transact(by, eraseSome)) ports.database.wake();
  // Those that go on in it are a part of it.
  const parts = await ports.database.transact(by, (tx) => mergedInto(tx, by, id));
  for (const part of parts) await eraseConversation(ports, rulings, by, part.id);
  return ports.database.transact(by, async (tx) => {
    const row = await findConversation(tx, by, id);
    if (!row) throw refuse('not_found', { conversation_id: id });
    return viewOf(tx, by, row);
  });
}

/** @returns whether it erased anything; what came while it locked, or is too much for once, is left */
async function eraseWithin(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  by: Principal,
  id: string,
): Promise<boolean> {
  const found = await outputsOf(tx, by, id, most_outputs);
  // The cases first, then the outputs, then the conversation: the order in which everyone locks.
  const case_ids = found.flatMap(({ case_id }) => (case_id ? [case_id] : []));
  const dockets = await openDockets(tx, by, rulings, case_ids);
  const locked = await lockOutputs(
    tx,
    by,
    found.map((output) => output.id),
  );
  const row = await lockToErase(tx, by, id);
  if (!row) throw refuse('not_found', { conversation_id: id });
  // Another erased some of them while this one waited.
  const outputs = locked.filter(({ erased_at }) => !erased_at);
  if (row.erased_at && !outputs.length) return false;
  const writes = docketWrites(tx, by);
  for (const open of dockets.values()) {
    if (open.docket.record.state === 'waiting') cancelCase(writes, by, open);
  }
  for (const output of outputs) settle(writes, by, output, tx.now);
  writes.save();
  const subjects = [id, ...outputs.map((output) => output.id), ...dockets.keys()];
  if (!row.erased_at) {
    saveTurn(tx, by, by, erase(row, handOf(ports, tx, by)));
    subjects.push(...(await wipeConversation(tx, by, id)));
    const gone = await removeCandidates(tx, by, id);
    const events = gone.map(({ bot, name }) => ({
      type: 'article.removed' as const,
      subject: `${bot}/${name}`,
      data: { erased: true },
    }));
    appendEvents(tx, by, by, events);
  }
  if (outputs.length) wipeOutputs(tx, by, outputs.map(toErased));
  if (dockets.size) wipeCases(tx, by, [...dockets.keys()], erased_form);
  const ended = await wipeTraces(tx, by, subjects, erased_status);
  appendEvents(tx, by, by, [...outputs.map(erasedEvent), ...ended.map(diedEvent)]);
  return true;
}

/** What nobody decided is withdrawn; what could still be taken back stands as it was decided. */
function settle(writes: DocketWrites, by: Principal, output: OutputRow, now: Instant): void {
  if (output.outcome && output.settled) return;
  const cancelled = { status: 'cancelled' as const, by: by.id, at: now };
  const outcome = output.outcome ?? cancelled;
  writes.outcome({
    id: output.id,
    outcome,
    outcome_status: outcome.status,
    outcome_at: outcome.at,
    undo_until: null,
    settled: true,
  });
  if (!output.outcome) {
    const data = { gate: output.gate };
    writes.say(by, { type: 'output.cancelled', subject: output.id, data });
  }
  writes.say(by, decidedEvent(output, outcome));
}

/** Erases a contact for good (rule A13): every conversation with them, who they are, and the tokens of
 *  their browsers. That there was somebody, and when, stays. Whoever the host signs in under the same
 *  id later is somebody new.
 *  @throws Refusal not_found */
export async function eraseContact(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  given: string,
): Promise<Contact> {
  // Whoever was joined with another is that one.
  const id = await ports.database.transact(by, (tx) => survivorOf(tx, by, given));
  for (;;) {
    const left = await ports.database.transact(by, (tx) =>
      conversationsLeft(tx, by, id, most_conversations),
    );
    for (const one of left) await eraseConversation(ports, rulings, by, one);
    const contact = await ports.database.transact(by, (tx) => wipeIfDone(tx, by, id));
    if (!contact) continue;
    ports.database.wake();
    return contact;
  }
}

/** @returns undefined while a conversation is left, or was begun meanwhile */
async function wipeIfDone(tx: Tx, by: Principal, id: string): Promise<Contact | undefined> {
  const row = await lockContact(tx, by, id);
  if (!row) throw refuse('not_found', { contact_id: id });
  if ((await conversationsLeft(tx, by, id, 1)).length) return undefined;
  if (!row.erased_at) {
    await wipeTraces(tx, by, await wipeContact(tx, by, id), erased_status);
    appendEvents(tx, by, by, [{ type: 'contact.erased', subject: id, data: {} }]);
  }
  return (await contactsById(tx, by, [id])).get(id);
}
