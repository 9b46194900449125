import type { ChatMessage, Visitor } from '@wheelhouse/core';
import { type Caller, caller } from '../../server/src/testing/start.ts';

/** A customer in their browser, with a conversation begun. */
export interface Chatting {
  by: Caller;
  contact_id: string;
  /** Of the conversation. */
  id: string;
  say(text: string): ReturnType<typeof sayAs>;
}
const sayAs = (by: Caller, id: string, text: string) =>
  by.call<ChatMessage>(`POST /chat/conversations/${id}/messages`, { body: { kind: 'text', text } });

export async function chatting(url: string, bot = 'default', name?: string): Promise<Chatting> {
  const contact = name === undefined ? {} : { name };
  const visitor = await caller(url, '').call<Visitor>('POST /chat/visitors', { bot, contact });
  if (visitor.status !== 201) throw new Error(`A visitor was answered ${visitor.status}.`);
  const by = caller(url, visitor.body.token);
  const { body } = await by.call<{ id: string }>('POST /chat/conversations', { bot });
  const { contact_id } = visitor.body;
  return { by, contact_id, id: body.id, say: (text) => sayAs(by, body.id, text) };
}
