-- Why: where a quorum asks for a role a place is kept for it, so a case says whom its next place is
-- for and a lease says who holds it; and outputs are listed by when they came, since an id that its
-- caller made from a name says no time.
-- Lock: cases, leases and outputs, for the moment a column takes and while the indexes are built.
-- Breaking: no.

-- The least role that the next free place may go to; null where needs_role says it all.
alter table cases add column place_role text;
alter table leases add column role text not null default 'reviewer';

drop index outputs_by_gate;
create index outputs_by_gate on outputs (workspace_id, gate, created_at desc, id desc);
drop index outputs_by_time;
create index outputs_by_time on outputs (workspace_id, created_at desc, id desc);
drop index cases_by_age;
create index cases_by_age on cases (workspace_id, created_at, id) where state = 'waiting';
