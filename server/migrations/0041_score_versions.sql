-- Why: a certificate is of one way to make confidences, which may change apart from model and prompt.
-- Lock: outputs and gate_epochs, for a moment: columns without a default rewrite nothing. Breaking: no.

alter table outputs add column score_version text;
alter table gate_epochs add column score_version text;
