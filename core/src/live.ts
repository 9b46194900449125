import * as z from 'zod';
import { HandOffReason, Owner } from './conversation.ts';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { longest_message } from './message.ts';
import { Member } from './people.ts';
import { Role } from './role.ts';

/** A conversation without its words, as whoever looks after all of them needs it. */
export const LiveConversation = z.object({
  id: idOf('conversation'),
  /** What the customer is called; null when they gave no name. */
  customer: z.string().nullable(),
  channel: z.string(),
  bot: Name,
  owner: Owner.extend({ name: z.string() }),
  /** Since when its owner has the wheel; null where the bot had it from the start. */
  owned_at: z.string().nullable(),
  /** Since when the customer has waited for an answer; null when it is their turn. */
  waiting_since: z.string().nullable(),
  /** Why a person was asked for. */
  reason: HandOffReason.nullable(),
  priority: z.int(),
  /** When what the customer is promised next is due; null where nothing is. */
  due_at: z.string().nullable(),
  active_at: z.string(),
});
export type LiveConversation = z.infer<typeof LiveConversation>;

/** One that waits for a person: where it stands in its queue, and when one may come. */
export const LiveWaiting = LiveConversation.extend({
  /** 1 is next. */
  place: z.int(),
  /** About how long people wait in this queue until a person comes: the median of the last day's
   *  waits; null when too few are known. */
  wait_ms: z.number().nullable(),
  /** When people are there again; null while they are there, or where no hours are kept. */
  back_at: z.string().nullable(),
});
export type LiveWaiting = z.infer<typeof LiveWaiting>;

const some = <Row extends z.ZodType>(row: Row) =>
  z.object({
    /** How many there are in all; the rows are the first of them. */
    count: z.int(),
    rows: z.array(row),
  });

/** What goes on in all conversations at one moment, for leads and above. */
export const LiveView = z.object({
  at: z.string(),
  /** Waiting for a person: by queue, in the order in which they are next. */
  waiting: some(LiveWaiting),
  /** Open ones in which the customer waits for an answer, whoever has the wheel; longest first. */
  unanswered: some(LiveConversation),
  /** Open ones in which what was promised is late; the latest first. */
  overdue: some(LiveConversation),
  /** Those that a bot has, with a message in the last `with_bots_ms`; last active first. */
  with_bots: some(LiveConversation),
  with_bots_ms: z.number(),
  /** Members with the wheel of a conversation, and everyone else who may take one. */
  people: z.array(
    z.object({
      id: idOf('member'),
      name: z.string(),
      role: Role,
      /** Whether they are at the desk and take what comes (rule W27). */
      presence: Member.shape.presence,
      /** How many conversations they take on at once. */
      capacity: z.int(),
      /** How many open ones they have the wheel of. */
      conversations: z.int(),
      /** In how many of those the customer waits for an answer, and since when the first of them. */
      owing: z.int(),
      owing_since: z.string().nullable(),
    }),
  ),
  bots: z.array(
    z.object({
      name: Name,
      title: z.string(),
      /** Those of `with_bots` that it has. */
      conversations: z.int(),
      stopped_at: z.string().nullable(),
      /** Who stopped it. */
      stopped_by: z.string().nullable(),
    }),
  ),
});
export type LiveView = z.infer<typeof LiveView>;

/** A conversation that a bot has and in which nothing was said for longer than this is not under way. */
export const with_bots_ms = 15 * 60_000;

export const WhisperSubmission = z.strictObject({
  /** Made by the sender, so that a repeat meets its own message (rule W2). */
  id: idOf('message').optional(),
  text: Text(longest_message).refine((text) => /\S/u.test(text), 'is blank'),
});
export type WhisperSubmission = z.infer<typeof WhisperSubmission>;
