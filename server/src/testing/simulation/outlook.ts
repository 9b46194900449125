import type pg from 'pg';

const text = `select
  (select min(expires_at) from leases) as lapse,
  (select min(next_at) from cases where state = 'waiting') as climb,
  (select min(undo_until) from outputs where not settled and outcome is not null) as settle,
  (select min(next_at) from deliveries where state = 'waiting') as deliver,
  (select min(e.at) from events e left join audit_progress p on p.workspace_id = e.workspace_id
    where p.workspace_id is null or (e.xid, e.seq) > (p.xid, p.seq)) as seal,
  (select min(e.at) from events e left join event_readers r on r.name = 'webhooks'
    where r.name is null or (e.xid, e.seq) > (r.xid, r.seq)) as fan_out,
  (select max(at) from events) as newest`;

/** When each job next has work, and when anything last happened, by what is committed. */
export async function outlookOf(owner: pg.Client): Promise<Map<string, number>> {
  const { rows } = await owner.query<Record<string, Date | null>>(text);
  const found = Object.entries(rows[0] ?? {}).flatMap(([job, at]) =>
    at ? [[job, at.getTime()] as const] : [],
  );
  return new Map(found);
}
