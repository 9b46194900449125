import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case, Values } from '@wheelhouse/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { onceKey } from '../../live/request.ts';
import { drafts } from './drafts.ts';
import { tellBatch } from './sayBatch.tsx';
import { loud_ms, plain_ms, say } from './toasts.tsx';
import type { Desk } from './useDesk.ts';

/** As many as one request decides. */
const most = 200;

/** Cases selected to be decided together. */
export function useBatch(desk: Desk) {
  const cache = useQueryClient();
  const { picked, picking, ...selecting } = useSelection(desk);
  const [busy, setBusy] = useState(false);
  const rows = desk.list.rows.filter(({ id, state }) => state === 'waiting' && picked.has(id));
  const first = rows[0]?.id;
  const sample = useQuery({
    queryKey: keys.case(first ?? ''),
    queryFn: () => api.cases.get(first ?? ''),
    enabled: first !== undefined,
  });

  const refresh = () => {
    void cache.invalidateQueries({ queryKey: keys.cases });
    void cache.invalidateQueries({ queryKey: ['cases', 'one'] });
  };
  const { undoing, offer } = useBatchUndo(desk.done, refresh);
  const decide = async (case_ids: string[], values: Values) => {
    setBusy(true);
    try {
      const titles = new Map(rows.map(({ id, title }) => [id, title]));
      const { results } = await api.cases.decideBatch({ case_ids, values }, { once: onceKey() });
      const done = results.filter(({ ok }) => ok).map(({ case_id }) => case_id);
      for (const id of done) drafts.clear(id);
      selecting.keep(case_ids.filter((id) => !done.includes(id)));
      tellBatch(results, titles, await offer(done));
    } catch (problem) {
      say('batch', 'Nothing was decided', sentenceOf(problem), loud_ms, true);
    } finally {
      setBusy(false);
      refresh();
    }
  };

  return {
    ...selecting,
    picked,
    rows,
    selecting: picking || rows.length > 0,
    sample: (sample.data as Case | undefined) ?? null,
    busy,
    /** Takes the last decision of many back; null when there is none to take back. */
    undo: undoing,
    decide: (case_ids: string[], values: Values) => void decide(case_ids, values),
  };
}

/** The way back from what was decided together, until something else is decided or it has left.
 *  @param done counts what else is decided here */
function useBatchUndo(done: number, refresh: () => void) {
  const [undoing, setUndoing] = useState<(() => void) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is decided next is what Undo means then.
  useEffect(() => () => setUndoing(null), [done]);
  const undo = async (case_ids: string[]) => {
    setUndoing(null);
    const ends = await Promise.allSettled(case_ids.map((id) => api.cases.undo(id)));
    const back = ends.filter(({ status }) => status === 'fulfilled').length;
    const all = back === case_ids.length;
    say(
      'batch',
      `${back} of ${case_ids.length} taken back`,
      all ? 'They wait again.' : 'The others have taken effect already.',
      all ? plain_ms : loud_ms,
      !all,
    );
    refresh();
  };
  /** They came through one gate, so that one of them says how long all can be taken back. */
  const offer = async (case_ids: string[]) => {
    const [first] = case_ids;
    const decided = first ? await api.cases.get(first).catch(() => null) : null;
    if (!decided?.undo_until) return null;
    const run = () => void undo(case_ids);
    setUndoing(() => run);
    return { until: Date.parse(decided.undo_until), undo: run };
  };
  return { undoing, offer };
}

/** Which rows are selected, and whether selecting is on. */
function useSelection({ list, place }: Desk) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [picking, setPicking] = useState(false);
  const last = useRef<string | null>(null);
  const shown = useRef(list.rows);
  useEffect(() => {
    shown.current = list.rows;
  });
  const keep = useCallback((ids: string[]) => {
    setPicked(new Set(ids));
    setPicking(false);
    last.current = null;
  }, []);
  const clear = useCallback(() => keep([]), [keep]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts with none selected.
  useEffect(() => clear, [place, clear]);
  const toggle = useCallback((id: string, range = false) => {
    const ids = shown.current.map((row) => row.id);
    const [from, to] = [ids.indexOf(last.current ?? ''), ids.indexOf(id)];
    last.current = id;
    setPicked((now) => {
      const next = new Set(now);
      if (range && from >= 0) {
        for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      } else if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const all = useCallback(() => {
    const open = shown.current.filter(({ state }) => state === 'waiting');
    setPicked(new Set(open.slice(0, most).map(({ id }) => id)));
  }, []);
  return { picked, picking, start: () => setPicking(true), toggle, all, clear, keep };
}
