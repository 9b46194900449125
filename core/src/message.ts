import * as z from 'zod';
import { WebAddress } from './address.ts';
import { SharedFile } from './file.ts';
import { idOf } from './id.ts';
import { Label, StoredObject, Text } from './json.ts';

/** The longest text one message takes, in UTF-16 units. */
export const longest_message = 8_000;

const said = Text(longest_message).refine((text) => /\S/u.test(text), 'is blank');
const file = {
  url: WebAddress,
  name: Label(300).optional(),
  media_type: Text(100).optional(),
  bytes: z.int().min(0).optional(),
};
/** A choice offered under a message: picking it sends `value` as the customer's next message. */
const Button = z.strictObject({ label: Label(80), value: Text(500).min(1).optional() });

/** What anybody may say. */
const plain_bodies = [
  z.strictObject({ kind: z.literal('text'), text: said }),
  z.strictObject({ kind: z.literal('image'), ...file, alt: Text(1_000).optional() }),
  z.strictObject({ kind: z.literal('audio'), ...file }),
  z.strictObject({ kind: z.literal('file'), ...file }),
  z.strictObject({
    kind: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    label: Label(200).optional(),
  }),
] as const;

/** What a message holds. Text is Markdown, shown with links and emphasis only, never as HTML. */
export const MessageBody = z.discriminatedUnion('kind', [
  ...plain_bodies,
  z.strictObject({
    kind: z.literal('buttons'),
    text: said,
    buttons: z.array(Button).min(1).max(10),
  }),
  z.strictObject({
    kind: z.literal('card'),
    title: Label(200),
    text: Text(2_000).optional(),
    image_url: WebAddress.optional(),
    buttons: z.array(Button).max(3).default([]),
  }),
]);
export type MessageBody = z.infer<typeof MessageBody>;

/** What a customer says in their chat. To offer choices is for the team and its bots (rule S14). */
export const CustomerBody = z.discriminatedUnion('kind', [...plain_bodies]);

/** Where something that is said comes from, for the reader to look up. */
export const Citation = z.object({ title: z.string(), url: z.string().nullable() });
export type Citation = z.infer<typeof Citation>;

/** What happened to the conversation, said in it. Each reader's language has its own words for it. */
export const line_kinds = [
  'taken',
  'handed_off',
  'handed_back',
  'nobody_came',
  'paused',
  'still_waiting',
  'call_back_offered',
  'call_back_asked',
  'silent',
  'approval',
  'resolved',
  'merged',
  'merged_in',
] as const;
export const Line = z.strictObject({
  kind: z.literal('line'),
  line: z.enum(line_kinds),
  /** Who took the wheel, as the customer knows them. */
  name: z.string().optional(),
  /** How many wait before, and about how long people wait until a person comes, where it is known. */
  ahead: z.int().optional(),
  wait_ms: z.number().optional(),
  /** When people are there again, outside their hours. */
  back_at: z.string().optional(),
  /** The other of two that were merged. */
  conversation_id: idOf('conversation').optional(),
});
export type Line = z.infer<typeof Line>;

export const author_kinds = ['contact', 'bot', 'member', 'system'] as const;
export type AuthorKind = (typeof author_kinds)[number];

/** One message. Numbers in a conversation are gapless and in commit order (rule W1). */
export const Message = z.object({
  id: idOf('message'),
  conversation_id: idOf('conversation'),
  seq: z.int(),
  author_kind: z.enum(author_kinds),
  author_id: z.string(),
  author_name: z.string().nullable(),
  /** A note is for the team; the customer gets it in no payload. */
  audience: z.enum(['all', 'team']),
  body: z.union([MessageBody, SharedFile, Line]),
  /** The output that a bot's message was, judged by its gate. */
  output_id: idOf('output').nullable(),
  /** Who approved or edited it before it went; null when the gate let it through by itself. */
  approved_by: z.string().nullable(),
  /** Where what it says comes from, for the reader to look up. */
  citations: z.array(Citation),
  /** Whether it broke off: what stands here is what the customer saw of it. */
  cut: z.boolean(),
  /** Whom a lead's note is for: them, its author and leads alone; null for every other message. */
  whisper_to: idOf('member').nullable(),
  at: z.string(),
});
export type Message = z.infer<typeof Message>;

/** The suggested reply that a member's message began as, as it stood before they changed it. */
export const SuggestedReply = z.strictObject({
  text: said,
  /** The language model that put it so; null where it stands so in what the bot knows. */
  written_by: Label(200).nullable().default(null),
});
export type SuggestedReply = z.infer<typeof SuggestedReply>;

export const MessageSubmission = z.strictObject({
  /** Made by the sender, so that a repeat meets its own message (rule W2). */
  id: idOf('message').optional(),
  body: MessageBody,
  /** Who speaks: the customer, passed on by a key; or whoever asks. */
  from: z.enum(['contact', 'me']).default('me'),
  audience: z.enum(['all', 'team']).default('all'),
  mentions: z.array(idOf('member')).max(20).default([]),
  /** What became of it is kept in numbers, and counted in reports (rule W73). */
  suggested: SuggestedReply.optional(),
});
export type MessageSubmission = z.infer<typeof MessageSubmission>;

/** Whether a message is something to look at or listen to, shared or linked, of which the words are only
 *  a name. */
export const isFile = ({ kind }: SaidBody): boolean =>
  kind === 'image' || kind === 'audio' || kind === 'file';

/** The words of a message, for lists, for the bot and for search. */
export function wordsOf(body: SaidBody): string {
  switch (body.kind) {
    case 'text':
    case 'buttons':
      return body.text;
    case 'image':
      return ('alt' in body ? body.alt : undefined) ?? body.name ?? '';
    case 'audio':
    case 'file':
      return body.name ?? '';
    case 'card':
      return [body.title, body.text].filter(Boolean).join('\n');
    case 'location':
      return body.label ?? `${body.latitude}, ${body.longitude}`;
    case 'line':
      return '';
  }
}

/** Whatever a message may hold, as it is kept. */
export type SaidBody = MessageBody | SharedFile | Line;
export const StoredBody = StoredObject as unknown as z.ZodType<SaidBody>;
