-- Why: an Idempotency-Key is held by the transaction that does the work and kept with its answer, so
-- no row stands for a request that is under way. One that still does was left by a server that died.
-- Lock: idempotency, for the moment it takes to look through it. Breaking: yes, an older server takes
-- a key's place before its answer is known, and is refused; stop it first.

delete from idempotency where status is null;
alter table idempotency alter column status set not null;
