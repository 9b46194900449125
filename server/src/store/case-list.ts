import { type CaseFilter, type CaseRow, invalid, type Page, type Scope } from '@wheelhouse/core';
import type * as z from 'zod';
import type { Tx } from '../ports.ts';
import { isDated, patternsOf } from './patterns.ts';

// The one list whose where is put together from a filter: each piece is a constant here, each value
// a parameter, so no text of a caller ever becomes SQL.
const columns = `c.id, c.kind, c.state, c.title, c.queue, c.gate, g.title as gate_title,
  c.reasons->>0 as reason, case when c.kind = 'shadow' then null else c.confidence end as confidence,
  c.risk, c.priority, c.due_at, c.created_at, c.resolved_at,
  case when c.output_id is not null and (c.wanted > 1 or c.adjudicating) then (select case when o.settled then
    c.outcome end from outputs o where o.workspace_id = $1 and o.id = c.output_id) else c.outcome end
    as outcome, c.assigned_to,
  coalesce(c.place_role, c.needs_role) as needs_role,
  case when $4 and c.state = 'waiting' then c.stranded_at end as stranded_at,
  case when c.state = 'waiting' and c.kind = 'review' and c.assigned_to is null then r.until end as rests_until,
  coalesce((select jsonb_agg(jsonb_build_object('rater', l.rater, 'expires_at',
     to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
   from leases l where l.workspace_id = c.workspace_id and l.case_id = c.id
     and l.expires_at > $2), '[]') as holders`;

// Who passed on a case is not given it again, unless by a lead, so it does not stand in their way in
// a list of what there is to do. A look by key for each row, in a form that no plan turns into a join.
const not_passed_on = `(c.assigned_to = $3
  or (select a.id from answers a where a.workspace_id = $1 and a.case_id = c.id
    and a.rater = $3 and a.status <> 'submitted' and not a.undone limit 1) is null)`;

const views: Record<NonNullable<z.infer<typeof CaseFilter>['view']>, string> = {
  waiting: `c.state = 'waiting' and ${not_passed_on}`,
  mine: `c.state = 'waiting' and c.assigned_to = $3`,
  held_by_me: `c.state = 'waiting' and exists (select from leases l where l.workspace_id = $1
    and l.case_id = c.id and l.rater = $3 and l.expires_at > $2)`,
  spot_checks: `c.state = 'waiting' and c.kind = 'spot_check' and ${not_passed_on}`,
  mentions: `exists (select from notes n where n.workspace_id = $1 and n.case_id = c.id
    and n.mentions ? $3)`,
  stranded: `c.state = 'waiting' and c.stranded_at is not null and $4`,
  resolved: `c.state = 'resolved'`,
};

const words_of_row = `concat_ws(' ', c.title, c.reasons->>0, g.title, c.gate, c.queue)`;

/** Who reads a list; a lead is told what nobody else can mend. */
interface Reader {
  id: string;
  leads: boolean;
}

/** One page of cases: waiting ones in the order they are claimed, resolved ones newest first. */
export async function listCases(
  tx: Tx,
  scope: Scope,
  me: Reader,
  filter: z.infer<typeof CaseFilter>,
): Promise<Page<CaseRow>> {
  const values: unknown[] = [scope.workspace_id, tx.now, me.id, me.leads];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const state = filter.view ? undefined : (filter.state ?? 'waiting');
  const where = ['c.workspace_id = $1', '$3::text is not null', '$4::boolean is not null'];
  if (filter.view) where.push(views[filter.view]);
  if (state) where.push(`c.state = ${bind(state)}`);
  if (filter.queue) where.push(`c.queue = ${bind(filter.queue)}`);
  if (filter.gate) where.push(`c.gate = ${bind(filter.gate)}`);
  if (filter.q) {
    const words = bind(patternsOf(filter.q));
    where.push(`(${words_of_row} ilike all (${words}::text[]) or c.id = ${bind(filter.q)})`);
  }
  const resolved = filter.view === 'resolved' || state === 'resolved';
  const order = resolved
    ? 'c.resolved_at desc, c.id desc'
    : "c.priority desc, coalesce(c.due_at, 'infinity'), c.created_at, c.id";
  if (filter.cursor) where.push(behind(filter.cursor, resolved, bind));
  const text = `select ${columns} from cases c
    left join gates g on g.workspace_id = c.workspace_id and g.name = c.gate
    left join gate_rests r on r.workspace_id = c.workspace_id and r.gate = c.gate and r.until > $2
    where ${where.join(' and ')} order by ${order} limit ${bind(filter.limit + 1)}`;
  // Named by its shape: as many prepared statements as there are kinds of question asked.
  const given = [filter.queue, filter.gate, filter.q, filter.cursor].map(Boolean);
  const shape = [filter.view, state, ...given].join('.');
  const rows = await tx.query<CaseRow>({ name: `cases.list.${shape}`, text }, values);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > filter.limit && last ? cursorOf(last, resolved) : null };
}

const cursorOf = (row: CaseRow, resolved: boolean): string =>
  resolved
    ? `${row.resolved_at}~${row.id}`
    : `${row.priority}~${row.due_at ?? 'infinity'}~${row.created_at}~${row.id}`;

function behind(cursor: string, resolved: boolean, bind: (value: unknown) => string): string {
  const [id = '', at = '', due = '', priority = '', ...more] = cursor.split('~').reverse();
  const given = resolved ? !due : isDated(due) && /^-?\d{1,4}$/.test(priority);
  if (!id || !given || more.length || at === 'infinity' || !isDated(at)) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  if (resolved) return `(c.resolved_at, c.id) < (${bind(at)}::timestamptz, ${bind(id)})`;
  const rank = bind(Number(priority));
  return `(c.priority < ${rank} or (c.priority = ${rank}
    and (coalesce(c.due_at, 'infinity'), c.created_at, c.id)
      > (${bind(due)}::timestamptz, ${bind(at)}::timestamptz, ${bind(id)})))`;
}
