-- Why: a case that nobody is left to decide is told to somebody. So it says whether anyone is shut out
-- of it, which few are (those the clock looks at), and since when nobody is left.
-- Lock: cases, for the moment two columns take, while those that wait are gone through, and while two
-- small indexes are built. Breaking: no.

alter table cases add column narrowed boolean not null default false;
alter table cases add column stranded_at timestamptz;
update cases c set narrowed = true where c.state = 'waiting'
  and ((not c.own_request_allowed and starts_with(c.requested_by, 'mem_'))
    or exists (select from answers a where a.workspace_id = c.workspace_id and a.case_id = c.id
      and not a.undone));
create index cases_narrowed on cases (workspace_id, id) where state = 'waiting' and narrowed;
create index cases_stranded on cases (workspace_id, stranded_at)
  where state = 'waiting' and stranded_at is not null;
