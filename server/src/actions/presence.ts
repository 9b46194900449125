import {
  type AbilitiesChange,
  type Member,
  type Presence,
  type Principal,
  plus,
  present_ms,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import {
  lockMember,
  type MemberRow,
  openConversationsOf,
  type PresenceRow,
  saveMember,
  showLife,
} from '../store/members.ts';

/** A sign of life is written down when the one before it has less than this left, so that a desk that
 *  gives one every twenty seconds costs few writes. */
const worth_ms = present_ms / 2;

/** Whether somebody is at the desk, and takes what comes. */
export function presenceOf(row: PresenceRow, { now }: Pick<Tx, 'now'>): Member['presence'] {
  if (row.present_until === null || row.present_until <= now) return 'offline';
  return row.away_until !== null && row.away_until > now ? 'away' : row.presence;
}

/** Members as people and programs see them, with what they have to do. */
export async function memberViews(tx: Tx, scope: Scope, rows: MemberRow[]): Promise<Member[]> {
  const open = await openConversationsOf(
    tx,
    scope,
    rows.filter(({ state }) => state === 'active').map(({ id }) => id),
  );
  return rows.map((row) => {
    const { present_until: _, ...rest } = row;
    return {
      ...rest,
      presence: presenceOf(row, tx),
      open_conversations: open.get(row.id) ?? 0,
    };
  });
}

export const memberView = async (tx: Tx, scope: Scope, row: MemberRow): Promise<Member> =>
  (await memberViews(tx, scope, [row]))[0] as Member;

const onlyPeople = (by: Principal): void => {
  if (by.kind !== 'member') throw refuse('forbidden', {}, 'People are there, and no program is.');
};

/** Says that one takes what comes, or that one is away for a while; either is a sign of life
 *  (rule W27). @throws Refusal forbidden to keys */
export async function setPresence(
  ports: Ports,
  by: Principal,
  { presence }: { presence: Presence },
): Promise<Member> {
  onlyPeople(by);
  const member = await ports.database.transact(by, async (tx) => {
    const me = await lockMember(tx, by, by.id);
    if (!me) throw refuse('unauthenticated');
    const present_until = plus(tx.now, present_ms);
    const saved = await saveMember(tx, by, { ...me, presence, present_until });
    if (presence !== me.presence) {
      const data = { presence, was: me.presence };
      appendEvents(tx, by, by, [{ type: 'member.presence_changed', subject: by.id, data }]);
    }
    return memberView(tx, by, saved);
  });
  ports.database.wake();
  return member;
}

/** A sign of life: somebody is at the desk. It is no event, and changes nothing that they said
 *  themselves (rule W27). @throws Refusal forbidden to keys */
export const beHere = (ports: Ports, by: Principal): Promise<void> =>
  ports.database.transact(by, async (tx) => {
    onlyPeople(by);
    const until = plus(tx.now, present_ms);
    showLife(tx, by, by.id, { until, unless_after: plus(tx.now, worth_ms) });
  });

/** Changes what a member takes on. @throws Refusal not_found */
export async function changeAbilities(
  ports: Ports,
  by: Principal,
  id: string,
  body: AbilitiesChange,
): Promise<Member> {
  const member = await ports.database.transact(by, async (tx) => {
    const row = await lockMember(tx, by, id);
    if (row?.state !== 'active') throw refuse('not_found', { member_id: id });
    const next = {
      ...row,
      capacity: body.capacity ?? row.capacity,
      skills: body.skills ? unique(body.skills) : row.skills,
      languages: body.languages ? unique(body.languages) : row.languages,
    };
    const { capacity, skills, languages } = next;
    const data = { capacity, skills, languages };
    if (JSON.stringify(data) === JSON.stringify(abilitiesOf(row))) return memberView(tx, by, row);
    const saved = await saveMember(tx, by, next);
    appendEvents(tx, by, by, [{ type: 'member.enabled', subject: id, data }]);
    return memberView(tx, by, saved);
  });
  ports.database.wake();
  return member;
}

const abilitiesOf = ({ capacity, skills, languages }: MemberRow) => ({
  capacity,
  skills,
  languages,
});
const unique = (names: string[]): string[] => [...new Set(names)];
