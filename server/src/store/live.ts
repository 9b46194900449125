import type { LiveConversation, LiveWaiting, OwnerKind, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `c.id, coalesce(k.name, k.email) as customer, c.channel, c.bot, c.owner_kind,
  c.owner_id, c.owned_at, c.waiting_since, c.hand_off_reason as reason, c.priority, c.due_at, c.active_at`;
const contact = `left join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id`;

export type LiveRow = Omit<LiveConversation, 'owner'> & { owner_kind: OwnerKind; owner_id: string };

const waiting = statement(
  'live.waiting',
  `select ${columns}, c.place, c.count from (
     select *, rank() over (partition by owner_id order by priority desc, waiting_since)::int as place,
       count(*) over ()::int as count
     from conversations
     where workspace_id = $1 and owner_kind = 'queue' and state = 'open') c ${contact}
   where c.workspace_id = $1 order by c.owner_id, c.place, c.id limit $2`,
);
/** Those that wait for a person: queue by queue, each with its place. */
export const liveWaiting = (tx: Tx, scope: Scope, limit: number) =>
  tx.query<LiveRow & Pick<LiveWaiting, 'place'> & { count: number }>(waiting, [
    scope.workspace_id,
    limit,
  ]);

const unanswered = statement(
  'live.unanswered',
  `select ${columns} from conversations c ${contact}
   where c.workspace_id = $1 and c.state = 'open' and c.waiting_since is not null
   order by c.waiting_since, c.id limit $2`,
);
/** Those in which the customer waits for an answer; longest first. */
export const liveUnanswered = (tx: Tx, scope: Scope, limit: number) =>
  tx.query<LiveRow>(unanswered, [scope.workspace_id, limit]);

const count_unanswered = statement(
  'live.count_unanswered',
  `select count(*)::int as count from conversations
   where workspace_id = $1 and state = 'open' and waiting_since is not null`,
);
export const countUnanswered = async (tx: Tx, scope: Scope): Promise<number> =>
  (await tx.query<{ count: number }>(count_unanswered, [scope.workspace_id]))[0]?.count ?? 0;

const overdue = statement(
  'live.overdue',
  `select ${columns}, count(*) over ()::int as count from conversations c ${contact}
   where c.workspace_id = $1 and c.state = 'open' and c.due_at <= $2
   order by c.due_at, c.id limit $3`,
);
/** Those in which what was promised is late; the latest first. */
export const liveOverdue = (tx: Tx, scope: Scope, limit: number) =>
  tx.query<LiveRow & { count: number }>(overdue, [scope.workspace_id, tx.now, limit]);

const with_bots = statement(
  'live.with_bots',
  `select ${columns} from conversations c ${contact}
   where c.workspace_id = $1 and c.active_at > $2 and c.owner_kind = 'bot' and c.state = 'open'
   order by c.active_at desc, c.id desc limit $3`,
);
/** Those that a bot has, in which something was said since a moment; last active first. */
export const liveWithBots = (tx: Tx, scope: Scope, since: string, limit: number) =>
  tx.query<LiveRow>(with_bots, [scope.workspace_id, since, limit]);

const by_bot = statement(
  'live.by_bot',
  `select bot, count(*)::int as count from conversations
   where workspace_id = $1 and active_at > $2 and owner_kind = 'bot' and state = 'open'
   group by bot order by bot limit 200`,
);
export const liveByBot = (tx: Tx, scope: Scope, since: string) =>
  tx.query<{ bot: string; count: number }>(by_bot, [scope.workspace_id, since]);

const by_member = statement(
  'live.by_member',
  `select owner_id as id, count(*)::int as conversations, count(waiting_since)::int as owing,
     min(waiting_since) as owing_since
   from conversations where workspace_id = $1 and owner_kind = 'member' and state = 'open'
   group by owner_id order by owner_id limit 1000`,
);
/** Who has the wheel of how many open ones, and owes an answer in how many. */
export const liveByMember = (tx: Tx, scope: Scope) =>
  tx.query<{ id: string; conversations: number; owing: number; owing_since: string | null }>(
    by_member,
    [scope.workspace_id],
  );
