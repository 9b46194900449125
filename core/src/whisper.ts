import type { ConversationRecord } from './conversation.ts';
import { refuse } from './refusal.ts';
import { type NewMessage, said, type Turn } from './said.ts';
import type { Hand } from './wheel.ts';

/** A lead tells the member who has the wheel something, for them alone (rule W37). It is a note, so it
 *  moves nothing and no customer sees it.
 *  @throws Refusal nobody_hears when no other member has the wheel */
export function whisper(
  conversation: ConversationRecord,
  hand: Hand,
  message: Omit<NewMessage, 'audience' | 'whisper_to'>,
): Turn {
  const { id, owner_kind, owner_id } = conversation;
  if (owner_kind !== 'member' || owner_id === hand.id) {
    throw refuse('nobody_hears', { conversation_id: id });
  }
  const note: NewMessage = { ...message, audience: 'team', whisper_to: owner_id };
  const turn: Turn = { next: conversation, messages: [], events: [] };
  return said(turn, note, 'conversation.whispered', hand.now);
}
