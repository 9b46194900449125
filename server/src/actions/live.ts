import {
  atLeast,
  type Bot,
  backAt,
  day,
  type LiveConversation,
  type LiveView,
  type LiveWaiting,
  type Principal,
  plus,
  usualWait,
  with_bots_ms,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { listBots } from '../store/bots.ts';
import { recentWaits } from '../store/clocks.ts';
import {
  countUnanswered,
  type LiveRow,
  liveByBot,
  liveByMember,
  liveOverdue,
  liveUnanswered,
  liveWaiting,
  liveWithBots,
} from '../store/live.ts';
import { listMembers, namesOf } from '../store/members.ts';
import { memberViews } from './presence.ts';

const most_waiting = 200;
const most_shown = 50;

/** What goes on in all conversations at this moment: who waits for a person, who for an answer, who
 *  has how many, which bots are stopped (rule W36). Read at one moment, so that its parts agree. */
export const readLive = (ports: Ports, by: Principal): Promise<LiveView> =>
  ports.database.transact(by, async (tx) => {
    const since = plus(tx.now, -with_bots_ms);
    const [waiting, unanswered, unanswered_count, overdue, with_bots, by_bot, bots] =
      await Promise.all([
        liveWaiting(tx, by, most_waiting),
        liveUnanswered(tx, by, most_shown),
        countUnanswered(tx, by),
        liveOverdue(tx, by, most_shown),
        liveWithBots(tx, by, since, most_shown),
        liveByBot(tx, by, since),
        listBots(tx, by),
      ]);
    const nameOf = await namer(tx, by, [...waiting, ...unanswered, ...overdue], bots);
    const counts = new Map(by_bot.map(({ bot, count }) => [bot, count]));
    return {
      at: tx.now,
      waiting: { count: waiting[0]?.count ?? 0, rows: await placed(tx, by, waiting, bots, nameOf) },
      unanswered: { count: unanswered_count, rows: unanswered.map((row) => shown(row, nameOf)) },
      overdue: {
        count: overdue[0]?.count ?? 0,
        rows: overdue.map((row) => shown(row, nameOf)),
      },
      with_bots: {
        count: by_bot.reduce((sum, { count }) => sum + count, 0),
        rows: with_bots.map((row) => shown(row, nameOf)),
      },
      with_bots_ms,
      people: await peopleNow(tx, by),
      bots: bots.map(({ name, title, stopped_at, stopped_by }) => ({
        ...{ name, title, conversations: counts.get(name) ?? 0 },
        ...{ stopped_at, stopped_by },
      })),
    };
  });

type NameOf = (row: LiveRow) => string;

async function namer(tx: Tx, by: Principal, rows: LiveRow[], bots: Bot[]): Promise<NameOf> {
  const members = rows.filter(({ owner_kind }) => owner_kind === 'member');
  const names = await namesOf(tx, by, [...new Set(members.map(({ owner_id }) => owner_id))]);
  const titles = new Map(bots.map(({ name, title }) => [name, title]));
  return ({ owner_kind, owner_id }) =>
    (owner_kind === 'bot' ? titles : names).get(owner_id) ?? owner_id;
}

const shown = (row: LiveRow, nameOf: NameOf): LiveConversation => ({
  id: row.id,
  customer: row.customer,
  channel: row.channel,
  bot: row.bot,
  owner: { kind: row.owner_kind, id: row.owner_id, name: nameOf(row) },
  owned_at: row.owned_at,
  waiting_since: row.waiting_since,
  reason: row.reason,
  priority: row.priority,
  due_at: row.due_at,
  active_at: row.active_at,
});

/** Those who wait, with about how long people wait in their queue, and when people are there again. */
async function placed(
  tx: Tx,
  by: Principal,
  rows: Awaited<ReturnType<typeof liveWaiting>>,
  bots: Bot[],
  nameOf: NameOf,
): Promise<LiveWaiting[]> {
  const waits = new Map<string, number | null>();
  for (const queue of new Set(rows.map(({ owner_id }) => owner_id))) {
    const { ended, running } = await recentWaits(tx, by, queue, plus(tx.now, -day));
    waits.set(queue, usualWait(ended, running));
  }
  const back = new Map(
    bots.map(({ name, definition }) => [name, backAt(definition.hours, tx.now)]),
  );
  return rows.map((row) => ({
    ...shown(row, nameOf),
    place: row.place,
    wait_ms: waits.get(row.owner_id) ?? null,
    back_at: back.get(row.bot) ?? null,
  }));
}

/** Who may take a conversation, and whoever has one; those with most first. */
async function peopleNow(tx: Tx, by: Principal): Promise<LiveView['people']> {
  const [rows, loads] = await Promise.all([listMembers(tx, by), liveByMember(tx, by)]);
  const members = await memberViews(tx, by, rows);
  const load = new Map(loads.map((row) => [row.id, row]));
  return members
    .filter(
      ({ id, role, state }) => load.has(id) || (state === 'active' && atLeast(role, 'reviewer')),
    )
    .map(({ id, name, role, presence, capacity }) => {
      const { conversations = 0, owing = 0, owing_since = null } = load.get(id) ?? {};
      return { id, name, role, presence, capacity, conversations, owing, owing_since };
    })
    .sort((a, b) => b.conversations - a.conversations || a.name.localeCompare(b.name));
}
