-- Why: what passes under a certificate is watched for another spread of scores too, beside that of the time
-- that the proof rests on, which is kept as counts. Versions that are certified by now go on with the share
-- that waits alone until they are proven anew: what came before their proof is not told apart any more.
-- Lock: gate_tiers, for a moment. Breaking: no.

alter table gate_tiers
  -- Outputs by bin of score, of all that came before the first certificate; it never changes.
  add column reference jsonb,
  add column score_monitor jsonb;
