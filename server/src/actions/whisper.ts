import {
  canonical,
  type Json,
  type Message,
  type Principal,
  refuse,
  standing,
  type WhisperSubmission,
  whisper,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findMessage } from '../store/messages.ts';
import { handOf, lockConversation, saved } from './conversation.ts';
import { newSalt } from './salt.ts';

/** A note to the member who has the wheel, for them alone, from a lead who reads along (rule W37).
 *  @throws Refusal not_found, nobody_hears, id_taken, forbidden for a program */
export async function whisperTo(
  ports: Ports,
  by: Principal,
  conversation_id: string,
  { id: given, text }: WhisperSubmission,
): Promise<Message> {
  const message = await ports.database.transact(by, async (tx) => {
    const row = standing(await lockConversation(tx, by, conversation_id));
    if (by.kind !== 'member') throw refuse('forbidden', {}, 'People whisper, and no program does.');
    const hand = handOf(ports, tx, by);
    const id = given ?? ports.makeId('message', hand.now);
    const body = { kind: 'text' as const, text };
    const known = given ? await findMessage(tx, by, id) : undefined;
    if (known) {
      const own = known.conversation_id === conversation_id && known.author_id === by.id;
      const same = canonical(known.body as Json) === canonical(body);
      if (own && same && known.whisper_to) return known;
      throw refuse('id_taken', { id });
    }
    const turn = whisper(row, hand, {
      ...{ id, salt: newSalt(ports.chance), body },
      ...{ author_kind: 'member', author_id: by.id, author_name: by.name },
    });
    return saved(tx, by, turn);
  });
  ports.database.wake();
  return message;
}
