import * as z from 'zod';
import type { ConversationRecord } from './conversation.ts';
import { Share } from './desk.ts';
import { Side } from './feedback.ts';
import { idOf, Name } from './id.ts';
import { StoredJson } from './json.ts';
import { Citation } from './message.ts';
import { type NewMessage, said, type Turn } from './said.ts';
import { type Dropped, endTurn, fenced } from './speak.ts';
import { type Instant, Moment } from './time.ts';

/** Two answers to the same words, of which the customer is asked which is better (rule W65). Both passed
 *  the bot's gate, and neither is said before it is chosen. */
export const Pair = z.object({
  /** By place, the outputs. */
  first: idOf('output'),
  second: idOf('output'),
});
export type Pair = z.infer<typeof Pair>;

/** One question, as it is kept: whatever became of it. */
export interface PreferenceRecord extends Pair {
  /** The answer that the bot would have given; it is one of the two. */
  output_id: string;
  conversation_id: string;
  contact_id: string;
  bot: string;
  epoch: number;
  for_seq: number;
  asked_at: Instant;
  chosen_side: Side | null;
  chosen_at: Instant | null;
}

const Alternative = z.object({
  output_id: idOf('output'),
  text: z.string(),
  citations: z.array(Citation),
});
/** What the customer chooses between. */
export const PreferenceQuestion = z.object({ first: Alternative, second: Alternative });
export type PreferenceQuestion = z.infer<typeof PreferenceQuestion>;

export const PreferenceSubmission = z.strictObject({
  /** The output of the answer that is better. */
  output_id: idOf('output'),
});
export type PreferenceSubmission = z.infer<typeof PreferenceSubmission>;

/** A choice, as one trains on it: what was asked, the answer that was chosen and the one that was not. */
export const Preference = z.object({
  conversation_id: idOf('conversation'),
  bot: Name,
  /** What the bot had before it; null once that was erased. */
  prompt: StoredJson.nullable(),
  chosen: StoredJson.nullable(),
  rejected: StoredJson.nullable(),
  chosen_output_id: idOf('output'),
  rejected_output_id: idOf('output'),
  /** At which place the chosen one stood. */
  chosen_side: Side,
  /** Whether the chosen one is the one that the bot would have said. */
  chosen_is_own: z.boolean(),
  asked_at: z.string(),
  chosen_at: z.string(),
});
export type Preference = z.infer<typeof Preference>;

export const PreferenceFilter = z.strictObject({
  bot: Name.optional(),
  since: Moment.optional(),
  until: Moment.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PreferenceFilter = z.infer<typeof PreferenceFilter>;

/** What customers chose in a stretch of time, and how far the place an answer stood at had a part in it. */
export const PreferenceFigures = z.object({
  asked: z.int(),
  chosen: z.int(),
  /** How often the bot's own first choice was better. */
  own: Share,
  /** The same where it stood first, and where it stood second: without a bias they are alike. */
  own_when_first: Share,
  own_when_second: Share,
  /** How often the answer that stood first was chosen; half, where its place has no part in it. */
  first: Share,
});
export type PreferenceFigures = z.infer<typeof PreferenceFigures>;

/** The customer is asked which of two answers is better, in place of the one that would be said. The bot
 *  owes nothing more: whoever writes on without choosing is answered as ever.
 *  @returns why it is not asked any more, or the conversation with it */
export function askPreference(
  conversation: ConversationRecord,
  { epoch, for_seq, pair }: { epoch: number; for_seq: number; pair: Pair },
  now: Instant,
): Turn | Dropped {
  const why = fenced(conversation, { epoch });
  if (why) return why;
  const turn = endTurn(conversation, { epoch, for_seq }, now);
  if (!turn) return 'overtaken';
  const { first, second } = pair;
  const data = { first, second, epoch, for_seq };
  const event = { type: 'conversation.preference_asked', subject: conversation.id, data } as const;
  const next = { ...turn.next, waiting_since: null };
  return { ...turn, next, events: [...turn.events, event] };
}

type Asked = Pick<PreferenceRecord, 'epoch' | 'for_seq' | 'chosen_side'>;

/** Whether a question may still be answered: nobody has taken the wheel since, the customer has not
 *  written on, and it was not answered (rule W65). */
export const stands = (conversation: ConversationRecord, asked: Asked): boolean =>
  asked.chosen_side === null &&
  fenced(conversation, asked) === undefined &&
  conversation.turn_seq === null &&
  conversation.customer_seq === asked.for_seq;

/** The chosen answer is said. It is the caller's to see that the question stands. */
export function choosePreference(
  conversation: ConversationRecord,
  { message, side, over }: { message: NewMessage; side: Side; over: string },
  now: Instant,
): Turn {
  const data = { chosen: message.output_id, over, side };
  const event = { type: 'conversation.preference_given', subject: conversation.id, data } as const;
  const begun = { next: conversation, messages: [], events: [event] };
  const turn = said(begun, message, 'message.sent', now);
  const next = { ...turn.next, first_reply_at: turn.next.first_reply_at ?? now };
  return { ...turn, next };
}

const bare = (text: string) => text.toLowerCase().replaceAll(/[\p{P}\p{Z}\p{C}\p{S}]+/gu, '');
/** Whether two answers say something different: not the same words under other marks, and neither no
 *  more than a part of the other. */
export function differs(text: string, other: string): boolean {
  const [a, b] = [bare(text), bare(other)];
  return !a.includes(b) && !b.includes(a);
}
