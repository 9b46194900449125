import {
  atLeast,
  type ConversationRecord,
  type Customer,
  canonical,
  episodeIn,
  type Hand,
  invalid,
  type Json,
  leftInWords,
  type Message,
  type MessageSubmission,
  type NewEvent,
  type Principal,
  receive,
  refuse,
  reply,
  type SaidBody,
  type Scope,
  standing,
  stintsIn,
  systemOf,
  type Transcript,
  type Turn,
  timed,
  useOf,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { contactsById } from '../store/contacts.ts';
import { findConversation, lockConversations, saveConversations } from '../store/conversations.ts';
import { type Actor, appendEvents } from '../store/events.ts';
import { thumbsIn } from '../store/feedback.ts';
import { stopTyping } from '../store/looking.ts';
import { isStillHere } from '../store/members.ts';
import { keepMentions } from '../store/mentions.ts';
import { mergedInto, survivorOf, whereItGoesOn } from '../store/merges.ts';
import { findMessage, insertMessages, messagesAfter, messagesBefore } from '../store/messages.ts';
import { ratingsOf } from '../store/ratings.ts';
import { changeStint, goOnEpisode } from '../store/stints.ts';
import { insertSuggestedReply } from '../store/suggested-replies.ts';
import { viewOf } from './conversation-view.ts';
import { checkMentions } from './mention.ts';
import { questionsIn } from './question.ts';
import { newSalt } from './salt.ts';

/** Whoever acts on a conversation, with what the lines it writes need. */
export const handOf = (ports: Ports, tx: Tx, by: { id: string; name: string }): Hand => ({
  id: by.id,
  name: by.name,
  now: tx.now,
  line: () => ({ id: ports.makeId('message', tx.now), salt: newSalt(ports.chance) }),
});

/** Of one that was erased nothing more is written (rule A12). @throws Refusal not_found, erased */
export async function lockConversation(
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<ConversationRecord> {
  const [row] = await lockConversations(tx, scope, [id]);
  if (!row) throw refuse('not_found', { conversation_id: id });
  if (row.erased_at) throw refuse('erased', { conversation_id: id });
  return row;
}

/** Locks the conversation in which one goes on: whoever writes to one that was merged is heard there,
 *  also while it is being merged (rule W35). @throws Refusal not_found */
export async function lockWhereItGoesOn(
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<ConversationRecord> {
  const row = await lockConversation(tx, scope, await whereItGoesOn(tx, scope, id));
  return row.merged_into ? lockWhereItGoesOn(tx, scope, row.merged_into) : row;
}

/** Who takes the wheel is not removed at the same moment: else nobody would have it (rule W89). Asked
 *  before a case is locked, as a removal does.
 *  @throws Refusal unauthenticated */
export async function checkStillHere(tx: Tx, by: Principal): Promise<void> {
  if (!(await isStillHere(tx, by, by.id))) throw refuse('unauthenticated');
}

/** Writes what an act made of a locked conversation, what it does to the targets (rule W30), and what
 *  reports are to know of it (rule W38). */
export function saveTurn(tx: Tx, scope: Scope, actor: Actor, turn: Turn): ConversationRecord {
  const { next, events } = timed(turn.next, tx.now);
  saveConversations(tx, scope, [next]);
  keepReported(tx, scope, turn);
  if (turn.messages.length) insertMessages(tx, scope, turn.messages);
  appendEvents(tx, scope, actor, turn.events);
  // Time broke the promise, whoever spoke afterwards.
  appendEvents(tx, scope, systemOf(scope.workspace_id), events);
  return next;
}

/** Two acts, one after the other. */
export const joined = (first: Turn | undefined, then: Turn): Turn =>
  first
    ? {
        next: then.next,
        messages: [...first.messages, ...then.messages],
        events: [...first.events, ...then.events],
      }
    : then;
function keepReported(tx: Tx, scope: Scope, turn: Turn): void {
  for (const change of stintsIn(turn)) changeStint(tx, scope, turn.next, change);
  const episode = episodeIn(turn);
  if (episode) goOnEpisode(tx, scope, turn.next, episode);
  for (const { id, suggested } of turn.messages) {
    if (suggested) insertSuggestedReply(tx, scope, turn.next, id, suggested);
  }
}

/** Says something in a conversation: a customer's words, which a key or the widget passes on, or a
 *  member's own, which take the wheel (rules W1 to W3). What a program of yours says is no message but
 *  an output: it goes through a gate.
 *  @throws Refusal not_found, forbidden, id_taken, wheel_taken */
export async function postMessage(
  ports: Ports,
  by: Principal,
  conversation_id: string,
  body: MessageSubmission,
): Promise<Message> {
  const message = await ports.database.transact(by, (tx) =>
    postWithin(ports, tx, by, conversation_id, body),
  );
  ports.database.wake();
  return message;
}

export async function postWithin(
  ports: Ports,
  tx: Tx,
  by: Principal | Customer,
  conversation_id: string,
  body: Omit<MessageSubmission, 'body'> & { body: SaidBody },
  contact?: { id: string; name: string | null },
): Promise<Message> {
  const contacts = body.from === 'contact';
  const row = contacts
    ? await lockWhereItGoesOn(tx, by, conversation_id)
    : standing(await lockConversation(tx, by, conversation_id));
  if (body.suggested && (contacts || body.audience === 'team')) {
    throw invalid({ field: 'suggested', message: 'goes with a member’s reply to the customer' });
  }
  const id = body.id ?? ports.makeId('message', tx.now);
  const known = body.id ? await findMessage(tx, by, id) : undefined;
  if (known) {
    const words = canonical(known.body as Json) === canonical(body.body as Json);
    if (!words || !(await isRepeat(tx, known, by, row, body))) throw refuse('id_taken', { id });
    return known;
  }
  const message = { id, salt: newSalt(ports.chance), audience: body.audience, body: body.body };
  if (contacts) {
    if (by.kind === 'member') {
      throw refuse('forbidden', {}, 'A member speaks for themselves. Leave out "from".');
    }
    const person = contact ?? (await contactsById(tx, by, [row.contact_id])).get(row.contact_id);
    const turn = receive(
      row,
      {
        ...message,
        audience: 'all',
        author_kind: 'contact',
        author_id: row.contact_id,
        author_name: person?.name ?? null,
      },
      { now: tx.now },
    );
    return saved(tx, by, leftInWords(turn, handOf(ports, tx, by), wordsOf(body.body)));
  }
  if (by.kind !== 'member') {
    const words =
      'A key passes on what customers say ("from": "contact"). What a program says itself goes through a gate: POST /gates/…/outputs with the conversation_id.';
    throw refuse('forbidden', {}, words);
  }
  if (body.audience === 'all' && by.id !== row.owner_id) await checkStillHere(tx, by);
  const named = body.audience === 'team' ? body.mentions : [];
  if (named.length) {
    await checkMentions(tx, by, named);
    keepMentions(tx, by, row.id, named);
  }
  const turn = reply(row, handOf(ports, tx, by), {
    ...message,
    author_kind: 'member',
    author_id: by.id,
    author_name: by.name,
    ...(body.suggested ? { suggested: useOf(body.suggested, wordsOf(body.body)) } : {}),
  });
  return saved(tx, by, named.length ? { ...turn, events: turn.events.map(naming(named)) } : turn);
}

/** Whether a message that is known stands in the same conversation, or in one that was merged into it,
 *  by the same author, to the same readers: one who names another's message is told nothing of it
 *  (rules W2, W8). */
export async function isRepeat(
  tx: Tx,
  known: Message,
  by: Principal | Customer,
  { id, contact_id }: ConversationRecord,
  { from, audience }: Pick<MessageSubmission, 'from' | 'audience'>,
): Promise<boolean> {
  const customers = from === 'contact';
  const author_id = customers ? await survivorOf(tx, by, known.author_id) : known.author_id;
  return (
    author_id === (customers ? contact_id : by.id) &&
    known.audience === (customers ? 'all' : audience) &&
    (await whereItGoesOn(tx, by, known.conversation_id)) === id
  );
}

/** Whoever is named in a note is told so by its event. */
const naming =
  (mentions: string[]) =>
  (event: NewEvent): NewEvent =>
    event.type === 'conversation.noted' ? { ...event, data: { ...event.data, mentions } } : event;

export function saved(tx: Tx, by: Principal | Customer, turn: Turn): Message {
  saveTurn(tx, by, by, turn);
  const { salt: _s, suggested: _u, ...said } = turn.messages.at(-1) as Turn['messages'][number];
  const { author_kind: kind, author_id: id } = said;
  if (kind === 'member' || kind === 'contact') stopTyping(tx, by, turn.next.id, { kind, id });
  return {
    ...said,
    output_id: said.output_id ?? null,
    approved_by: said.approved_by ?? null,
    citations: said.citations ?? [],
    cut: said.cut ?? false,
    whisper_to: said.whisper_to ?? null,
  };
}

/** A stretch of a conversation: what follows a number, what goes before it, or the newest.
 *  @throws Refusal not_found */
export const readTranscript = (
  ports: Ports,
  by: Principal,
  id: string,
  {
    after,
    before,
    limit = 100,
  }: { after?: number | undefined; before?: number | undefined; limit?: number },
): Promise<Transcript> =>
  ports.database.transact(by, async (tx) => {
    const row = await findConversation(tx, by, id);
    if (!row) throw refuse('not_found', { conversation_id: id });
    const messages =
      after === undefined
        ? await messagesBefore(tx, by, id, before ?? row.seq + 1, limit)
        : await messagesAfter(tx, by, id, after, limit);
    const first = messages[0]?.seq ?? 1;
    const more = after === undefined ? first > 1 : (messages.at(-1)?.seq ?? after) < row.seq;
    const [conversation, thumbs, ratings, preferences, merged] = await Promise.all([
      viewOf(tx, by, row),
      thumbsIn(tx, by, id, row.contact_id),
      ratingsOf(tx, by, id),
      questionsIn(tx, by, row),
      mergedInto(tx, by, id),
    ]);
    const heard = messages.filter(hearing(by));
    return { conversation, messages: heard, more, thumbs, ratings, preferences, merged };
  });

/** Which messages somebody hears of: a whisper those alone whom it concerns, and leads (rule W37). */
export const hearing =
  ({ id, role }: Principal) =>
  ({ whisper_to, author_id }: Message): boolean =>
    whisper_to === null || whisper_to === id || author_id === id || atLeast(role, 'lead');
