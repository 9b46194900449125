-- Why: after an alarm or a warning more of what passes is looked at, and that ends once so many spot checks
-- in a row of one certificate keep the promise; how many they are by now is kept beside it.
-- Lock: its own table for a moment. Breaking: no.

alter table gate_tiers add column calm jsonb;
