import * as z from 'zod';
import { ContactSubmission } from './contact.ts';
import { ConversationState, owner_kinds } from './conversation.ts';
import { Thumb } from './feedback.ts';
import { FileLimits } from './file.ts';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { author_kinds, Citation, CustomerBody, StoredBody } from './message.ts';
import { PreChatForm } from './pre-chat-form.ts';
import { PreferenceQuestion } from './preference.ts';
import { RatingScale } from './rating.ts';

/** What a customer gets: no note, no label, no reason, nothing that is the team's alone (rule W8). */
export const ChatMessage = z.object({
  id: idOf('message'),
  /** Where it stands. What is written to a conversation that was merged stands in the other. */
  conversation_id: idOf('conversation'),
  seq: z.int(),
  author_kind: z.enum(author_kinds),
  author_name: z.string().nullable(),
  body: StoredBody,
  /** Whether a person approved what the AI says here. */
  approved: z.boolean(),
  /** To say what one thinks of an AI's reply. */
  output_id: z.string().nullable(),
  /** What the customer said they think of it. */
  thumb: Thumb.nullable(),
  citations: z.array(Citation),
  /** Whether it broke off: a person came, or the customer went on, while it was being said. */
  cut: z.boolean(),
  at: z.string(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const Chat = z.object({
  id: idOf('conversation'),
  state: ConversationState,
  /** The conversation in which this one goes on: what is written here stands there (rule W35). */
  merged_into: idOf('conversation').nullable(),
  /** Who answers: a bot, a person by name, or a queue in which a person is waited for. */
  owner: z.object({ kind: z.enum(owner_kinds), name: z.string() }),
  /** How many wait before this one; null unless a person is waited for. */
  ahead: z.int().nullable(),
  /** About how long people wait there until a person comes: the median of the last day's waits; null
   *  while no person is waited for, or too few waits are known. */
  wait_ms: z.number().nullable(),
  /** When people are there again; null while a person may come at any time, or none is waited for. */
  back_at: z.string().nullable(),
  /** Whether the customer may leave where they can be called back, or has left it. */
  call_back: z.enum(['offered', 'asked']).nullable(),
  seq: z.int(),
  /** What the assistant has said so far of the reply that it is writing; the message with this id
   *  takes its place. */
  streaming: z.object({ id: idOf('message'), text: z.string() }).nullable(),
  /** How far the team has read, so that the customer sees that it was. */
  team_read_seq: z.int(),
  /** Whether a member is writing, or the bot is at an answer. */
  typing: z.boolean(),
  /** Two answers, of which it is asked which is better; null while nothing of the kind is asked. */
  preference: PreferenceQuestion.nullable(),
  /** Whether it helped is asked, on which scale, and what was answered; null while the conversation
   *  goes on, or where its bot does not ask. */
  rating: z
    .object({ scale: RatingScale, score: z.int().nullable(), comment: z.string().nullable() })
    .nullable(),
});
export type Chat = z.infer<typeof Chat>;

/** One of a customer's conversations, to choose from. */
export const ChatRow = Chat.extend({
  /** What was last said, in one line. */
  last: z.string(),
  active_at: z.string(),
});
export type ChatRow = z.infer<typeof ChatRow>;

export const ChatTranscript = z.object({
  chat: Chat,
  messages: z.array(ChatMessage),
  more: z.boolean(),
});
export type ChatTranscript = z.infer<typeof ChatTranscript>;

export const ChatSubmission = z.strictObject({
  id: idOf('conversation').optional(),
  bot: Name.default('default'),
});
export const ChatMessageSubmission = z.strictObject({
  id: idOf('message').optional(),
  body: CustomerBody,
});

/** How far a customer's client has it, up to the number of a message; what was read need not be told as
 *  delivered too. */
export const ChatReadSubmission = z
  .strictObject({
    /** The last that was shown to them. */
    seq: z.int().min(0).optional(),
    /** The last that has come to their browser. */
    delivered_seq: z.int().min(0).optional(),
  })
  .refine(({ seq, delivered_seq }) => seq !== undefined || delivered_seq !== undefined, {
    path: ['seq'],
    message: 'is missing, and so is delivered_seq',
  });
export type ChatReadSubmission = z.infer<typeof ChatReadSubmission>;

export const VisitorSubmission = z.strictObject({
  workspace_id: idOf('workspace').optional(),
  bot: Name.default('default'),
  /** What the visitor tells of themselves, before the chat. */
  contact: ContactSubmission.omit({ external_id: true }).prefault({}),
  /** Who the host page says it is: a JSON Web Token (HS256) signed with the bot's identity secret. */
  identity: Text(4_000).optional(),
});
export type VisitorSubmission = z.infer<typeof VisitorSubmission>;

export const Visitor = z.object({
  /** Kept by the browser, sent as "Authorization: Bearer wv_…"; it stands for this contact alone. */
  token: z.string(),
  contact_id: idOf('contact'),
  /** Whether the host page vouches for who this is, and until when; the token ends with that. */
  verified: z.boolean(),
  expires_at: z.string().nullable(),
  bot: z.object({ name: Name, title: z.string(), greeting: z.string().nullable() }),
  /** What is asked of them before their first message, without what is known of them already. */
  pre_chat_form: PreChatForm.nullable(),
  /** What files may be shared. */
  files: FileLimits,
});
export type Visitor = z.infer<typeof Visitor>;
