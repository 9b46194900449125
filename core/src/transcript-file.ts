import * as z from 'zod';
import type { Conversation } from './conversation.ts';
import type { Line, Message } from './message.ts';
import { wordsOf } from './message.ts';

export const transcript_formats = ['text', 'markdown', 'json'] as const;
export type TranscriptFormat = (typeof transcript_formats)[number];

export const TranscriptFileQuery = z.strictObject({
  format: z.enum(transcript_formats).default('text'),
  /** With the team's notes, which the customer never saw. */
  notes: z.enum(['true', 'false']).default('false'),
});

/** What happened in a conversation, as the team says it. */
export function lineWords({ line, name }: Line): string {
  switch (line) {
    case 'taken':
      return `${name ?? 'A person'} took the wheel`;
    case 'handed_off':
      return 'A person was asked for';
    case 'handed_back':
      return 'The AI has the wheel again';
    case 'nobody_came':
      return 'Nobody came; the AI has the wheel again';
    case 'paused':
      return 'The AI is stopped';
    case 'still_waiting':
      return 'The customer was told that they still wait';
    case 'call_back_offered':
      return 'The customer was offered to be called back';
    case 'call_back_asked':
      return 'The customer asks to be called back';
    case 'silent':
      return `${name ?? 'Whoever had the wheel'} fell silent`;
    case 'approval':
      return 'The customer was told that a person looks at it first';
    case 'resolved':
      return 'Resolved';
    case 'merged':
      return 'Merged into another conversation, where the customer goes on';
    case 'merged_in':
      return 'Another conversation of this customer was merged into this one';
  }
}

export const spoken_by = ['customer', 'person', 'ai', 'ai_approved', 'system'] as const;
export type SpokenBy = (typeof spoken_by)[number];

/** Who says a message: a customer, a person of the team, or an AI, with a person's approval or without. */
export function spokenBy({ author_kind, approved_by }: Message): SpokenBy {
  if (author_kind === 'contact') return 'customer';
  if (author_kind === 'bot') return approved_by ? 'ai_approved' : 'ai';
  return author_kind === 'member' ? 'person' : 'system';
}

/** Who they are called; null where there is nobody to name. */
export interface Called {
  author: string | null;
  /** What the desk calls the customer, also one who gave no name. */
  customer: string;
  approved_by: string | null;
}

/** A file of a conversation in pieces: what it begins with, each message, and how it ends (rule W34). */
export interface TranscriptFile {
  head(conversation: Conversation): string;
  /** Before what was said in a conversation that was merged into this one, and before its own. */
  part(id: string, merged: boolean): string;
  message(message: Message, called: Called, first: boolean): string;
  tail: string;
}

export const transcriptFiles: Record<TranscriptFormat, TranscriptFile> = {
  text: {
    head: ({ id, contact, channel, created_at, state }) =>
      `Conversation ${id}\nWith ${nameOf(contact)}, by ${channel}, since ${created_at}, ${state}\n`,
    part: (id, merged) => `\n== ${partWords(id, merged)} ==\n`,
    message: (message, called) =>
      message.body.kind === 'line'
        ? `\n[${message.at}] -- ${lineWords(message.body)}\n`
        : `\n[${message.at}] ${headOf(message, called)}:\n${textOf(message.body)}\n${sources(message)}`,
    tail: '',
  },
  markdown: {
    head: ({ id, contact, channel, created_at, state }) =>
      `# Conversation with ${plain(nameOf(contact))}\n\n${id}, by ${channel}, since ${created_at}, ${state}\n`,
    part: (id, merged) => `\n## ${partWords(id, merged)}\n`,
    message: (message, called) =>
      message.body.kind === 'line'
        ? `\n*${lineWords(message.body)}* (${message.at})\n`
        : `\n**${plain(headOf(message, called))}** (${message.at})\n\n${quoted(textOf(message.body))}\n${quoted(sources(message))}`,
    tail: '',
  },
  json: {
    head: (conversation) => `{"conversation":${JSON.stringify(conversation)},\n"messages":[`,
    part: () => '',
    message: (message, called, first) => {
      const who = { spoken_by: spokenBy(message), name: called.author };
      const whole = { ...message, ...who, approved_by_name: called.approved_by };
      return `${first ? '' : ','}\n${JSON.stringify(whole)}`;
    },
    tail: '\n]}\n',
  },
};

const partWords = (id: string, merged: boolean): string =>
  merged ? `Conversation ${id}, which was merged into this one` : `Conversation ${id}`;

const nameOf = ({ name, email, external_id }: Conversation['contact']): string =>
  name ?? email ?? external_id ?? 'a visitor';

const roles: Record<SpokenBy, string> = {
  customer: 'customer',
  person: 'person',
  ai: 'AI',
  ai_approved: 'AI, approved by',
  system: 'system',
};

function headOf(message: Message, { author, approved_by, customer }: Called): string {
  const by = spokenBy(message);
  const called = author ?? (by === 'customer' ? customer : 'Wheelhouse');
  const role = by === 'ai_approved' ? `${roles[by]} ${approved_by ?? 'a person'}` : roles[by];
  const note = message.audience === 'team' ? ', note of the team, not shown to the customer' : '';
  return `${called} (${role}${note}${message.cut ? ', broken off' : ''})`;
}

/** The words, of what is no text where it is, and what was offered to be picked. */
function textOf(body: Message['body']): string {
  const words = wordsOf(body);
  if ('file_id' in body) return `[${body.kind}] ${body.name}`;
  if ('url' in body) return [`[${body.kind}]`, words, body.url].filter(Boolean).join(' ');
  switch (body.kind) {
    case 'location':
      return `[location] ${body.label ? `${body.label} ` : ''}${body.latitude}, ${body.longitude}`;
    case 'card':
      return [`[card] ${words}`, body.image_url, ...choicesIn(body.buttons)]
        .filter((line) => line !== undefined)
        .join('\n');
    case 'buttons':
      return [words, ...choicesIn(body.buttons)].join('\n');
    default:
      return words;
  }
}

const choicesIn = (buttons: readonly { label: string }[]): string[] =>
  buttons.map(({ label }) => `- [${label}]`);

const sources = ({ citations }: Message): string =>
  citations.map(({ title, url }) => `Source: ${title}${url ? ` <${url}>` : ''}\n`).join('');

/** No text of anybody's becomes a heading or a tag of the file. */
const plain = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|]/g, '\\$&');
const quoted = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd() && `> ${line.replaceAll('<', '&lt;')}\n`)
    .join('');
