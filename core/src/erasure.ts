import type { ConversationRecord } from './conversation.ts';
import type { Turn } from './said.ts';
import { type Hand, resolve } from './wheel.ts';

/** What stands where content was. */
export const erased_word = 'Erased';

/** A conversation without what was said of it and in it, which ends with that: the bot has the wheel
 *  under another epoch, and says nothing more. Who had it and when, how often it was spoken and how it
 *  went stay, so that reports count as before (rule A12). */
export function erase(conversation: ConversationRecord, hand: Hand): Turn {
  const emptied: ConversationRecord = {
    ...conversation,
    title: erased_word,
    labels: [],
    language: null,
    // What was seen of a reply that is being written is no message any more, nor is anybody called back.
    streaming: null,
    call_back: null,
    routing: null,
    turn_seq: null,
  };
  const ended = resolve(emptied, hand);
  const event = {
    type: 'conversation.erased' as const,
    subject: conversation.id,
    data: { contact_id: conversation.contact_id },
  };
  return { ...ended, events: [...ended.events, event] };
}
