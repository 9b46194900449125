-- Why: what has come to a customer's browser is something else than what they have read; whoever answers
-- at the desk sees both.
-- Lock: conversations, for a moment: a column whose default is constant rewrites nothing. Breaking: no.

-- What was read has come: readers take the higher of the two, so that older rows need nothing.
alter table conversations add column customer_delivered_seq integer not null default 0;
