import type { Role } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

// Who is asked: members whose role the next place takes and who are not leads yet; where there are
// none such, whoever's role it takes. Someone of them is left who is here, did not ask for it, and has
// neither answered it nor passed it on; what was given to one member is theirs alone. Two looks by
// key for each member, until one is found. What waits has not been resolved: said so, the second look
// at a case goes by its key and by no list of all that wait.
const suits = `m.workspace_id = l.workspace_id and m.state = 'active'
  and array_position($5::text[], m.role) >= array_position($5::text[], l.role)`;
const below_lead = `array_position($5::text[], m.role) < array_position($5::text[], 'lead')`;
const left = `(m.away_until is null or m.away_until <= $1)
  and (l.own_request_allowed or m.id <> l.requested_by)
  and (l.assigned_to is null or l.assigned_to = m.id)
  and (select a.id from answers a where a.workspace_id = l.workspace_id and a.case_id = l.id
    and a.rater = m.id and not a.undone
    and (a.status = 'submitted' or l.assigned_to is null) limit 1) is null`;
const look = statement(
  'cases.look_for_stranded',
  `with looked as (
     select workspace_id, id, stranded_at, open_slots, requested_by, own_request_allowed, assigned_to,
       coalesce(place_role, needs_role) as role
     from cases where state = 'waiting' and narrowed and (workspace_id, id) > ($2, $3)
     order by workspace_id, id limit $4),
   judged as (
     select l.workspace_id, l.id, l.open_slots > 0
       and (select m.id from members m where ${suits} limit 1) is not null
       and (select m.id from members m where ${suits} and ${left}
         and (l.assigned_to is not null or ${below_lead}
           or (select m.id from members m where ${suits} and ${below_lead} limit 1) is null)
         limit 1) is null as stranded
     from looked l),
   picked as (
     select c.workspace_id, c.id, j.stranded from judged j
       join cases c on c.workspace_id = j.workspace_id and c.id = j.id
     where c.resolved_at is null and (c.stranded_at is not null) <> j.stranded
     order by c.workspace_id, c.id for update of c skip locked),
   marked as (
     update cases c set stranded_at = case when p.stranded then $1::timestamptz end
     from picked p where c.workspace_id = p.workspace_id and c.id = p.id
     returning c.workspace_id, c.id, c.queue, coalesce(c.place_role, c.needs_role) as role, p.stranded),
   said as (
     insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
     select workspace_id, case when stranded then 'case.stranded' else 'case.unstranded' end, id,
       'system', 'system', jsonb_build_object('queue', queue, 'needs_role', role), $1
     from marked order by workspace_id, id)
   select (select count(*)::int from marked) as marked, (select count(*)::int from looked) as looked,
     (select workspace_id from looked order by workspace_id desc, id desc limit 1) as workspace_id,
     (select id from looked order by workspace_id desc, id desc limit 1) as id`,
);

/** How far a walk over the cases has come; both are '' before its beginning. */
export interface Walk {
  workspace_id: string;
  id: string;
}

/** Marks those of the next cases that nobody is left to decide, and takes the mark from those that
 *  somebody can take again. @param roles every role, lowest first */
export const lookForStranded = async (tx: Tx, from: Walk, limit: number, roles: readonly Role[]) =>
  (
    await tx.query<{
      marked: number;
      looked: number;
      workspace_id: string | null;
      id: string | null;
    }>(look, [tx.now, from.workspace_id, from.id, limit, roles])
  )[0];
