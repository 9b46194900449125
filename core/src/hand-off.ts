import { type CallBackSubmission, callable, calledBackAt, reachableIn } from './call-back.ts';
import type { ConversationRecord } from './conversation.ts';
import type { NewEvent } from './event.ts';
import { droppable, type OfferReason, type Routing } from './routing.ts';
import type { Turn } from './said.ts';
import { isQuestion } from './sentence.ts';
import type { Instant } from './time.ts';
import { type Hand, line } from './wheel.ts';

const told = (
  next: ConversationRecord,
  type: NewEvent['type'],
  data: Record<string, unknown>,
): Turn => ({ next, messages: [], events: [{ type, subject: next.id, data }] });

/** The same hand-off, with what became of looking for a person; none that is under way no more. */
function routed(
  conversation: ConversationRecord,
  change: (routing: Routing) => Partial<Routing>,
): ConversationRecord {
  const { routing } = conversation;
  return routing
    ? { ...conversation, routing: { ...routing, ...change(routing) } }
    : { ...conversation };
}

/** A waiting conversation is somebody's to take, for a time (rule W11). It keeps waiting until they do:
 *  the customer is told of a person when one has the wheel, and not before. */
export const offerTo = (
  conversation: ConversationRecord,
  offer: { to: string; until: Instant },
  why: OfferReason | 'sent',
): Turn =>
  told(
    routed(conversation, () => ({ offer })),
    'conversation.offered',
    { to: offer.to, until: offer.until, why },
  );

/** A waiting conversation is sent on, to a colleague or to another queue (rule W28). It keeps its place
 *  in time, and what had begun under its epoch is as void as before. */
export function redirect(
  conversation: ConversationRecord,
  to: { queue: string; routing: Routing; why?: OfferReason | 'sent' },
): Turn {
  const { queue, routing, why } = to;
  const next = { ...conversation, owner_id: queue, routing };
  const { hand_off_output_id: output_id, hand_off_reason: reason } = conversation;
  const data = { reason, output_id, to: { kind: 'queue', id: queue }, sent_on: true };
  const turn = told(next, 'conversation.handed_off', data);
  if (!routing.offer) return turn;
  const offered = told(next, 'conversation.offered', { ...routing.offer, why });
  return { ...turn, events: [...turn.events, ...offered.events] };
}

/** Nobody's in particular any more: who had it lets others come first (rule W29).
 *  @param why they let it lapse, or are there no more */
export const withdrawOffer = (conversation: ConversationRecord, why: 'lapsed' | 'gone'): Turn => {
  const from = conversation.routing?.offer?.to;
  const next = routed(conversation, ({ passed }) => ({
    offer: null,
    passed: from ? [...passed.filter((id) => id !== from), from] : passed,
  }));
  return told(next, 'conversation.offered', { to: null, from: from ?? null, why });
};

/** One thing less is needed of whoever takes it, and everyone may be asked again (rule W29). */
export const widen = (conversation: ConversationRecord): Turn => {
  const next = routed(conversation, ({ widened }) => ({ widened: widened + 1, passed: [] }));
  const { routing } = conversation;
  const dropped = routing && droppable(routing)[routing.widened];
  return told(next, 'conversation.widened', { dropped });
};

/** The customer may leave where they are to be called back (rule W29). One that they left stands. */
export function offerCallBack(conversation: ConversationRecord, hand: Hand): Turn {
  const next = callable(conversation, hand.now);
  if (next === conversation) return { next, messages: [], events: [] };
  const turn = told(next, 'conversation.call_back_offered', {});
  return line(turn, hand, { line: 'call_back_offered' });
}

/** The customer left where they are to be called back; left again, it takes the place of what they
 *  left before. */
export function askCallBack(
  conversation: ConversationRecord,
  hand: Hand,
  left: CallBackSubmission,
): Turn {
  const call_back = calledBackAt(conversation.call_back, left, hand.now);
  const by = (['email', 'phone'] as const).filter((way) => left[way] !== undefined);
  const turn = told({ ...conversation, call_back }, 'conversation.call_back_asked', { by });
  return line(turn, hand, { line: 'call_back_asked' });
}

/** What a customer says while nobody came and the bot is there: an e-mail address or a telephone number
 *  in it asks for the call-back that they were offered (rule W131). The bot answers what they ask beside
 *  it; a message that they leave is for whoever comes back to them.
 *  @param turn that they said it */
export function leftInWords(turn: Turn, hand: Hand, words: string): Turn {
  const { owner_kind, call_back } = turn.next;
  const is_open = call_back && !call_back.asked_at && !call_back.done_at;
  const left = is_open && owner_kind === 'bot' ? reachableIn(words) : undefined;
  if (!left) return turn;
  const asked = askCallBack(turn.next, hand, left);
  const answers = isQuestion(words) ? {} : { turn_seq: null };
  return {
    next: { ...asked.next, ...answers },
    messages: [...turn.messages, ...asked.messages],
    events: [...turn.events, ...asked.events],
  };
}
