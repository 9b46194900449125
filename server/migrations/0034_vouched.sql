-- Why: a team writes down what a customer says of themselves, and never over what a host's signed token
-- says of them; so it is kept which of a contact's fields that is.
-- Lock: contacts, for a moment, while a column is added; then the rows of those whom a host knows, of
-- whom all that is known is taken for the host's word. Breaking: no.

alter table contacts add column vouched jsonb not null default '[]';
update contacts set vouched = to_jsonb(array_remove(array[
    case when name is not null then 'name' end, case when email is not null then 'email' end], null))
  where verified and vouched = '[]';
