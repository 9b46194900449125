import {
  type Customer,
  every_workspace,
  type Looking,
  type LookingChange,
  looking_ms,
  type Principal,
  plus,
  refuse,
  type Scope,
  typing_ms,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findConversation, markRead } from '../store/conversations.ts';
import {
  type LookingNowRow,
  type LookingRow,
  lookingAt,
  lookingEverywhere,
  sweepLooking,
  touchLooking,
} from '../store/looking.ts';

/** Rows of those who left are kept for no longer than this. */
const kept_ms = 10 * 60_000;

const sinceOf = ({ now }: Tx) => ({
  looking: plus(now, -looking_ms),
  typing: plus(now, -typing_ms),
});

const toLooking = (rows: LookingRow[]): Looking => ({
  looking: rows
    .filter(({ kind }) => kind === 'member')
    .map(({ id: member_id, name, typing }) => ({ member_id, name, typing })),
  customer_typing: rows.some(({ kind, typing }) => kind === 'contact' && typing),
});

/** Who looks at a conversation, within a transaction (rule W16). */
export const lookingIn = async (tx: Tx, scope: Scope, id: string): Promise<Looking> =>
  toLooking(await lookingAt(tx, scope, [id], sinceOf(tx)));

/** The same for each of many, with one question. */
export async function lookingInEach(tx: Tx, scope: Scope, ids: string[]) {
  const rows = await lookingAt(tx, scope, ids, sinceOf(tx));
  return (id: string): Looking => toLooking(rows.filter((row) => row.conversation_id === id));
}

/** A member has a conversation open, and perhaps writes in it; said again while they do (rule W16).
 *  It is no event: nothing happened to the conversation.
 *  @returns who else does
 *  @throws Refusal not_found, forbidden */
export const look = (
  ports: Ports,
  by: Principal,
  id: string,
  { typing }: { typing: boolean },
): Promise<Looking> =>
  ports.database
    .transact(by, async (tx) => {
      if (!(await findConversation(tx, by, id))) throw refuse('not_found', { conversation_id: id });
      if (by.kind !== 'member') throw refuse('forbidden', {}, 'People look, and no program does.');
      sweepLooking(tx, by, plus(tx.now, -kept_ms));
      touchLooking(tx, by, id, { kind: 'member', id: by.id, typing });
      return lookingIn(tx, by, id);
    })
    .finally(() => ports.database.wake());

/** The customer is typing. @throws Refusal not_found for a conversation that is not theirs */
export async function typeInChat(ports: Ports, by: Customer, id: string): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    const row = await findConversation(tx, by, id);
    if (!row || row.contact_id !== by.id) throw refuse('not_found', { conversation_id: id });
    touchLooking(tx, by, id, { kind: 'contact', id: by.id, typing: true });
  });
  ports.database.wake();
}

/** The team has read so far; never less than before. @throws Refusal not_found */
export async function readByTeam(
  ports: Ports,
  by: Principal,
  id: string,
  seq: number,
): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    const row = await findConversation(tx, by, id);
    if (!row) throw refuse('not_found', { conversation_id: id });
    markRead(tx, by, id, { team: Math.min(seq, row.seq) });
  });
  ports.database.wake();
}

export interface LookingNow extends LookingChange {
  workspace_id: string;
}

/** Who looks where, on every conversation at which somebody does. */
export const readLooking = (ports: Ports): Promise<LookingNow[]> =>
  ports.database.transact(every_workspace, async (tx) => {
    const groups = new Map<string, LookingNowRow[]>();
    for (const row of await lookingEverywhere(tx, sinceOf(tx))) {
      const { conversation_id: id } = row;
      const group = groups.get(id);
      if (group) group.push(row);
      else groups.set(id, [row]);
    }
    return [...groups.values()].map((rows) => {
      const { workspace_id, conversation_id, ...row } = rows[0] as LookingNowRow;
      const { customer_read_seq, customer_delivered_seq, team_read_seq } = row;
      const seen = { customer_read_seq, customer_delivered_seq, team_read_seq };
      const { answering, streaming } = row;
      return {
        ...{ workspace_id, conversation_id, answering, streaming },
        ...seen,
        ...toLooking(rows),
      };
    });
  });
