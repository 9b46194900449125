import type { ConversationRecord } from './conversation.ts';
import type { NewEvent } from './event.ts';
import { cutShort, type NewMessage, said, type Turn } from './said.ts';
import type { Instant } from './time.ts';

export type Dropped = 'taken' | 'stale' | 'overtaken' | 'resolved';

/** Why what a bot begins, or says, under an epoch may not be any more (rules W4 and W51); undefined while
 *  it may. */
export function fenced(
  { owner_kind, epoch: now, state }: ConversationRecord,
  { epoch }: { epoch: number },
): Dropped | undefined {
  if (owner_kind !== 'bot') return 'taken';
  if (now !== epoch) return 'stale';
  return state === 'resolved' ? 'resolved' : undefined;
}

/** A word of the bot's arrives at the conversation, at last. It is said only if the bot still has the
 *  wheel under the epoch it was made in (rule W4), and, unless a person approved it or it tells what
 *  came of a call, only if the customer has not said more since (rule W5).
 *  @returns why it was dropped, or the conversation with it */
export function speak(
  conversation: ConversationRecord,
  word: {
    epoch: number;
    for_seq: number;
    message: NewMessage;
    message_id?: string | undefined;
    /** It tells what came of a call. */
    tells?: boolean;
    /** The bot says or does something else as well, and owes that still. */
    beside?: boolean;
  },
  now: Instant,
): Turn | Dropped {
  const { epoch, for_seq, message, tells = false, beside = false } = word;
  const why = fenced(conversation, { epoch });
  if (why) return why;
  const newest = conversation.turn_seq === for_seq;
  if (!newest && !tells && !message.approved_by) return 'overtaken';
  const { streaming } = conversation;
  // The whole takes the place of what was seen of it. A reply that an earlier message got, approved at
  // last, breaks off none that is being said.
  const ends = newest && !beside;
  const from = ends ? { ...conversation, streaming: null } : conversation;
  const own = ends && streaming?.message_id === word.message_id;
  const whole = own && word.message_id ? { ...message, id: word.message_id } : message;
  const turn = said({ next: from, messages: [], events: [] }, whole, 'message.sent', now);
  const { next } = turn;
  const turn_seq = ends ? null : next.turn_seq;
  return {
    ...turn,
    next: {
      ...next,
      turn_seq,
      waiting_since: turn_seq === null ? null : next.waiting_since,
      first_reply_at: next.first_reply_at ?? now,
    },
  };
}

/** The bot owes nothing any more for a message: what it had to say waits for a person. What was seen of
 *  it stands, cut off (rule W14).
 *  @param held the output that waits, if it is a reply
 *  @returns undefined when the conversation has gone on */
export function endTurn(
  conversation: ConversationRecord,
  { epoch, for_seq, held }: { epoch: number; for_seq: number; held?: string | undefined },
  now: Instant,
): Turn | undefined {
  if (conversation.epoch !== epoch || conversation.turn_seq !== for_seq) return undefined;
  const turn = cutShort(conversation, now);
  const events = held ? [...turn.events, draftedEvent(conversation.id, held)] : turn.events;
  return { ...turn, events, next: { ...turn.next, turn_seq: null } };
}

/** A reply of the bot's waits for a person. */
export const draftedEvent = (subject: string, output_id: string): NewEvent => ({
  type: 'conversation.drafted',
  subject,
  data: { output_id },
});
