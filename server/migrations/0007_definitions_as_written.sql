-- Why: jsonb keeps an object's members by the length of their names, so the form that is made of an
-- action's schema asked for its fields in no order that its author had in mind; json keeps them as
-- they were written. What was saved before stays in the order it has until it is saved again.
-- Lock: policy_versions, while it is written anew; it has a row for each version of a gate.
-- Breaking: no.

alter table policy_versions alter column definition type json using definition::json;
