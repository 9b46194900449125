-- Why: a gate has only so many versions open at once; the one that was longest unused makes room.
-- Lock: gate_tiers, for a moment. Breaking: no.

-- When an output last came to it, as far as it was counted.
alter table gate_tiers add column used_at timestamptz;
