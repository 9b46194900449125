import type { Chat, ChatMessage, FileLimits, PreChatForm, Visitor } from '@wheelhouse/core';
import { type Judged, type Outgoing, subjectOf } from './memory.ts';
import type { Upload } from './uploads.ts';

/** What was answered to a form, by the name of the question. */
export type Answers = Record<string, string | number | string[]>;

export interface ChatState {
  bot: Visitor['bot'] | undefined;
  chat: Chat | undefined;
  messages: ChatMessage[];
  /** What was written and is not known to have arrived. */
  outbox: Outgoing[];
  /** What another tab has sent, and is on its way to this one. */
  elsewhere: Outgoing[];
  /** What the customer thinks of it, on its way. */
  judged: Judged[];
  /** Files on their way, kept as long as the page. */
  uploads: Upload[];
  /** What files are taken. */
  files: FileLimits | undefined;
  /** What is asked before the first message. */
  form: PreChatForm | undefined;
  /** What was answered, on its way. */
  answers: Answers | undefined;
  /** Whether it was answered or passed by: nobody is asked twice. */
  asked: boolean;
  /** The questions whose answers the server did not take. */
  answer_faults: string[];
  online: boolean;
  /** The host's word on who this is does not count, or no more. */
  barred: boolean;
  /** There is no such bot. */
  missing: boolean;
  /** The conversation that was shown is erased; what is written begins a new one. */
  erased: boolean;
  /** Raised when somebody else is at the page: nothing of the one before is shown. */
  person: number;
}
export interface ChatOptions {
  server: string;
  bot: string;
  workspace_id?: string | undefined;
  language?: string | undefined;
  /** The host's token that says who this is. */
  identity?: string | undefined;
}

export const nothing: ChatState = {
  bot: undefined,
  chat: undefined,
  messages: [],
  outbox: [],
  elsewhere: [],
  judged: [],
  uploads: [],
  files: undefined,
  form: undefined,
  answers: undefined,
  asked: false,
  answer_faults: [],
  online: true,
  barred: false,
  missing: false,
  erased: false,
  person: 0,
};
export const nameOf = ({ server, workspace_id, bot, identity }: ChatOptions) =>
  `wheelhouse ${server} ${workspace_id ?? ''} ${bot}${identity ? ` ${subjectOf(identity)}` : ''}`;

export class Refused extends Error {
  readonly status: number;
  /** The fields that are wrong, where the server named some. */
  readonly fields: string[];
  /** Its name for what is wrong. */
  readonly code: string;
  constructor(status: number, fields: string[] = [], code = '') {
    super(`refused with ${status}`);
    this.status = status;
    this.fields = fields;
    this.code = code;
  }
}

/** What each frame of a stream of events says, as it comes. */
export async function* framesOf<Frame>(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  let text = '';
  for (;;) {
    const { value, done } = (await reader.read()) as { value?: string; done: boolean };
    if (done) return;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = text.slice(0, end);
      if (/^event: erased$/m.test(frame)) throw new Refused(410);
      if (/^event: signed_out$/m.test(frame)) throw new Refused(401);
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data) as Frame;
    }
  }
}

/** Messages by their numbers, each once. */
export function joined(known: ChatMessage[], more: ChatMessage[]): ChatMessage[] {
  const all = new Map([...known, ...more].map((one) => [one.seq, one]));
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** With what has come; what has arrived leaves the outbox. */
export function taken(
  { messages: known, outbox, elsewhere }: ChatState,
  messages: ChatMessage[],
  chat: Chat | undefined,
): Partial<ChatState> {
  const arrived = new Set(messages.map(({ id }) => id));
  return {
    chat,
    messages: joined(known, messages),
    outbox: outbox.filter(({ id }) => !arrived.has(id)),
    elsewhere: elsewhere.filter(({ id }) => !arrived.has(id)),
  };
}
