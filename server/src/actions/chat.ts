import {
  askCallBack,
  type CallBackSubmission,
  type Chat,
  type ChatMessage,
  type ChatReadSubmission,
  type ChatRow,
  type ChatTranscript,
  type ConversationRecord,
  type Customer,
  handOff,
  type Message,
  type MessageBody,
  refuse,
  type Thumb,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { conversationsOf, findConversation, markRead } from '../store/conversations.ts';
import { thumbsOn } from '../store/feedback.ts';
import { touchLooking } from '../store/looking.ts';
import { namesOf } from '../store/members.ts';
import { survivorOf } from '../store/merges.ts';
import { publicMessagesAfter, publicMessagesBefore } from '../store/messages.ts';
import { ratingsOf } from '../store/ratings.ts';
import { placeInQueue } from './attend.ts';
import { handOf, lockWhereItGoesOn, postWithin, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson } from './hand-off.ts';
import { lookingIn } from './looking.ts';
import { questionIn } from './question.ts';

const longest_list = 20;
const longest_shown = 120;
/** Of the last so many, one is mostly somebody's words, and no line. */
const lines_between = 5;

/** A message as its customer may see it (rule W8). */
export const toChatMessage = (row: Message, thumb?: Thumb): ChatMessage => ({
  id: row.id,
  conversation_id: row.conversation_id,
  seq: row.seq,
  author_kind: row.author_kind,
  author_name: row.author_name,
  body: row.body,
  approved: row.approved_by !== null,
  output_id: row.author_kind === 'bot' ? row.output_id : null,
  thumb: thumb ? { up: thumb.up, comment: thumb.comment, at: thumb.at } : null,
  citations: row.citations,
  cut: row.cut,
  at: row.at,
});

export async function toChat(tx: Tx, by: Customer, row: ConversationRecord): Promise<Chat> {
  const { owner_kind: kind, owner_id } = row;
  const name =
    kind === 'member'
      ? (await namesOf(tx, by, [owner_id])).get(owner_id)
      : (await findBot(tx, by, row.bot))?.title;
  return {
    id: row.id,
    state: row.state,
    merged_into: row.merged_into,
    owner: { kind, name: name ?? '' },
    ...(kind === 'queue'
      ? await placeInQueue(tx, by, row, await findBot(tx, by, row.bot))
      : { ahead: null, wait_ms: null, back_at: null }),
    call_back: callBackOf(row),
    seq: row.seq,
    streaming: row.streaming && { id: row.streaming.message_id, text: row.streaming.text },
    team_read_seq: row.team_read_seq,
    typing:
      (kind === 'bot' && row.turn_seq !== null && row.state === 'open') ||
      (await lookingIn(tx, by, row.id)).looking.some(({ typing }) => typing),
    preference: await questionIn(tx, by, row),
    rating: await ratingOf(tx, by, row),
  };
}

/** A person who has the wheel can be asked, and need not call back. */
function callBackOf({ call_back, owner_kind, state }: ConversationRecord): Chat['call_back'] {
  if (!call_back || call_back.done_at || state !== 'open') return null;
  if (call_back.asked_at) return 'asked';
  return owner_kind === 'member' ? null : 'offered';
}

/** Whether it helped is asked of who was in a conversation that has ended. */
async function ratingOf(tx: Tx, by: Customer, row: ConversationRecord): Promise<Chat['rating']> {
  if (row.state !== 'resolved' || row.merged_into) return null;
  const scale = (await findBot(tx, by, row.bot))?.definition.asks_rating ?? 'none';
  if (scale === 'none') return null;
  const [last] = await ratingsOf(tx, by, row.id);
  const given = last?.ended_at === row.resolved_at ? last : undefined;
  return { scale, score: given?.score ?? null, comment: given?.comment ?? null };
}

/** A conversation of the caller's own; another's is not there. Whoever was joined with another contact
 *  since they were let in is that one now.
 *  @throws Refusal not_found, erased */
export async function own(
  tx: Tx,
  row: ConversationRecord | undefined,
  by: Customer,
  id: string,
): Promise<ConversationRecord> {
  const is_own = row?.contact_id === by.id || row?.contact_id === (await survivorOf(tx, by, by.id));
  if (!row || !is_own) throw refuse('not_found', { conversation_id: id });
  if (row.erased_at) throw refuse('erased', { conversation_id: id });
  return row;
}

export const readChats = (ports: Ports, by: Customer): Promise<ChatRow[]> =>
  ports.database.transact(by, async (tx) => {
    const rows = await conversationsOf(tx, by, by.id, longest_list);
    return Promise.all(
      rows.map(async (row) => {
        const said = await publicMessagesBefore(tx, by, row.id, row.seq + 1, lines_between);
        const last = said.findLast(({ author_kind }) => author_kind !== 'system');
        const words = last ? wordsOf(last.body).slice(0, longest_shown) : '';
        return { ...(await toChat(tx, by, row)), last: words, active_at: row.active_at };
      }),
    );
  });

/** What follows a number, or the newest; without what is the team's alone. */
export const readChat = (
  ports: Ports,
  by: Customer,
  id: string,
  { after, before, limit = 100 }: { after?: number; before?: number; limit?: number },
): Promise<ChatTranscript> =>
  ports.database.transact(by, async (tx) => {
    const row = await own(tx, await findConversation(tx, by, id), by, id);
    const found =
      after === undefined
        ? await publicMessagesBefore(tx, by, id, before ?? row.seq + 1, limit)
        : await publicMessagesAfter(tx, by, id, after, limit);
    const more = found.length === limit;
    const outputs = found.flatMap(({ author_kind, output_id }) =>
      author_kind === 'bot' && output_id ? [output_id] : [],
    );
    const thumbs = new Map(
      (await thumbsOn(tx, by, outputs, by.id)).map((one) => [one.output_id, one]),
    );
    const messages = found.map((one) => toChatMessage(one, thumbs.get(one.output_id ?? '')));
    return { chat: await toChat(tx, by, row), messages, more };
  });

export async function sayInChat(
  ports: Ports,
  by: Customer,
  id: string,
  said: { id?: string | undefined; body: MessageBody },
): Promise<ChatMessage> {
  const message = await ports.database.transact(by, async (tx) => {
    await own(tx, await findConversation(tx, by, id), by, id);
    const body = { ...said, from: 'contact', audience: 'all', mentions: [] } as const;
    const contact = { id: by.id, name: by.name || null };
    return postWithin(ports, tx, by, id, { ...body, mentions: [] }, contact);
  });
  ports.database.wake();
  return toChatMessage(message);
}

/** The customer asks for a person by a button: nothing is weighed against it (rule W7). */
export async function askInChat(
  ports: Ports,
  rulings: RulingsCache,
  by: Customer,
  id: string,
): Promise<Chat> {
  const chat = await ports.database.transact(by, async (tx) => {
    const row = await own(tx, await lockWhereItGoesOn(tx, by, id), by, id);
    if (row.owner_kind !== 'bot') return toChat(tx, by, row);
    const bot = await findBot(tx, by, row.bot);
    const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'asked');
    const turn = handOff(row, handOf(ports, tx, by), wanted);
    saveTurn(tx, by, by, turn);
    return toChat(tx, by, turn.next);
  });
  ports.database.wake();
  return chat;
}

/** The customer leaves where they are to be called back; it stands until a member ends the conversation
 *  (rule W29). @throws Refusal not_found */
export async function leaveCallBack(
  ports: Ports,
  by: Customer,
  id: string,
  left: CallBackSubmission,
): Promise<Chat> {
  const chat = await ports.database.transact(by, async (tx) => {
    const row = await own(tx, await lockWhereItGoesOn(tx, by, id), by, id);
    if (row.state !== 'open') throw refuse('not_found', { conversation_id: id });
    const turn = askCallBack(row, handOf(ports, tx, by), left);
    saveTurn(tx, by, by, turn);
    return toChat(tx, by, turn.next);
  });
  ports.database.wake();
  return chat;
}

/** How far it has come to the customer's browser, and how far they have read; never beyond what was
 *  said, never back, and of no effect on anything else (rule W98).
 *  @throws Refusal not_found, erased */
export const readUpTo = (
  ports: Ports,
  by: Customer,
  id: string,
  { seq, delivered_seq = 0 }: ChatReadSubmission,
): Promise<void> =>
  ports.database.transact(by, async (tx) => {
    const row = await own(tx, await findConversation(tx, by, id), by, id);
    const customer = Math.min(seq ?? 0, row.seq);
    const delivered = Math.min(delivered_seq, row.seq);
    // What is known already costs nothing.
    if (customer > row.customer_read_seq || delivered > row.customer_delivered_seq) {
      markRead(tx, by, id, { customer, delivered });
    }
    if (seq !== undefined) touchLooking(tx, by, id, { kind: 'contact', id: by.id, typing: false });
  });
