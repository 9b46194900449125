import {
  type Bot,
  backAt,
  type ConversationRecord,
  decisionTime,
  handOff,
  type Instant,
  type Principal,
  plus,
  type Scope,
  second,
  type Turn,
  Waiting,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { type HeldCall, heldCalls, keepCalls } from '../store/calls.ts';
import { handOf } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson } from './hand-off.ts';

/** When a person is to be asked for, since nobody has decided on a call of the bot's: after as long as a
 *  reply may be held (rules W80 and W101). */
export async function undecidedFrom(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  bot: Bot | undefined,
): Promise<Instant | null> {
  if (row.owner_kind !== 'bot' || row.state !== 'open') return null;
  const dues = (await heldCalls(tx, scope, row)).map((call) => dueAt(call, bot));
  return dues.toSorted()[0] ?? null;
}

function dueAt({ at, undo_until }: HeldCall, bot: Bot | undefined): Instant {
  const waiting = Waiting.parse(bot?.definition.waiting ?? {});
  const back_at = backAt(bot?.definition.hours, at);
  const due_at = plus(at, decisionTime(waiting, { waited_since: at, back_at, now: at }));
  // What was decided and can be undone is looked at again when it cannot.
  const undone_by = undo_until && plus(undo_until, second);
  return undone_by && undone_by > due_at ? undone_by : due_at;
}

interface Ground {
  ports: Ports;
  rulings: RulingsCache;
  tx: Tx;
  by: Principal;
  row: ConversationRecord;
  bot: Bot | undefined;
}

/** Nobody decided on a call in time: a person has the conversation, and the call is left to be decided on
 *  (rule W101). */
export async function leaveUndecided({ ports, rulings, tx, by, row, bot }: Ground): Promise<Turn> {
  const why = (await heldCalls(tx, by, row)).map(({ title }) => title).join('; ');
  keepCalls(tx, by, row);
  const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'undecided', { why });
  return handOff(row, handOf(ports, tx, by), wanted);
}
