-- Why: after an alarm a gate may go on passing what is surest at a threshold that follows the errors of spot
-- checks. What follows is a few numbers and the last thousand scores a tier.
-- Lock: gate_tiers, for a moment. Breaking: no; an older server holds what is tracked.

alter table gate_tiers
  -- The share to hold that follows errors, while nothing is certified after an alarm.
  add column tracker jsonb,
  -- The score that it comes to, by which verdicts go.
  add column tracked double precision,
  -- Bins of the last scores, oldest first, where the policy would track.
  add column recent jsonb not null default '[]',
  -- How many scores came since the tier began.
  add column arrived integer not null default 0;
