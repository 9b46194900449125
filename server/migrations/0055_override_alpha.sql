-- Why: an override may be chosen by the share of errors that labels so far put it under; which that was is
-- told with it.
-- Lock: its own table for a moment. Breaking: no.

alter table gate_overrides add column alpha double precision;
