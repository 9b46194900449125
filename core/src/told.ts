import { callable } from './call-back.ts';
import type { ConversationRecord } from './conversation.ts';
import type { Line } from './message.ts';
import type { Turn } from './said.ts';
import { endTurn } from './speak.ts';
import type { Instant } from './time.ts';
import { type Hand, line } from './wheel.ts';

const unchanged = (next: ConversationRecord): Turn => ({ next, messages: [], events: [] });

/** The customer is told how it stands, in a line that nothing else comes with. */
const told = (turn: Turn, hand: Hand, body: Omit<Line, 'kind'>): Turn => {
  const data = { line: body.line };
  const event = { type: 'conversation.told' as const, subject: turn.next.id, data };
  return line({ ...turn, events: [...turn.events, event] }, hand, body);
};

/** The customer is told that they still wait for a person, and where they stand (rule W10). */
export const stillWaiting = (
  conversation: ConversationRecord,
  hand: Hand,
  { ahead, wait_ms }: { ahead: number; wait_ms: number | null },
): Turn =>
  told(unchanged(conversation), hand, {
    line: 'still_waiting',
    ahead,
    ...(wait_ms === null ? {} : { wait_ms }),
  });

/** A call waits for a person: the customer is told so, and the bot owes nothing more for the message
 *  (rule W50). @returns undefined when the conversation has gone on */
export function awaitDecision(
  conversation: ConversationRecord,
  hand: Hand,
  turn: { epoch: number; for_seq: number },
): Turn | undefined {
  const ended = endTurn(conversation, turn, hand.now);
  return ended && told(ended, hand, { line: 'approval' });
}

/** A reply of the bot's still waits for a person: the customer is told so once, and while nobody is to be
 *  there when people are back, and that they may leave where they can be called back (rule W80). */
export function stillHeld(
  conversation: ConversationRecord,
  hand: Hand,
  back_at: Instant | null,
): Turn {
  if (!back_at) return told(unchanged(conversation), hand, { line: 'approval' });
  const next = callable(conversation, hand.now);
  return told(unchanged(next), hand, { line: 'approval', back_at });
}
