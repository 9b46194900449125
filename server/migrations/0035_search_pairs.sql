-- Why: Chinese, Japanese, Thai, Lao, Khmer and Burmese leave no spaces between words, so that a word in
-- the middle of a sentence was not found. Their letters are kept in pairs, and full-width letters and
-- figures as the usual ones. `searchWords` of the core makes the same of what is looked for.
-- Lock: messages and contacts, against writes, while an index is built over each: on a million messages
-- about a minute. Breaking: no.

drop index messages_by_words;
drop index contacts_by_words;

-- Runs of letters of such scripts, two by two.
create function by_twos(said text) returns text
language sql immutable parallel safe
return regexp_replace(said,
  '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{1,2})',
  ' \1 ', 'g');

-- All letters of such scripts with their neighbours: two by two from the first of each run, and again
-- from the second. All else stays as it is.
create function in_pairs(said text) returns text
language sql immutable parallel safe
return case when said !~
  '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]'
  then said else by_twos(said) || by_twos(regexp_replace(regexp_replace(said,
  '[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+',
  ' ', 'g'), '(^| ).', ' ', 'g')) end;

-- Their vowel signs and tones are left out.
create or replace function words_of(said text) returns tsvector
language sql immutable parallel safe
return to_tsvector('simple'::regconfig, translate(in_pairs(regexp_replace(normalize(said, nfkc),
  '[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd]',
  '', 'g')), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)));

create index messages_by_words on messages using gin (words_of_message(workspace_id, body))
  where author_kind <> 'system';
create index contacts_by_words on contacts
  using gin (words_of_contact(workspace_id, name, email, external_id));

-- A new index takes samples of what it holds, which would outlive an erasure.
alter index messages_by_words alter column 1 set statistics 0;
alter index contacts_by_words alter column 1 set statistics 0;
