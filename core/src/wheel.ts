import { callable, calledBack, owesCall } from './call-back.ts';
import type { ConversationRecord, HandOffReason, Owner } from './conversation.ts';
import type { NewEvent } from './event.ts';
import type { GoneWhy } from './gone.ts';
import { languageAfter } from './language.ts';
import { type Line, wordsOf } from './message.ts';
import { refuse } from './refusal.ts';
import type { OfferReason, Routing } from './routing.ts';
import { cutShort, type NewMessage, said, type Turn } from './said.ts';
import { unsnooze } from './snooze.ts';
import type { Instant } from './time.ts';

/** Whoever acts, with the ids and salts of the lines that the act may write. */
export interface Hand {
  id: string;
  name: string;
  now: Instant;
  line(): { id: string; salt: string };
}

const ownerOf = ({ owner_kind: kind, owner_id: id }: ConversationRecord): Owner => ({ kind, id });
const unchanged = (next: ConversationRecord): Turn => ({ next, messages: [], events: [] });

/** What happened to a conversation, said in it. */
export const line = (turn: Turn, { now, line: made }: Hand, body: Omit<Line, 'kind'>): Turn =>
  said(
    turn,
    {
      ...made(),
      author_kind: 'system',
      author_id: 'system',
      author_name: null,
      audience: 'all',
      body: { kind: 'line', ...body },
    },
    null,
    now,
  );

/** Another owner: the epoch rises, and whatever the bot owed or had begun is void (rules W3, W4). */
export function turnedTo(
  conversation: ConversationRecord,
  owner: Owner,
  type: NewEvent['type'],
  data: Record<string, unknown>,
  now: Instant,
): Turn {
  const cut = cutShort(conversation, now);
  const next: ConversationRecord = {
    ...cut.next,
    owner_kind: owner.kind,
    owner_id: owner.id,
    epoch: conversation.epoch + 1,
    turn_seq: null,
    hand_off_output_id: null,
    hand_off_reason: null,
    routing: null,
    snoozed_until: null,
  };
  const facts = { epoch: next.epoch, from: ownerOf(conversation), to: owner, ...data };
  const event = { type, subject: conversation.id, data: facts };
  return { next, messages: cut.messages, events: [...cut.events, event] };
}

/** The customer says something. A conversation that was over is open again; the bot owes
 *  an answer if it has the wheel, to the newest message alone. What is written in a language that can be
 *  told is the conversation's language from then on (rule W47). */
export function receive(
  conversation: ConversationRecord,
  message: NewMessage,
  { now }: Pick<Hand, 'now'>,
): Turn {
  const back = unsnooze(conversation, 'customer');
  const cut = cutShort(back.next, now);
  const open: ConversationRecord = { ...cut.next, state: 'open', resolved_at: null };
  const reopened = conversation.state === 'resolved';
  const events: NewEvent[] = reopened
    ? [{ type: 'conversation.reopened', subject: conversation.id, data: {} }]
    : [];
  const begun = {
    next: open,
    messages: cut.messages,
    events: [...back.events, ...cut.events, ...events],
  };
  const turn = said(begun, message, 'message.received', now);
  const { next } = turn;
  const owner = ownerOf(next);
  // Whose it is to answer, so that they alone need to be told.
  const received = turn.events.map((event) =>
    event.type === 'message.received' ? { ...event, data: { ...event.data, owner } } : event,
  );
  const bots = next.owner_kind === 'bot';
  return {
    ...turn,
    events: received,
    next: {
      ...next,
      turn_seq: bots ? next.seq : null,
      customer_seq: next.seq,
      customer_read_seq: next.seq,
      waiting_since: next.waiting_since ?? now,
      language: languageAfter(next.language, wordsOf(message.body)),
    },
  };
}

/** A member takes the wheel (rule W3). Whoever has it keeps it; from another member only with `force`.
 *  @throws Refusal wheel_taken, naming who has it */
export function take(
  conversation: ConversationRecord,
  hand: Hand,
  { force = false }: { force?: boolean } = {},
): Turn {
  const owner = ownerOf(conversation);
  if (owner.kind === 'member') {
    if (owner.id === hand.id) return unchanged(conversation);
    if (!force) throw refuse('wheel_taken', { conversation_id: conversation.id, owner });
  }
  const open: ConversationRecord = { ...conversation, state: 'open' };
  const to: Owner = { kind: 'member', id: hand.id };
  const turn = turnedTo(open, to, 'conversation.taken', {}, hand.now);
  // Why it came here is still of use to whoever has it now.
  const next = { ...turn.next, hand_off_reason: conversation.hand_off_reason };
  return line({ ...turn, next }, hand, { line: 'taken', name: hand.name });
}

/** A member speaks, and so takes the wheel if the bot or a queue has it (rule W3). A note is for the
 *  team and moves nothing.
 *  @throws Refusal wheel_taken when another member has it */
export function reply(conversation: ConversationRecord, hand: Hand, message: NewMessage): Turn {
  if (message.audience === 'team') {
    return said(unchanged(conversation), message, 'conversation.noted', hand.now);
  }
  const turn = said(take(conversation, hand), message, 'message.sent', hand.now);
  return { ...turn, next: answered(turn.next, hand.now) };
}

const answered = (next: ConversationRecord, now: Instant): ConversationRecord => ({
  ...next,
  state: 'open',
  resolved_at: null,
  waiting_since: null,
  first_reply_at: next.first_reply_at ?? now,
  team_read_seq: next.seq,
});

/** A person is asked for: the queue has the wheel until one takes it. A hand-off that is under way is
 *  not begun again. */
export function handOff(
  conversation: ConversationRecord,
  hand: Hand,
  to: {
    queue: string;
    output_id: string;
    reason: HandOffReason;
    back_at?: Instant | null;
    routing: Routing;
    /** Why it is offered to whom it is. */
    why?: OfferReason | 'sent';
  },
  /** Why whoever had the wheel is there no more, where that is why another is asked for. */
  gone?: GoneWhy,
): Turn {
  if (conversation.hand_off_output_id) return unchanged(conversation);
  const { queue, output_id, reason } = to;
  const owner: Owner = { kind: 'queue', id: queue };
  const turn = turnedTo(
    conversation,
    owner,
    'conversation.handed_off',
    { reason, output_id, ...(gone ? { why: gone } : {}) },
    hand.now,
  );
  const next: ConversationRecord = {
    ...turn.next,
    state: 'open',
    hand_off_output_id: output_id,
    hand_off_reason: reason,
    routing: to.routing,
    waiting_since: turn.next.waiting_since ?? hand.now,
  };
  // While nobody is there, whoever does not want to wait need not (rule W29).
  const offered = to.back_at ? callable(next, hand.now) : next;
  const { offer } = to.routing;
  const events: NewEvent[] = offer
    ? [{ type: 'conversation.offered', subject: next.id, data: { ...offer, why: to.why } }]
    : [];
  return line({ ...turn, events: [...turn.events, ...events], next: offered }, hand, {
    line: reason === 'paused' || reason === 'silent' ? reason : 'handed_off',
    ...(to.back_at ? { back_at: to.back_at } : {}),
  });
}

/** What a member has the wheel of nobody else gives away or ends, save with `force` (rule W3). */
function mayLetGo(conversation: ConversationRecord, hand: Hand, force: boolean): void {
  const owner = ownerOf(conversation);
  if (owner.kind !== 'member' || owner.id === hand.id || force) return;
  throw refuse('wheel_taken', { conversation_id: conversation.id, owner });
}

/** The bot has the wheel again. What the customer still waits for it answers; else it stays silent
 *  until they speak, so that giving back starts no loop (rule W6).
 *  @param gone why whoever had the wheel is there no more, where nobody gave it back (rule W89)
 *  @throws Refusal wheel_taken when another member has it */
export function handBack(
  conversation: ConversationRecord,
  hand: Hand,
  force = false,
  gone?: GoneWhy,
): Turn {
  if (conversation.owner_kind === 'bot') return unchanged(conversation);
  mayLetGo(conversation, hand, force);
  const to: Owner = { kind: 'bot', id: conversation.bot };
  const data = gone ? { why: gone } : {};
  const turn = turnedTo(conversation, to, 'conversation.handed_back', data, hand.now);
  const owed = turn.next.waiting_since === null ? null : turn.next.customer_seq;
  const next = { ...turn.next, turn_seq: owed };
  return line({ ...turn, next }, hand, { line: 'handed_back' });
}

/** Nobody came while a queue had the wheel: the customer is told, and the bot is there again. It does
 *  not answer anew what it could not answer before. */
export function nobodyCame(conversation: ConversationRecord, hand: Hand, output_id: string): Turn {
  if (conversation.hand_off_output_id !== output_id) return unchanged(conversation);
  const to: Owner = { kind: 'bot', id: conversation.bot };
  const turn = turnedTo(conversation, to, 'conversation.nobody_came', { output_id }, hand.now);
  const said = line(turn, hand, { line: 'nobody_came' });
  return { ...said, next: callable(said.next, hand.now) };
}

const written_since =
  'The customer has written since. Read that first, then end the conversation or answer.';

/** The conversation is over, until the customer writes again.
 *  @param force a lead's right, and the customer's own
 *  @param seen_seq the last message that whoever ends it has read
 *  @throws Refusal wheel_taken when another member has it, stale when the customer has written since */
export function resolve(
  conversation: ConversationRecord,
  hand: Hand,
  force = false,
  seen_seq?: number,
): Turn {
  if (conversation.state === 'resolved') return unchanged(conversation);
  mayLetGo(conversation, hand, force);
  const { id: conversation_id, customer_seq } = conversation;
  if (seen_seq !== undefined && customer_seq !== null && customer_seq > seen_seq) {
    throw refuse('stale', { conversation_id, seq: customer_seq }, written_since);
  }
  const to: Owner = { kind: 'bot', id: conversation.bot };
  const turn = turnedTo(conversation, to, 'conversation.resolved', {}, hand.now);
  const waited = turn.next.call_back;
  const events: NewEvent[] = owesCall(waited)
    ? [{ type: 'conversation.called_back', subject: conversation.id, data: {} }]
    : [];
  const next: ConversationRecord = {
    ...turn.next,
    call_back: calledBack(waited, hand.id, hand.now),
    state: 'resolved',
    resolved_at: hand.now,
    waiting_since: null,
  };
  return line({ ...turn, next, events: [...turn.events, ...events] }, hand, { line: 'resolved' });
}

/** What a team keeps of a conversation beside its words: how urgent it is, what it is about, and how
 *  freely the bot speaks in it. */
export function change(
  conversation: ConversationRecord,
  changes: Partial<
    Pick<ConversationRecord, 'title' | 'priority' | 'labels' | 'posture' | 'language'>
  >,
): Turn {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (!given.length) return unchanged(conversation);
  const changed = given.map(([name]) => name);
  return {
    next: { ...conversation, ...Object.fromEntries(given) },
    messages: [],
    events: [{ type: 'conversation.changed', subject: conversation.id, data: { changed } }],
  };
}
