-- Why: a title of what was said has no Markdown; those that were made before still have their marks.
-- Lock: the rows of outputs and cases whose title has such a mark. Breaking: no.

-- What an action is called is exact, and what a person called a question is theirs.
do $$
declare
  place text;
  condition text;
begin
  foreach place in array array['outputs', 'cases'] loop
    condition := case place
      when 'outputs' then 'action is null'
      else 'output_id in (select o.id from outputs o
        where o.workspace_id = t.workspace_id and o.id = t.output_id and o.action is null)' end;
    -- Bold, italic, code and links by their words, then what begins a line.
    execute format($sql$update %I t set title = coalesce(nullif(btrim(
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(title,
          '\*\*([^*]+)\*\*', '\1', 'g'),
          '\*([^*\s][^*]*)\*', '\1', 'g'),
          '`([^`]+)`', '\1', 'g'),
          '\[([^\]]+)\]\([^)\s]+\)', '\1', 'g'),
          '^\s*(?:[-*]|#{1,6})\s+', '')), ''), title)
      where title ~ '[*`]|\]\(|^\s*(?:-|#{1,6})\s' and %s$sql$, place, condition);
  end loop;
end $$;
