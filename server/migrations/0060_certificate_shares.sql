-- Why: a certificate says the share of errors that its proof rests on, each label by its weight, and what
-- the evidence had to reach. Of those from before, neither is known any more.
-- Lock: its own table for a moment. Breaking: no.

alter table certificates
  add column share double precision,
  add column e_needed double precision;
