import { owesCall } from './call-back.ts';
import type { ConversationRecord } from './conversation.ts';
import { labelsOf } from './label.ts';
import { invalid, refuse } from './refusal.ts';
import type { Turn } from './said.ts';
import type { Instant } from './time.ts';
import { type Hand, line, take, turnedTo } from './wheel.ts';

/** What cannot be done with a conversation that goes on elsewhere. @throws Refusal merged */
export function standing(conversation: ConversationRecord): ConversationRecord {
  const { id, merged_into } = conversation;
  if (merged_into) throw refuse('merged', { conversation_id: id, merged_into });
  return conversation;
}

/** One conversation goes on in another (rule W35). The one ends under a new epoch, so that nothing that
 *  was begun for it is said any more; its messages stay where they are, under their numbers, and both
 *  name each other. What its customer waits for is awaited in the other, from when they began to wait,
 *  and there a person has the wheel who merges them, unless one has it or is waited for already.
 *  @param leads may take one from another member, and join what two customers said
 *  @throws Refusal invalid (into), merged, wheel_taken, forbidden (two customers) */
export function merge(
  from: ConversationRecord,
  into: ConversationRecord,
  hand: Hand,
  leads: boolean,
): { from: Turn; into: Turn } {
  if (from.id === into.id) throw invalid({ field: 'into', message: 'is this conversation itself' });
  standing(from);
  standing(into);
  const owner = { kind: from.owner_kind, id: from.owner_id };
  if (owner.kind === 'member' && owner.id !== hand.id && !leads) {
    throw refuse('wheel_taken', { conversation_id: from.id, owner });
  }
  if (from.contact_id !== into.contact_id && !leads) {
    const words = 'They are of two customers. A lead decides whether the two are one.';
    throw refuse('forbidden', { contact_ids: [from.contact_id, into.contact_id] }, words);
  }
  return { from: goneOn(from, into.id, hand), into: takenIn(from, into, hand) };
}

function goneOn(from: ConversationRecord, into: string, hand: Hand): Turn {
  const bot = { kind: 'bot', id: from.bot } as const;
  const turn = turnedTo(from, bot, 'conversation.merged', { into }, hand.now);
  const told = line(turn, hand, { line: 'merged', conversation_id: into });
  const next: ConversationRecord = {
    ...told.next,
    state: 'resolved',
    resolved_at: from.resolved_at ?? hand.now,
    merged_into: into,
    call_back: null,
    waiting_since: null,
  };
  return { ...told, next };
}

function takenIn(from: ConversationRecord, into: ConversationRecord, hand: Hand): Turn {
  const waits = from.state === 'open' ? from.waiting_since : null;
  const needed = from.state === 'open' && (from.owner_kind !== 'bot' || waits !== null);
  const taken = needed && into.owner_kind === 'bot';
  const begun: Turn = taken ? take(into, hand) : { next: into, messages: [], events: [] };
  const reopened = into.state === 'resolved' && needed;
  const turn: Turn = {
    ...begun,
    next: joined(from, begun.next, waits),
    events: [
      ...(reopened ? [{ type: 'conversation.reopened', subject: into.id, data: {} } as const] : []),
      ...begun.events,
      {
        type: 'conversation.changed',
        subject: into.id,
        data: { changed: ['merged'], merged: from.id },
      },
    ],
  };
  return line(turn, hand, { line: 'merged_in', conversation_id: from.id });
}

/** What the other keeps of both: the longer wait, the higher priority, all labels, a call-back that was
 *  asked for. */
function joined(
  from: ConversationRecord,
  into: ConversationRecord,
  waits: Instant | null,
): ConversationRecord {
  const { waiting_since, timing, call_back } = into;
  const earlier = waits !== null && (waiting_since === null || waits < waiting_since);
  const asked = owesCall(from.call_back) ? from.call_back : null;
  const kept = owesCall(call_back);
  return {
    ...into,
    ...(earlier
      ? {
          waiting_since: waits,
          // The same wait, which began earlier: what was counted of it is not counted twice.
          timing: timing.since ? { ...timing, since: waits } : timing,
        }
      : {}),
    resolved_at: into.state === 'open' ? null : into.resolved_at,
    priority: Math.max(into.priority, from.priority),
    labels: labelsOf([...into.labels, ...from.labels]).slice(0, most_labels),
    call_back: kept || !asked ? call_back : asked,
  };
}
const most_labels = 50;
