import {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryFilter,
  type Instant,
  invalid,
  type Page,
  type Scope,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Tx } from '../ports.ts';
import type { EventRow } from './events.ts';
import { type OutputRow, output_view } from './outputs.ts';
import { statement } from './statement.ts';
import type { Secrets } from './webhooks.ts';

type Attempt = z.infer<typeof DeliveryAttempt>;
const columns = 'id, webhook_id, url, event_type, subject, state, attempts, next_at, created_at';

// Every endpoint's first place at a time may use all of the room, its second half of it, its third
// a third; and whoever failed last counts as one place further on. Endpoints that hang, however
// many, thus never hold the places that the healthy need (rule D6).
const due = statement(
  'deliveries.due',
  `with turns as (
     select d.workspace_id, d.id, d.next_at, b.count + (e.failures > 0)::int
       + row_number() over (partition by e.workspace_id, e.name order by d.next_at, d.id) as turn
     from endpoints e
     cross join lateral (
       select count(*) as count from deliveries u where u.workspace_id = e.workspace_id
         and u.endpoint = e.name and u.locked_until > $1) b
     cross join lateral (
       select workspace_id, id, next_at from deliveries w where w.workspace_id = e.workspace_id
         and w.endpoint = e.name and w.state = 'waiting' and w.next_at <= $1
       order by w.next_at, w.id limit 8) d),
   places as (
     select workspace_id, id, turn, $2 + row_number() over (order by turn, next_at, id) as place
     from turns),
   chosen as (
     select d.workspace_id, d.id from places p
     join deliveries d on d.workspace_id = p.workspace_id and d.id = p.id
     where p.place * p.turn <= $3 and d.state = 'waiting' and d.next_at <= $1
     for update of d skip locked)
   update deliveries d set next_at = $4, locked_until = $4, epoch = d.epoch + 1
   from chosen c where d.workspace_id = c.workspace_id and d.id = c.id
   returning d.workspace_id, d.id, d.epoch`,
);
export interface Taken {
  workspace_id: string;
  id: string;
  epoch: number;
}
/** Takes what is due, in fair turns over the endpoints; each is this server's until `until`.
 *  @param under_way how many this server is sending now
 *  @param room how many one server sends at a time. Jobs only. */
export const takeDue = (tx: Tx, under_way: number, room: number, until: Instant) =>
  tx.query<Taken>(due, [tx.now, under_way, room, until]);

/** What is needed to send one delivery: the event, where to, and what signs. A webhook that is gone
 *  has no `enabled`; a callback has none either, and is sent all the same. */
export type Sending = Taken &
  Secrets & {
    webhook_id: string | null;
    url: string;
    enabled: boolean | null;
    attempts: Attempt[];
    tries: number;
    endpoint: string;
    event: Omit<EventRow, 'workspace_id' | 'at'>;
    at: Instant;
  };

const to_send = statement(
  'deliveries.to_send',
  `select d.workspace_id, d.id, d.epoch, d.webhook_id, coalesce(w.url, d.url) as url, w.enabled,
     d.attempts, d.tries, d.endpoint, coalesce(w.secret, c.secret) as secret,
     coalesce(w.previous_secret, c.previous_secret) as previous_secret,
     coalesce(w.previous_until, c.previous_until) as previous_until, e.at,
     jsonb_build_object('seq', e.seq, 'xid', e.xid::text, 'type', e.type, 'subject', e.subject,
       'actor', e.actor, 'actor_kind', e.actor_kind, 'data', e.data) as event
   from unnest($1::text[], $2::text[]) as t (workspace_id, id)
   join deliveries d on d.workspace_id = t.workspace_id and d.id = t.id
   join events e on e.workspace_id = d.workspace_id and e.seq = d.seq
   left join webhooks w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
   left join callback_secrets c on c.workspace_id = d.workspace_id and d.webhook_id is null
   order by d.workspace_id, d.id`,
);
const outputs_told = statement(
  'deliveries.outputs_told',
  `select workspace_id, ${output_view}, outcome is null and coalesce(
     (select c.kind = 'shadow' and not outputs.settled from cases c
       where c.workspace_id = outputs.workspace_id and c.id = outputs.case_id), false) as in_shadow
   from outputs where (workspace_id, id) in (select * from unnest($1::text[], $2::text[]))`,
);
/** What deliveries that were taken are to say, with the outputs they are about. Jobs only. */
export async function readSendings(tx: Tx, taken: Taken[]) {
  const rows = await tx.query<Sending>(to_send, [
    taken.map(({ workspace_id }) => workspace_id),
    taken.map(({ id }) => id),
  ]);
  const told = rows.filter(({ event }) => event.type.startsWith('output.'));
  const outputs = told.length
    ? await tx.query<OutputRow & Scope & { in_shadow: boolean }>(outputs_told, [
        told.map(({ workspace_id }) => workspace_id),
        told.map(({ event }) => event.subject),
      ])
    : [];
  const by_id = new Map(outputs.map(({ workspace_id, ...row }) => [workspace_id + row.id, row]));
  return rows.map((row) => ({ ...row, output: by_id.get(row.workspace_id + row.event.subject) }));
}

const record = statement(
  'deliveries.record',
  `update deliveries set state = $4, attempts = $5, tries = $6, next_at = $7, url = $8,
     locked_until = null
   where workspace_id = $1 and id = $2 and epoch = $3 and state = 'waiting' returning id`,
);
export interface AttemptRecord {
  id: string;
  epoch: number;
  state: Delivery['state'];
  attempts: Attempt[];
  tries: number;
  next_at: Instant | null;
  url: string;
}
/** Writes what came of an attempt. @returns false when its lease has passed to another */
export const recordAttempt = async (tx: Tx, scope: Scope, one: AttemptRecord) =>
  (
    await tx.query(record, [
      scope.workspace_id,
      one.id,
      one.epoch,
      one.state,
      JSON.stringify(one.attempts),
      one.tries,
      one.next_at,
      one.url,
    ])
  ).length === 1;

const note_endpoint = statement(
  'deliveries.note_endpoint',
  `update endpoints set failures = case when $3::boolean then 0 else failures + 1 end,
     used_at = $4::timestamptz
   where workspace_id = $1 and name = $2
     and (not $3 or failures > 0 or used_at < $4::timestamptz - interval '1 hour')`,
);
export const noteEndpoint = (tx: Tx, scope: Scope, name: string, well: boolean) =>
  tx.write(note_endpoint, [scope.workspace_id, name, well, tx.now]);

const give_back = statement(
  'deliveries.give_back',
  `update deliveries set next_at = $4, locked_until = null
   where workspace_id = $1 and id = $2 and epoch = $3 and state = 'waiting'`,
);
/** Gives back what was taken and not sent, so that another server need not wait for the lease. */
export const giveBack = (tx: Tx, { workspace_id, id, epoch }: Taken) =>
  tx.write(give_back, [workspace_id, id, epoch, tx.now]);

const hurry = statement(
  'deliveries.hurry',
  `update deliveries set next_at = $3 where workspace_id = $1 and webhook_id = $2
     and state = 'waiting' and locked_until is null and next_at > $3`,
);
/** Makes everything that waits for a webhook due, so that what can never leave ends soon. */
export const hurryDeliveries = (tx: Tx, scope: Scope, webhook_id: string) =>
  tx.write(hurry, [scope.workspace_id, webhook_id, tx.now]);

const by_id = statement(
  'deliveries.by_id',
  `select ${columns}, (locked_until > $3) is true as under_way from deliveries
   where workspace_id = $1 and id = $2 for update`,
);
export const lockDelivery = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Delivery & { under_way: boolean }>(by_id, [scope.workspace_id, id, tx.now]))[0];

const again = statement(
  'deliveries.again',
  `with place as (
     insert into endpoints (workspace_id, name, used_at)
     select workspace_id, endpoint, $3 from deliveries where workspace_id = $1 and id = $2
     on conflict (workspace_id, name) do update set used_at = excluded.used_at)
   update deliveries set state = 'waiting', tries = 0, next_at = $3, locked_until = null,
     epoch = epoch + 1
   where workspace_id = $1 and id = $2 returning ${columns}`,
);
/** Begins a new series of attempts under the same id. */
export const sendAgain = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Delivery>(again, [scope.workspace_id, id, tx.now]))[0] as Delivery;

/** One page of the log, newest first: of one webhook, or of everything that was sent.
 *  @throws Refusal invalid when the cursor is none of this list's */
export async function listDeliveries(
  tx: Tx,
  scope: Scope,
  filter: DeliveryFilter & { webhook_id?: string },
): Promise<Page<Delivery>> {
  const { webhook_id, state, cursor, limit } = filter;
  const values: unknown[] = [scope.workspace_id];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ['workspace_id = $1'];
  if (webhook_id) where.push(`webhook_id = ${bind(webhook_id)}`);
  if (state) where.push(`state = '${state}'`);
  if (cursor) {
    if (!/^del_[0-9a-z]{26}$/.test(cursor))
      throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
    where.push(`id < ${bind(cursor)}`);
  }
  const text = `select ${columns} from deliveries where ${where.join(' and ')}
    order by id desc limit ${bind(limit + 1)}`;
  const name = `deliveries.list.${[webhook_id ? 'of' : '', state ?? '', cursor ? 'after' : ''].join('.')}`;
  const rows = await tx.query<Delivery>({ name, text }, values);
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

const of_subject = statement(
  'deliveries.of_subject',
  `select ${columns}, seq from deliveries where workspace_id = $1 and subject = $2
   order by id desc limit 100`,
);
/** What was told of one subject, newest first, each with the number of the event it tells of. */
export const deliveriesOf = (tx: Tx, scope: Scope, subject: string) =>
  tx.query<Delivery & { seq: number }>(of_subject, [scope.workspace_id, subject]);

const forget = statement(
  'deliveries.forget',
  `with old as (
     delete from deliveries where (workspace_id, id) in (
       select workspace_id, id from deliveries where state <> 'waiting' and created_at < $1
       order by created_at limit 5000) returning id),
   idle as (
     delete from endpoints e where used_at < $1 and not exists (
       select from deliveries d where d.workspace_id = e.workspace_id and d.endpoint = e.name
         and d.state = 'waiting') returning name)
   select (select count(*)::int from old) as old`,
);
/** Drops what ended before a moment, and endpoints nobody has used since. Jobs only. */
export const forgetDeliveries = async (tx: Tx, before: Instant) =>
  (await tx.query<{ old: number }>(forget, [before]))[0]?.old ?? 0;
