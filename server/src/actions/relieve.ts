import {
  assert,
  type Bot,
  type ConversationRecord,
  type Gone,
  type GoneWhy,
  goneAt,
  handBack,
  handOff,
  type Instant,
  type Principal,
  type Scope,
  type Turn,
  type WaitClock,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findMember } from '../store/members.ts';
import { lastAnswer } from '../store/messages.ts';
import { handOf, joined } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson } from './hand-off.ts';
import { standIn } from './member.ts';
import { summaryWithin } from './summary.ts';
import { from_rules, note } from './wheel.ts';

/** From when on the member who has the wheel of a conversation is not there; null while they are, or
 *  nothing is known of it (rule W89). */
export async function goneFrom(
  tx: Tx,
  scope: Scope,
  { id, owner_kind, owner_id }: ConversationRecord,
  { owned_at }: WaitClock,
): Promise<Gone | null> {
  if (owner_kind !== 'member') return null;
  const [member, last] = await Promise.all([
    findMember(tx, scope, owner_id),
    lastAnswer(tx, scope, id),
  ]);
  const spoke_at: Instant | null = last?.author_id === owner_id ? last.at : null;
  const acted_at = owned_at && spoke_at && owned_at > spoke_at ? owned_at : (spoke_at ?? owned_at);
  return goneAt(member, acted_at, tx.now);
}

const gone_words: Record<GoneWhy, string> = {
  removed: 'they are no member any more',
  'role changed': 'their role has changed',
  away: 'they are away',
  offline: 'they are offline',
};

interface Ground {
  ports: Ports;
  rulings: RulingsCache;
  tx: Tx;
  by: Principal;
  row: ConversationRecord;
  bot: Bot | undefined;
  gone: Gone | null;
}

/** Another person is asked for in the place of who is not there: whoever stands in for them before
 *  others, if they are there themselves (rules W89 and P6). */
export async function relieve({ ports, rulings, tx, by, row, bot, gone }: Ground): Promise<Turn> {
  assert(gone, 'somebody is relieved who is gone');
  const { why } = gone;
  const heir = why === 'away' ? await standIn(tx, by, row.owner_id) : null;
  const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'silent', {
    why: gone_words[why],
    relieves: { why, stand_in: heir?.id ?? null },
  });
  return handOff(row, handOf(ports, tx, by), wanted, why);
}

/** Where it is the customer's turn and whoever had the wheel is gone for good the bot has it again, with
 *  what was settled and promised: nobody is kept waiting, and nobody is called for nothing. */
export async function giveBackFor({ ports, tx, by, row, gone }: Ground): Promise<Turn> {
  const hand = handOf(ports, tx, by);
  const summary = await summaryWithin(tx, by, row);
  const noted = summary ? note(ports, row, hand, from_rules, summary) : undefined;
  return joined(noted, handBack(noted?.next ?? row, hand, true, gone?.why));
}
