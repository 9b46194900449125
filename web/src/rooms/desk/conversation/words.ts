import { type Conversation, customerName, type Message, wordsOf } from '@wheelhouse/core';
import type { Who } from '../../../kit/who.ts';

/** Who has the wheel, as the reader calls them. */
export function wheelWords(conversation: Conversation, me_id: string): string {
  const { owner, state, hand_off } = conversation;
  if (conversation.erased_at) return 'Erased';
  if (conversation.merged_into) return 'Merged into another conversation';
  if (state === 'resolved') return 'Resolved';
  if (owner.kind === 'queue') {
    const to = hand_off?.offered_to;
    if (!to) return 'Waiting for a person';
    return `Waiting for ${to.id === me_id ? 'you' : to.name}`;
  }
  if (owner.kind === 'bot') return `${owner.name} (AI) has the wheel`;
  return owner.id === me_id ? 'You have the wheel' : `${owner.name} has the wheel`;
}

/** What stands in the place of how long the customer waits, while the bot is at its answer. */
export const answeringWords = ({ answering, streaming }: Conversation): string | null =>
  answering ? `The AI is ${streaming ? 'writing' : 'answering'}` : null;

/** Whether the customer asked to be called back, and nobody has. */
export const isToCallBack = ({ call_back }: Pick<Conversation, 'call_back'>): boolean =>
  call_back?.asked_at != null && call_back.done_at === null;

/** Since when the customer waits: for an answer that nobody is at, or for what a person is to decide on
 *  first. */
export function waitsSince({ waiting_since, answering, draft }: Conversation): string | null {
  const unanswered = answering ? null : waiting_since;
  const [first] = [unanswered, draft?.since ?? null].filter((at) => at !== null).sort();
  return first ?? null;
}

/** What a customer is called who gave no name. */
export const contactName = ({ contact }: Pick<Conversation, 'contact'>): string =>
  customerName(contact);

export function whoSaid({ author_kind, approved_by }: Message): Who {
  if (author_kind === 'bot') return approved_by ? 'ai_approved' : 'ai';
  if (author_kind === 'contact') return 'customer';
  return author_kind === 'system' ? 'system' : 'person';
}

/** Whether the customer has said something that nobody of the team has read. */
export const isUnread = (row: Conversation & { last: { author_kind: string } | null }): boolean =>
  row.seq > row.team_read_seq && row.last?.author_kind === 'contact' && row.owner.kind !== 'bot';

/** What the customer said after a message that offers buttons; null while they have said nothing. */
export function pickedAfter(messages: readonly Message[], at: number): string | null {
  const { body } = messages[at] as Message;
  if (body.kind !== 'buttons' && body.kind !== 'card') return null;
  const next = messages.slice(at + 1).find(({ author_kind }) => author_kind === 'contact');
  return next ? wordsOf(next.body) : null;
}

/** The number of the customer's message that stands unanswered; null when the last word is another's. A
 *  reply that broke off has answered nothing. */
export function unansweredIn(messages: readonly Message[]): number | null {
  const last = messages.findLast(
    ({ audience, body, cut }) => audience === 'all' && body.kind !== 'line' && !cut,
  );
  return last?.author_kind === 'contact' ? last.seq : null;
}

/** What waits to be decided on: something that the AI would say, or would do. */
export const draftWords = ({ tool_title }: NonNullable<Conversation['draft']>): string =>
  `${tool_title === null ? 'a draft' : `“${tool_title}”`} waits for a person`;
