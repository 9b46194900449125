import {
  type Bot,
  type Brief,
  type ConversationRecord,
  type HandOffReason,
  handOff,
  type Purpose,
  type Scope,
  type Turn,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { keepCalls } from '../store/calls.ts';
import type { OutputRow } from '../store/outputs.ts';
import { handOf } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson, botPrincipal } from './hand-off.ts';

/** What a decided output of a bot's means something in: its conversation, locked. */
export interface Ground {
  ports: Ports;
  rulings: RulingsCache;
  tx: Tx;
  scope: Scope;
  row: ConversationRecord;
  output: OutputRow;
  purpose: Purpose;
  bot: Bot | undefined;
}

/** A person is asked for in the place of what was decided, or was not. Where nobody decided, the calls
 *  that wait are left to be decided on (rule W101). */
export async function asked(
  ground: Ground,
  reason: HandOffReason,
  more: { why?: string; suggestion?: Brief['suggestion']; open?: string[] } = {},
): Promise<Turn> {
  const { ports, rulings, tx, scope, row, bot, purpose } = ground;
  if (row.hand_off_output_id) return { next: row, messages: [], events: [] };
  if (reason === 'undecided') keepCalls(tx, scope, row);
  const wanted = await askForPerson(ports, rulings, tx, scope, row, bot, reason, more);
  return handOff(row, handOf(ports, tx, botPrincipal(scope, purpose.bot)), wanted);
}
