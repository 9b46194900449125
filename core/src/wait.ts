import * as z from 'zod';
import { owesCall } from './call-back.ts';
import type { ConversationRecord } from './conversation.ts';
import type { Gone } from './gone.ts';
import { droppable } from './routing.ts';
import { elapsed, type Instant, longest_wait_ms, minute, plus } from './time.ts';

const Wait = z.int().min(1).max(longest_wait_ms);

/** What a waiting customer is owed as time goes by (rule W10). */
export const Waiting = z.strictObject({
  /** Told after so long that they still wait, then each time after twice as long. */
  tell_after_ms: Wait.default(3 * minute),
  /** A member who has the wheel and leaves the customer waiting for so long is reminded. */
  silent_after_ms: Wait.default(5 * minute),
  /** So long after that another person is asked for. */
  silent_grace_ms: Wait.default(2 * minute),
  /** So long a member has to take what is offered to them, before it goes to another. */
  offer_ms: Wait.default(minute),
  /** While nobody takes it the skills, and after as long again the language, are asked for no more. */
  widen_after_ms: Wait.default(2 * minute),
  /** After so long the customer may leave where they can be called back. */
  call_back_after_ms: Wait.default(5 * minute),
});
export type Waiting = z.infer<typeof Waiting>;

/** A reviewer as quick as this decides on a reply before its customer is told that it is held. */
const quick_ms = 8_000;

/** What a conversation's clock did since its owner has the wheel. Another owner begins with an empty
 *  one, so that a second wait runs from the start. */
export interface WaitClock {
  owned_at: Instant | null;
  /** How often the customer was told that they still wait for a person, or for a held reply. */
  told?: number;
  told_at?: Instant;
  reminded_at?: Instant;
}

export type WaitAct =
  | 'tell'
  | 'tell_held'
  | 'lapse'
  | 'widen'
  | 'offer_call_back'
  | 'remind'
  | 'hand_off'
  | 'undecided'
  | 'relieve'
  | 'give_back';

/** What a clock needs to know beside the conversation. */
export interface Beside {
  /** Since when the oldest of what the bot would say or do waits for a person, if anything does. */
  held_at?: Instant | null;
  /** When a person is to be asked for, while a call of the bot's waits that nobody decided on. */
  undecided_at?: Instant | null;
  /** When people are there again, while they are not. */
  back_at?: Instant | null;
  /** From when on the member who has the wheel is not there. */
  gone?: Gone | null;
}

/** What time has come for in a conversation, and when to look again (rules W10, W80, W89 and W101).
 *  @returns `act` null while nothing is due; `next_at` null when time alone changes nothing */
export function attend(
  row: Pick<
    ConversationRecord,
    'state' | 'owner_kind' | 'waiting_since' | 'routing' | 'call_back' | 'snoozed_until'
  >,
  clock: WaitClock,
  waiting: Waiting,
  now: Instant,
  { held_at = null, undecided_at = null, back_at = null, gone = null }: Beside = {},
): { act: WaitAct | null; next_at: Instant | null } {
  const nothing = { act: null, next_at: null };
  const owned_at = clock.owned_at ?? now;
  if (row.state !== 'open') return nothing;
  if (row.owner_kind === 'member' && gone) {
    const { act, next_at } = attendGone(row, gone, now);
    if (act) return { act, next_at: null };
    const other = attend(row, clock, waiting, now, { back_at });
    return { ...other, next_at: earlier(other.next_at, next_at) };
  }
  if (row.owner_kind === 'bot') {
    const told = held_at ? attendHeld(row, clock, waiting, now, held_at) : nothing;
    if (undecided_at && undecided_at <= now) return { act: 'undecided', next_at: null };
    return { act: told.act, next_at: earlier(told.next_at, undecided_at) };
  }
  // While nobody is to be there, nobody is late (rule W12).
  if (back_at) return { act: null, next_at: back_at };
  if (row.owner_kind === 'queue') return attendQueued(row, { ...clock, owned_at }, waiting, now);
  if (row.owner_kind !== 'member' || row.waiting_since === null) return nothing;
  // A member who takes over an old wait is given the same time as for a new one.
  const since = row.waiting_since > owned_at ? row.waiting_since : owned_at;
  const remind_at = plus(since, waiting.silent_after_ms);
  if (now < remind_at) return { act: null, next_at: remind_at };
  const reminded_at = clock.reminded_at;
  if (!reminded_at || reminded_at < since) {
    return { act: 'remind', next_at: plus(now, waiting.silent_grace_ms) };
  }
  // Counted from the reminder: whoever could not be reminded in time still has the time after it.
  const hand_off_at = plus(reminded_at, waiting.silent_grace_ms);
  return now < hand_off_at
    ? { act: null, next_at: hand_off_at }
    : { act: 'hand_off', next_at: null };
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a && b ? (a < b ? a : b) : (a ?? b);

/** While a member has it who is not there, or soon will not be. Who waits gets another person, by day and
 *  by night. Where it is the customer's turn, whoever comes back finds it as it was; of one who is gone
 *  for good the bot has it again, unless a call-back is still owed. */
function attendGone(
  {
    waiting_since,
    call_back,
    snoozed_until,
  }: Pick<ConversationRecord, 'waiting_since' | 'call_back' | 'snoozed_until'>,
  gone: Gone,
  now: Instant,
): { act: WaitAct | null; next_at: Instant | null } {
  const waits = waiting_since !== null;
  // What was put aside comes back to the queue at its time (rule W32).
  if (!waits && (!gone.for_good || snoozed_until)) return { act: null, next_at: null };
  if (now < gone.at) return { act: null, next_at: gone.at };
  return { act: waits || owesCall(call_back) ? 'relieve' : 'give_back', next_at: null };
}

/** While a reply of the bot's waits for a person: once told, a customer who writes on meanwhile is not
 *  told again, by day or by night. */
function attendHeld(
  { waiting_since }: Pick<ConversationRecord, 'waiting_since'>,
  { told_at }: WaitClock,
  { tell_after_ms }: Waiting,
  now: Instant,
  held_at: Instant,
): { act: WaitAct | null; next_at: Instant | null } {
  const since = waiting_since && waiting_since < held_at ? waiting_since : held_at;
  if (told_at && told_at >= since) return { act: null, next_at: null };
  const tell_at = plus(held_at, Math.min(quick_ms, tell_after_ms));
  return now < tell_at ? { act: null, next_at: tell_at } : { act: 'tell_held', next_at: null };
}

/** How long people have to decide on a reply that is held, before another person is asked for: as long
 *  as whoever has the wheel may leave the customer waiting, counted from the customer's own wait. What is
 *  held late in it still has the time of an offer, and a night is no part of it (rules W12 and W80). */
export function decisionTime(
  { silent_after_ms, offer_ms }: Waiting,
  { waited_since, back_at, now }: { waited_since: Instant; back_at: Instant | null; now: Instant },
): number {
  if (back_at) return elapsed(now, back_at) + silent_after_ms;
  const left = silent_after_ms - elapsed(waited_since, now);
  return Math.max(left, Math.min(offer_ms, silent_after_ms));
}

/** While a queue has it: the first of what is due, and when something is due after that. */
function attendQueued(
  { routing, call_back }: Pick<ConversationRecord, 'routing' | 'call_back'>,
  { owned_at, told = 0, told_at }: WaitClock & { owned_at: Instant },
  waiting: Waiting,
  now: Instant,
): { act: WaitAct | null; next_at: Instant | null } {
  const { tell_after_ms, widen_after_ms, call_back_after_ms } = waiting;
  const after = (ms: number) => plus(owned_at, ms);
  const planned: { act: WaitAct; at: Instant }[] = [];
  if (routing?.offer) planned.push({ act: 'lapse', at: routing.offer.until });
  if (routing && routing.widened < droppable(routing).length) {
    planned.push({ act: 'widen', at: after(widen_after_ms * (routing.widened + 1)) });
  }
  if (!call_back || call_back.done_at) {
    planned.push({ act: 'offer_call_back', at: after(call_back_after_ms) });
  }
  // Told late, the next time is as much later.
  const next_ms = tell_after_ms * 2 ** told;
  planned.push({ act: 'tell', at: told_at ? plus(told_at, next_ms / 2) : after(next_ms) });
  const act = planned.find(({ at }) => at <= now)?.act ?? null;
  const others = planned.filter((one) => one.act !== act).map(({ at }) => at);
  // What an act brings with it is looked for at once; telling brings nothing.
  const again = act === 'tell' ? [plus(now, tell_after_ms * 2 ** told)] : act ? [now] : [];
  return { act, next_at: [...others, ...again].sort()[0] ?? null };
}

/** Fewer waits than this say too little of the next one. */
const least_waits = 5;

/** About how long people wait here until a person comes: the median by Kaplan and Meier (1958), in which
 *  those who wait still count for as long as they have. Of a queue where few come and many wait that says
 *  nothing rather than what those few waited.
 *  @param ended how long those waited for whom a person came, in milliseconds
 *  @param running how long those have waited who wait still
 *  @returns null when too few are known, or more than half wait longer than is known */
export function usualWait(ended: number[], running: number[]): number | null {
  if (ended.length < least_waits) return null;
  const still_ms = running.toSorted((a, b) => a - b);
  const came_ms = ended.toSorted((a, b) => a - b);
  let still = 0;
  let waits_on = 1;
  for (const [at, ms] of came_ms.entries()) {
    while (still < still_ms.length && (still_ms[still] as number) < ms) still++;
    waits_on *= 1 - 1 / (came_ms.length - at + still_ms.length - still);
    // Halves that rounding keeps from being whole.
    if (waits_on <= 0.5 + 1e-9) return ms;
  }
  return null;
}
