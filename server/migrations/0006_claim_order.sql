-- Why: of cases that are equally urgent the older one comes first. They went by id, and who opens a
-- case may choose its id, so a caller could stand in front of everyone who was there before.
-- Lock: cases, while the two indexes are built (about two seconds for a million that wait).
-- Breaking: no.

drop index cases_in_queue;
create index cases_in_queue
  on cases (workspace_id, queue, priority desc, coalesce(due_at, 'infinity'::timestamptz), created_at, id)
  where state = 'waiting';
drop index cases_in_any_queue;
create index cases_in_any_queue
  on cases (workspace_id, priority desc, coalesce(due_at, 'infinity'::timestamptz), created_at, id)
  where state = 'waiting';
