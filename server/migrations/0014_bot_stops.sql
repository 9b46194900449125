-- Why: bots can be stopped.
-- Lock: bots, for a moment, while two columns are added that have no default. Breaking: no.

-- A bot's word is said under a share lock of its row, so that a stop waits for those under way and
-- none begins after it.
alter table bots add column stopped_at timestamptz, add column stopped_by text;
