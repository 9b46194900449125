import { fromMs } from '@wheelhouse/core';
import type pg from 'pg';

/** What is due, or else when all of it will be: one long sleep shows what many short ones do, in a
 *  fifth of the turns. */
const nextOf = (column: string) =>
  `case when min(${column}) <= $1::timestamptz then $1::timestamptz else max(${column}) end`;

// What lies beyond a reader's place is looked for by the index of that order.
const text = `select
  (select ${nextOf('expires_at')} from leases) as lapse,
  (select ${nextOf('next_at')} from cases where state = 'waiting') as climb,
  (select ${nextOf('undo_until')} from outputs where not settled and outcome is not null) as settle,
  (select ${nextOf('next_at')} from deliveries where state = 'waiting') as deliver,
  (select e.at from workspaces w left join audit_progress p on p.workspace_id = w.id
    cross join lateral (select at from events l where l.workspace_id = w.id
      and (l.xid, l.seq) > (coalesce(p.xid, '0'), coalesce(p.seq, 0)) order by l.xid, l.seq limit 1) e
    limit 1) as seal,
  (select e.at from (select
      coalesce((select xid from event_readers where name = 'webhooks'), '0') as xid,
      coalesce((select seq from event_readers where name = 'webhooks'), 0) as seq) r
    cross join lateral (select at from events l where (l.xid, l.seq) > (r.xid, r.seq)
      order by l.xid, l.seq limit 1) e) as fan_out,
  (select at from events order by xid desc, seq desc limit 1) as newest`;

/** When each job next has work, and when anything last happened, by what is committed. */
export async function outlookOf(owner: pg.Client, now_ms: number): Promise<Map<string, number>> {
  const { rows } = await owner.query<Record<string, Date | null>>({
    name: 'outlook',
    text,
    values: [fromMs(now_ms)],
  });
  const found = Object.entries(rows[0] ?? {}).flatMap(([job, at]) =>
    at ? [[job, at.getTime()] as const] : [],
  );
  return new Map(found);
}
