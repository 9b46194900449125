import {
  type ConversationFilter,
  type ConversationRecord,
  invalid,
  type Page,
  type Scope,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { columns, to_call_back } from './conversations.ts';
import { isDated, patternsOf } from './patterns.ts';

// Like the list of cases, its where is put together from a filter: each piece is a constant here, each
// value a parameter.
const last_said = `(select jsonb_build_object('author_kind', m.author_kind, 'body', m.body, 'at',
    to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from messages m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
    and m.seq <= c.seq and m.author_kind <> 'system' and m.whisper_to is null
  order by m.seq desc limit 1) as last`;

const views: Record<NonNullable<ConversationFilter['view']>, string> = {
  waiting: `c.state = 'open' and (c.owner_kind = 'queue' or (c.owner_kind = 'bot' and ${to_call_back}))`,
  mine: `c.state = 'open' and c.owner_kind = 'member' and c.owner_id = $2
    and c.snoozed_until is null`,
  bot: `c.state = 'open' and c.owner_kind = 'bot'`,
  open: `c.state = 'open' and c.snoozed_until is null`,
  snoozed: `c.state = 'open' and c.snoozed_until is not null`,
  resolved: `c.state = 'resolved'`,
  mentions: `exists (select from mentions n where n.workspace_id = c.workspace_id
    and n.member_id = $2 and n.conversation_id = c.id)`,
};

const words_of_row = `(select concat_ws(' ', c.title, k.name, k.email, k.external_id, c.labels::text)
  from contacts k where k.workspace_id = c.workspace_id and k.id = c.contact_id)`;

export type ListedRow = ConversationRecord & {
  last: { author_kind: string; body: Record<string, unknown>; at: string } | null;
  /** Since when it waits, by the order that has who waits longest first. */
  waits?: string | null;
};

// What is held in any conversation, by the cases that wait: few beside the conversations with a bot. Its
// customer waits for that since it was made, also once the bot has answered something later.
const held = `left join (select o.conversation_id, o.metadata->>'epoch' as of_epoch, min(o.created_at) as since
    from cases k join outputs o on o.workspace_id = k.workspace_id and o.id = k.output_id
    where k.workspace_id = $1 and k.state = 'waiting' and o.conversation_id is not null
      and o.verdict = 'hold' and o.outcome is null and starts_with(o.created_by, 'bot:')
      and o.metadata->>'purpose' = 'reply'
    group by 1, 2) held on held.conversation_id = c.id and held.of_epoch = c.epoch::text`;

/** One page of conversations: the most urgent first (by priority, then by what is due, then by who
 *  waits longest), those that wait for a bot's answer longest first, or those last active first.
 *  @throws Refusal invalid (cursor, order) */
export async function listConversations(
  tx: Tx,
  scope: Scope,
  me_id: string,
  asked: ConversationFilter,
): Promise<Page<ListedRow>> {
  // What is blank asks for nothing, and so names no statement of its own.
  const { q, ...narrowed } = asked;
  const filter = q?.trim() ? asked : narrowed;
  const values: unknown[] = [scope.workspace_id, me_id];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ['c.workspace_id = $1', '$2::text is not null', ...wheres(filter, bind)];
  const order = orderOf(filter);
  if (filter.cursor) where.push(behind(filter.cursor, order, bind));
  const [more, beside] =
    order === 'longest' ? [', least(c.waiting_since, held.since) as waits', held] : ['', ''];
  const text = `select ${columns}, ${last_said}${more} from conversations c ${beside}
    where ${where.join(' and ')} order by ${orders[order]} limit ${bind(filter.limit + 1)}`;
  const { view, limit: _, ...rest } = filter;
  // Named by its shape: as many prepared statements as there are kinds of question asked.
  const shape = [
    view,
    order,
    ...Object.keys(rest)
      .filter((name) => given(rest, name))
      .sort(),
  ];
  const name = `conversations.list.${shape.join('.')}`;
  const rows = await tx.query<ListedRow>({ name, text }, values);
  const page = rows.slice(0, filter.limit);
  const end = page.at(-1);
  return { rows: page, next: rows.length > filter.limit && end ? cursorOf(end, order) : null };
}

/** What is blank is no question, and names no statement: one name stands for one text. */
const given = (filter: object, name: string) => {
  const value = filter[name as keyof typeof filter];
  return value !== undefined && value !== '';
};
const urgency = `coalesce(c.due_at, 'infinity'), coalesce(c.waiting_since, c.active_at)`;
const waits = `coalesce(least(c.waiting_since, held.since), 'infinity')`;
const orders = {
  urgent: `c.priority desc, ${urgency}, c.id`,
  longest: `${waits}, c.active_at desc, c.id desc`,
  active: 'c.active_at desc, c.id desc',
};
type Order = keyof typeof orders;

/** Lists that are worked through have the most urgent first, unless it is asked otherwise. What a bot has
 *  the wheel of is looked through for who is left waiting. */
function orderOf({ order, view }: ConversationFilter): Order {
  const open = view !== undefined && view !== 'resolved' && view !== 'mentions';
  if (order === 'due' && !open) {
    throw invalid({ field: 'order', message: 'by what is due are those in a view of open ones' });
  }
  if (order !== undefined) return order === 'due' ? 'urgent' : 'active';
  if (view === 'bot') return 'longest';
  return view === 'waiting' || view === 'mine' ? 'urgent' : 'active';
}

function wheres(filter: ConversationFilter, bind: (value: unknown) => string): string[] {
  const { view, contact_id, queue, label, min_priority, unread, q } = filter;
  const words = q?.trim();
  return [
    view && views[view],
    contact_id && `c.contact_id = ${bind(contact_id)}`,
    queue && `c.owner_kind = 'queue' and c.owner_id = ${bind(queue)}`,
    label && `c.labels ? ${bind(label)}`,
    min_priority !== undefined && `c.priority >= ${bind(min_priority)}`,
    unread && `(coalesce(c.customer_seq, 0) > c.team_read_seq) = ${bind(unread === 'true')}`,
    words &&
      `(${words_of_row} ilike all (${bind(patternsOf(words))}::text[]) or c.id = ${bind(words)})`,
  ].filter((piece) => typeof piece === 'string' && piece !== '') as string[];
}

const cursorOf = (row: ListedRow, order: Order): string => {
  const { priority, due_at, waiting_since, active_at, id, waits } = row;
  const urgent = [priority, due_at ?? 'infinity', waiting_since ?? active_at];
  const longest = [waits ?? 'infinity', active_at];
  return [...{ urgent, longest, active: [active_at] }[order], id].join('~');
};

const parts_of = { urgent: 4, longest: 3, active: 2 };

function behind(cursor: string, order: Order, bind: (value: unknown) => string): string {
  const parts = cursor.split('~');
  const [id = '', at = '', since = '', priority = ''] = parts.toReversed();
  const whole =
    parts.length === parts_of[order] &&
    (order === 'active' || isDated(since)) &&
    (order !== 'urgent' || /^-?\d{1,4}$/.test(priority));
  if (!id || !whole || at === 'infinity' || !isDated(at)) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  const active = () => `(c.active_at, c.id) < (${bind(at)}::timestamptz, ${bind(id)})`;
  if (order === 'active') return active();
  if (order === 'longest') {
    const place = `${bind(since)}::timestamptz`;
    return `${waits} >= ${place} and (${waits} > ${place} or ${active()})`;
  }
  const rank = bind(Number(priority));
  return `c.priority <= ${rank} and (c.priority < ${rank} or (${urgency}, c.id)
    > (${bind(since)}::timestamptz, ${bind(at)}::timestamptz, ${bind(id)}))`;
}
