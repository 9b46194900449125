import * as z from 'zod';
import { AskedPreference } from './asked-preference.ts';
import { CallBack } from './call-back.ts';
import { Contact, ContactSubmission } from './contact.ts';
import { Thumb } from './feedback.ts';
import { idOf, Name } from './id.ts';
import { Label, Text } from './json.ts';
import { Answering, Looking } from './looking.ts';
import { Message } from './message.ts';
import { presence_kinds } from './people.ts';
import { Rating } from './rating.ts';
import { LanguageTag, type Routing } from './routing.ts';
import { type Due, type Promised, TargetKind, type Timing } from './target.ts';
import type { Instant } from './time.ts';

/** Who has the wheel: exactly one at a time. A queue has it while a person is waited for. */
export const owner_kinds = ['bot', 'queue', 'member'] as const;
export type OwnerKind = (typeof owner_kinds)[number];
export const Owner = z.object({ kind: z.enum(owner_kinds), id: z.string() });
export type Owner = z.infer<typeof Owner>;

export const conversation_states = ['open', 'resolved'] as const;
export const ConversationState = z.enum(conversation_states);
export type ConversationState = z.infer<typeof ConversationState>;

/** Why a person was asked for. */
export const hand_off_reasons = [
  'asked',
  'low_confidence',
  'rule',
  'off',
  'failed',
  'frustrated',
  'rejected',
  'blocked',
  'transferred',
  'silent',
  'paused',
  'tool',
  'undecided',
] as const;
export const HandOffReason = z.enum(hand_off_reasons);
export type HandOffReason = z.infer<typeof HandOffReason>;

/** How freely a bot speaks: by itself, as drafts that a person sends, or not at all. */
export const postures = ['auto', 'draft', 'off'] as const;
export const Posture = z.enum(postures);
export type Posture = z.infer<typeof Posture>;

/** A reply that is being said: what the customer sees of it so far, and the turn it belongs to. */
export interface Streaming {
  /** The message that it will be, whole or cut off. */
  message_id: string;
  salt: string;
  author_name: string;
  text: string;
}

/** The record of a conversation as the store keeps it. */
export interface ConversationRecord extends Due {
  id: string;
  workspace_id: string;
  contact_id: string;
  channel: string;
  bot: string;
  title: string;
  state: ConversationState;
  owner_kind: OwnerKind;
  owner_id: string;
  /** Raised with every change of owner; whatever was begun under an older one is dropped. */
  epoch: number;
  /** The number of the last message. */
  seq: number;
  /** The customer's message that the bot owes an answer to; null when it owes none. */
  turn_seq: number | null;
  /** What the customer sees of the reply that is being written; null when none is. */
  streaming: Streaming | null;
  /** The number of the customer's last message. */
  customer_seq: number | null;
  /** The hand-off that is under way: its output, which a case stands for. */
  hand_off_output_id: string | null;
  hand_off_reason: HandOffReason | null;
  /** Whom the hand-off needs, and to whom it is offered; null while no person is waited for. */
  routing: Routing | null;
  call_back: CallBack | null;
  posture: Posture | null;
  language: string | null;
  priority: number;
  labels: string[];
  /** Since when the customer has waited for an answer; null when it is their turn. */
  waiting_since: Instant | null;
  first_reply_at: Instant | null;
  /** What its bot promises now, and how it stands against that. */
  promised: Promised | null;
  timing: Timing;
  /** Until when its member has put it aside. */
  snoozed_until: Instant | null;
  /** The conversation in which its customer goes on; null for one that stands by itself (rule W35). */
  merged_into: string | null;
  customer_read_seq: number;
  customer_delivered_seq: number;
  team_read_seq: number;
  resolved_at: Instant | null;
  created_at: Instant;
  /** When the last message came or went. */
  active_at: Instant;
  /** Since when nothing of what was said is left (rule A12). */
  erased_at: Instant | null;
}

export const Conversation = z.object({
  id: idOf('conversation'),
  contact: Contact,
  channel: z.string(),
  bot: Name,
  title: z.string(),
  state: ConversationState,
  owner: Owner.extend({ name: z.string() }),
  epoch: z.int(),
  seq: z.int(),
  ...Answering.shape,
  hand_off: z
    .object({
      output_id: idOf('output'),
      case_id: idOf('case').nullable(),
      reason: HandOffReason,
      /** Who is needed, as far as that was not dropped since. */
      skills: z.array(z.string()),
      language: z.string().nullable(),
      /** Whose it is to take, until when; null while it is anybody's. */
      offered_to: z
        .object({
          id: z.string(),
          name: z.string(),
          until: z.string(),
          /** Whoever is not there comes when they are, or lets it go to others. */
          presence: z.enum(presence_kinds),
        })
        .nullable(),
      /** The colleague who sent it, and why. */
      sent_by: z.object({ id: z.string(), name: z.string() }).nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
  /** What the bot would say, or do with a tool, and a person is to decide on: the oldest of it, and since
   *  when it waits. */
  draft: z
    .object({
      output_id: idOf('output'),
      case_id: idOf('case').nullable(),
      since: z.string(),
      tool: Name.nullable(),
      /** What people call that tool. */
      tool_title: z.string().nullable(),
    })
    .nullable(),
  /** That the customer may be called back, and how, where they left that. */
  call_back: CallBack.nullable(),
  /** Why a person has it, or is waited for; null while the bot has it. */
  reason: HandOffReason.nullable(),
  posture: Posture.nullable(),
  language: z.string().nullable(),
  priority: z.int(),
  labels: z.array(z.string()),
  waiting_since: z.string().nullable(),
  first_reply_at: z.string().nullable(),
  /** When a promise to the customer is broken, and which: the earliest of those that run. */
  due_at: z.string().nullable(),
  due_for: TargetKind.nullable(),
  /** Those that are broken already, while they still wait for it. */
  breached: z.array(TargetKind),
  snoozed_until: z.string().nullable(),
  /** The conversation in which its customer goes on; nothing more is said in this one. */
  merged_into: idOf('conversation').nullable(),
  customer_read_seq: z.int(),
  customer_delivered_seq: z.int(),
  team_read_seq: z.int(),
  resolved_at: z.string().nullable(),
  created_at: z.string(),
  active_at: z.string(),
  /** Since when nothing of what was said is left. */
  erased_at: z.string().nullable(),
  ...Looking.shape,
});
export type Conversation = z.infer<typeof Conversation>;

export const ConversationRow = Conversation.extend({
  last: z.object({ author_kind: z.string(), text: z.string(), at: z.string() }).nullable(),
});
export type ConversationRow = z.infer<typeof ConversationRow>;

export const ConversationSubmission = z.strictObject({
  id: idOf('conversation').optional(),
  bot: Name.default('default'),
  contact: ContactSubmission.prefault({}),
  channel: Name.default('api'),
  title: Label(300).optional(),
});
export type ConversationSubmission = z.infer<typeof ConversationSubmission>;

export const conversation_views = [
  'waiting',
  'mine',
  'bot',
  'open',
  'snoozed',
  'resolved',
  /** Those in which a note names whoever asks. */
  'mentions',
] as const;
export const ConversationFilter = z.strictObject({
  view: z.enum(conversation_views).optional(),
  contact_id: idOf('contact').optional(),
  /** Those that wait in a queue. */
  queue: Name.optional(),
  label: Label(100).optional(),
  min_priority: z.coerce.number().int().min(-100).max(100).optional(),
  /** Whether the customer has said something that nobody of the team has read. */
  unread: z.enum(['true', 'false']).optional(),
  /** By what is due, the most urgent first, or by who was active last. */
  order: z.enum(['due', 'active']).optional(),
  /** Words in its title, its labels, or the customer's name, e-mail address or id. */
  q: Text(200).optional(),
  cursor: Text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ConversationFilter = z.infer<typeof ConversationFilter>;

/** How many conversations stand in each list of open ones. */
export const ConversationCounts = z.object({
  waiting: z.int(),
  mine: z.int(),
  bot: z.int(),
  open: z.int(),
  snoozed: z.int(),
});
export type ConversationCounts = z.infer<typeof ConversationCounts>;

export const MergeSubmission = z.strictObject({
  /** The conversation that goes on. */
  into: idOf('conversation'),
});
export type MergeSubmission = z.infer<typeof MergeSubmission>;

/** A conversation that goes on in another, as that one tells it. */
export const MergedPart = z.object({
  id: idOf('conversation'),
  title: z.string(),
  /** How many messages stand in it, under numbers of its own. */
  seq: z.int(),
  created_at: z.string(),
});
export type MergedPart = z.infer<typeof MergedPart>;

/** A stretch of messages, oldest first, with the conversation as it was when they were read. */
export const Transcript = z.object({
  conversation: Conversation,
  messages: z.array(Message),
  /** Whether there are earlier ones than these. */
  more: z.boolean(),
  /** What the customer thinks of the AI's replies, by output. */
  thumbs: z.array(Thumb.extend({ output_id: idOf('output') })),
  /** What the customer said at each end of it. */
  ratings: z.array(Rating),
  /** The newest questions which of two answers is better, oldest first. */
  preferences: z.array(AskedPreference),
  /** Those that were merged into it, which are read where they are. */
  merged: z.array(MergedPart),
});
export type Transcript = z.infer<typeof Transcript>;

export const ConversationChange = z.strictObject({
  title: Text(300).optional(),
  priority: z.int().min(-100).max(100).optional(),
  labels: z.array(Label(100)).max(50).optional(),
  /** How freely the bot speaks in it; null is as the bot does elsewhere. */
  posture: Posture.nullable().optional(),
  language: LanguageTag.nullable().optional(),
});
export type ConversationChange = z.infer<typeof ConversationChange>;

/** The conversation that an output belongs to, as a fact for the record. A stranger's own name for one
 *  may say who it is, and the record keeps no such thing. */
export const conversationOf = ({
  conversation_id,
}: {
  conversation_id: string | null;
}): { conversation_id?: string } => {
  const { success, data } = idOf('conversation').safeParse(conversation_id);
  return success ? { conversation_id: data } : {};
};
