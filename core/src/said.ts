import type { ConversationRecord } from './conversation.ts';
import type { NewEvent } from './event.ts';
import { evidenceOf } from './evidence.ts';
import type { Json } from './json.ts';
import type { AuthorKind, Citation, SaidBody } from './message.ts';
import type { SuggestedUse } from './suggested-reply.ts';
import type { Instant } from './time.ts';

/** A message as it is about to be written. */
export interface NewMessage {
  id: string;
  /** What its digest in the record is salted with. */
  salt: string;
  author_kind: AuthorKind;
  author_id: string;
  author_name: string | null;
  audience: 'all' | 'team';
  body: SaidBody;
  output_id?: string | null;
  approved_by?: string | null;
  citations?: Citation[];
  /** Broken off where it was when the bot lost the wheel, or its turn. */
  cut?: boolean;
  /** The member whom a note is for alone. */
  whisper_to?: string | null;
  /** What a member made of the suggested reply that it began as. */
  suggested?: SuggestedUse;
}
export interface NumberedMessage extends NewMessage {
  conversation_id: string;
  seq: number;
  at: Instant;
}

/** What an act makes of a conversation: as it then is, what is said in it, and what is recorded. */
export interface Turn {
  next: ConversationRecord;
  messages: NumberedMessage[];
  events: NewEvent[];
}

/** The same conversation with one more message, under the next number (rule W1). */
export function said(
  turn: Turn,
  message: NewMessage,
  type: NewEvent['type'] | null,
  now: Instant,
): Turn {
  const seq = turn.next.seq + 1;
  const numbered = { ...message, conversation_id: turn.next.id, seq, at: now };
  const { salt, body, author_kind, audience, output_id } = message;
  const data = {
    message_id: message.id,
    seq,
    author_kind,
    audience,
    epoch: turn.next.epoch,
    ...(output_id ? { output_id } : {}),
    ...(message.cut ? { cut: true } : {}),
    ...(message.whisper_to ? { to: message.whisper_to } : {}),
    ...(message.suggested ? { suggested: { ...message.suggested } } : {}),
    evidence: evidenceOf(salt, body as unknown as Json),
  };
  return {
    next: { ...turn.next, seq, active_at: now },
    messages: [...turn.messages, numbered],
    events: type ? [...turn.events, { type, subject: turn.next.id, data }] : turn.events,
  };
}

/** A reply that was being said ends here: what the customer has seen of it is a message, marked as cut
 *  off, so that what stands in the conversation is what was seen (rule W14). */
export function cutShort(conversation: ConversationRecord, now: Instant): Turn {
  const { streaming, ...rest } = conversation;
  const turn: Turn = { next: { ...rest, streaming: null }, messages: [], events: [] };
  if (!streaming?.text) return turn;
  const { message_id: id, salt, text, author_name } = streaming;
  const message: NewMessage = {
    id,
    salt,
    author_kind: 'bot',
    author_id: `bot:${conversation.bot}`,
    author_name,
    audience: 'all',
    body: { kind: 'text', text },
    cut: true,
  };
  return said(turn, message, 'message.sent', now);
}
