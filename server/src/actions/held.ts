import { draftedEvent, isRefusal, type Scope } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { lookAtClock } from '../store/clocks.ts';
import { heldReply, type OpenDraft, openDrafts } from '../store/effects.ts';
import { appendEvents } from '../store/events.ts';
import { messagesBefore } from '../store/messages.ts';
import { lockConversation } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { botPrincipal } from './hand-off.ts';
import { cancelOutput } from './read-output.ts';

interface Withdrawing {
  ports: Ports;
  rulings: RulingsCache;
}

/** Beside its turn a bot would say something that waits for a person: whoever is there is told, and the
 *  customer is to be (rule W80). */
export async function replyWaits(
  { database }: Ports,
  scope: Scope,
  bot: string,
  conversation_id: string,
  output_id: string,
): Promise<void> {
  await database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, conversation_id);
    if (!(await heldReply(tx, scope, row))) return;
    appendEvents(tx, scope, botPrincipal(scope, bot), [draftedEvent(conversation_id, output_id)]);
    lookAtClock(tx, scope, conversation_id);
  });
  database.wake();
}

/** Whether the customer has just been told that a person looks first: of several calls they are told once. */
export async function isToldHeld(
  tx: Tx,
  scope: Scope,
  { id, seq }: { id: string; seq: number },
): Promise<boolean> {
  const [last] = await messagesBefore(tx, scope, id, seq + 1, 1);
  return last?.body.kind === 'line' && last.body.line === 'approval';
}

/** Withdraws what a bot drafted before a person took the wheel, and nothing that it drafts since it has
 *  it again: the customer would hear no more of it. */
export async function voidDrafts(
  withdrawing: Withdrawing,
  workspace_id: string,
  conversation_id: string,
): Promise<void> {
  const scope = { workspace_id };
  const drafts = await withdrawing.ports.database.transact(scope, (tx) =>
    openDrafts(tx, workspace_id, conversation_id),
  );
  await withdraw(withdrawing, scope, drafts.filter(isVoid));
}

export const isVoid = ({ stands }: OpenDraft): boolean => !stands;

/** Takes back what waits for a person; what was decided meanwhile stays decided. */
export async function withdraw(
  { ports, rulings }: Withdrawing,
  scope: Scope,
  drafts: OpenDraft[],
): Promise<void> {
  for (const { id } of drafts) {
    const by = botPrincipal(scope, 'system');
    await cancelOutput(ports, rulings, by, id, 'The conversation went on without it.').catch(
      (refusal) => {
        if (!isRefusal(refusal)) throw refusal;
      },
    );
  }
}
