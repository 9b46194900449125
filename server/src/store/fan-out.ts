import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** A place in the event log, as in store/events.ts. */
export interface Place {
  xid: string;
  seq: number;
}

const start = statement(
  'fan_out.start',
  `insert into event_readers (workspace_id, name, xid, seq) values ('*', $1, '0', 0)
   on conflict do nothing`,
);
const take = statement(
  'fan_out.take',
  `select xid::text as xid, seq from event_readers where workspace_id = '*' and name = $1
   for update skip locked`,
);
/** Takes a reader's turn for the length of this transaction. A new reader starts at the beginning
 *  of the log. @returns undefined while another server has the turn. Jobs only. */
export async function takeReader(tx: Tx, name: string): Promise<Place | undefined> {
  tx.write(start, [name]);
  return (await tx.query<Place>(take, [name]))[0];
}

const move = statement(
  'fan_out.move',
  `update event_readers set xid = $2::text::xid8, seq = $3 where workspace_id = '*' and name = $1`,
);
export const moveReader = (tx: Tx, name: string, { xid, seq }: Place) =>
  tx.write(move, [name, xid, seq]);

const end = statement(
  'fan_out.end',
  `with page as (
     select xid, seq, xid < pg_snapshot_xmin(pg_current_snapshot()) as settled from events
     where (xid, seq) > ($1::text::xid8, $2) order by events.xid, events.seq limit $3)
   select xid::text as xid, seq, (select count(*)::int from page where settled) as count
   from page order by page.settled desc, page.xid desc, page.seq desc limit 1`,
);
/** The last of the next events that can no longer be overtaken, and how many there are up to it: none
 *  when an older transaction still hides them all. @returns undefined when nothing happened */
export const endOfPage = async (tx: Tx, { xid, seq }: Place, limit: number) =>
  (await tx.query<Place & { count: number }>(end, [xid, seq, limit]))[0];

export interface Match {
  workspace_id: string;
  seq: number;
  xid: string;
  event_type: string;
  subject: string;
  webhook_id: string | null;
  url: string;
}

// A webhook hears of what happened since it was made, and of no test but its own. Of deliveries it hears only those of others,
// and nothing of deliveries that themselves told of a delivery: two dead endpoints would otherwise
// feed each other for ever. Looked up an event at a time: joined whole, the engine went through every
// workspace's webhooks when it had not counted them yet.
// The output of a callback is held while its address is read and written down: whoever erases it at
// that moment waits, and then finds the delivery to wipe as well (rule A7).
const matches = statement(
  'fan_out.matches',
  `with page as (
     select workspace_id, seq, xid, type, subject, data, at from events
     where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)),
   called as (
     select workspace_id, id, callback_url from outputs
     where (workspace_id, id) in (
       select workspace_id, subject from page
       where type in ('output.decided', 'output.corrected') and data->>'callback' = 'true')
     order by workspace_id, id for share)
   select e.workspace_id, e.seq, e.xid, e.type as event_type, e.subject, w.id as webhook_id, w.url
   from page e cross join lateral (
     select id, url from webhooks where workspace_id = e.workspace_id
       and enabled and created_at <= e.at
       and (case when e.type = 'webhook.tested' then e.subject = id
         else types = '[]' or types ? e.type end)
       and not (e.type like 'delivery.%'
         and (e.data->>'webhook_id' is not distinct from id
           or e.data->>'event_type' like 'delivery.%'))
     order by id limit 200) w
   union all
   select e.workspace_id, e.seq, e.xid, e.type, e.subject, null, o.callback_url
   from page e join called o on o.workspace_id = e.workspace_id and o.id = e.subject
   where e.type in ('output.decided', 'output.corrected') and e.data->>'callback' = 'true'
     and o.callback_url is not null
   order by xid, seq, webhook_id`,
);
/** What events after one place and up to another cause: one row for each event and endpoint. */
export const matchesBetween = (tx: Tx, from: Place, to: Place) =>
  tx.query<Match>(matches, [from.xid, from.seq, to.xid, to.seq]);

const insert = statement(
  'fan_out.insert',
  `with fresh as (
     select workspace_id, id, webhook_id, endpoint, url, seq, event_type, subject
     from jsonb_to_recordset($1) as d (workspace_id text, id text, webhook_id text, endpoint text,
       url text, seq bigint, event_type text, subject text)),
   places as (
     insert into endpoints (workspace_id, name, used_at)
     select distinct workspace_id, endpoint, $2::timestamptz from fresh
     on conflict (workspace_id, name) do update set used_at = excluded.used_at
       where endpoints.used_at < excluded.used_at - interval '1 hour')
   insert into deliveries (workspace_id, id, webhook_id, endpoint, url, seq, event_type, subject,
     state, next_at, created_at)
   select workspace_id, id, webhook_id, endpoint, url, seq, event_type, subject, 'waiting', $2, $2
   from fresh`,
);
export const insertDeliveries = (tx: Tx, rows: (Match & { id: string; endpoint: string })[]) =>
  tx.write(insert, [JSON.stringify(rows), tx.now]);
