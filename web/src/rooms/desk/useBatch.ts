import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case, Values } from '@wheelhouse/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { onceKey } from '../../live/request.ts';
import { drafts } from './drafts.ts';
import { say } from './toasts.tsx';
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

  const decide = async (case_ids: string[], values: Values) => {
    setBusy(true);
    try {
      const { results } = await api.cases.decideBatch({ case_ids, values }, { once: onceKey() });
      const failed = results.filter(({ ok }) => !ok);
      for (const { case_id, ok } of results) if (ok) drafts.clear(case_id);
      selecting.keep(failed.map(({ case_id }) => case_id));
      const done = results.length - failed.length;
      say(
        'batch',
        `${done} of ${results.length} decided`,
        failed.length ? whyNot(failed) : 'Each has its own record.',
        failed.length ? 12_000 : 3_500,
        failed.length > 0,
      );
    } catch (problem) {
      say('batch', 'Nothing was decided', sentenceOf(problem), 12_000, true);
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: keys.cases });
      void cache.invalidateQueries({ queryKey: ['cases', 'one'] });
    }
  };

  return {
    ...selecting,
    picked,
    rows,
    selecting: picking || rows.length > 0,
    sample: (sample.data as Case | undefined) ?? null,
    busy,
    decide: (case_ids: string[], values: Values) => void decide(case_ids, values),
  };
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

/** The refusals of a batch, counted by what they say. */
function whyNot(failed: readonly { detail: string | null }[]): string {
  const counts = new Map<string, number>();
  for (const { detail } of failed) {
    const words = detail ?? 'Not decided.';
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count}: ${words}`).join(' ');
}
