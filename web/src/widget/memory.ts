import type { FileLimits, MessageBody, PreChatForm, Visitor } from '@wheelhouse/core';
import type { Answers } from './state.ts';

export interface Outgoing {
  id: string;
  body: MessageBody;
  failed: boolean;
  /** Where it was written; a conversation that has not begun has none. */
  conversation_id?: string | undefined;
}
/** What the customer thinks, of a reply or of the whole, and is not known to have arrived. */
export interface Judged {
  conversation_id: string;
  /** The reply; without one it is of the whole conversation. */
  message_id?: string;
  said:
    | { up: boolean; comment?: string }
    | { score: number; comment?: string }
    // Of two answers, the better.
    | { output_id: string };
}
export interface Kept {
  /** What the browser was let in by; gone when it counts no more. */
  token?: string | undefined;
  bot?: Visitor['bot'] | undefined;
  conversation_id?: string | undefined;
  outbox: Outgoing[];
  judged?: Judged[];
  files?: FileLimits;
  /** What is still to be asked before the first message. */
  form?: PreChatForm | undefined;
  answers?: Answers | undefined;
  asked?: boolean | undefined;
  /** The host's token that this one was given for; with another it is no use. */
  identity?: string | undefined;
}

/** Whose a host's token says it is. It is not checked here, so it is no more than a name under which a
 *  browser keeps apart what several people of it wrote. */
export function subjectOf(identity: string): string {
  try {
    const body = (identity.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return encodeURIComponent(String(JSON.parse(atob(body)).sub));
  } catch {
    return '?';
  }
}

// A browser may keep nothing for a page (private windows, settings): the chat then lasts as long
// as the page.
export function recall(name: string): Kept | undefined {
  try {
    const text = localStorage.getItem(name);
    return text ? (JSON.parse(text) as Kept) : undefined;
  } catch {
    return undefined;
  }
}
/** @returns whether it is kept */
export function keep(name: string, kept: Kept): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
/** Leaves nothing that is kept under a name that begins so, but one.
 *  @returns what those were let in by of whom something was kept */
export function forget(
  store: 'localStorage' | 'sessionStorage',
  beginning: string,
  spared: string,
): string[] {
  const tokens: string[] = [];
  try {
    for (const name of Object.keys(window[store])) {
      if (!name.startsWith(beginning) || name === spared) continue;
      const { token } = recall(name) ?? {};
      if (token) tokens.push(token);
      window[store].removeItem(name);
    }
  } catch {
    // Where nothing may be kept, nothing is.
  }
  return tokens;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A message's id, made here, so that a message sent twice is one message. */
export function newMessageId(now_ms = Date.now()): string {
  let time = '';
  for (let rest = now_ms, digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) {
    time = alphabet[rest % 32] + time;
  }
  const chance = crypto.getRandomValues(new Uint8Array(16));
  return `msg_${time}${[...chance].map((byte) => alphabet[byte & 31]).join('')}`;
}
