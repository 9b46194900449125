import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case, Values } from '@wheelhouse/core';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { onceKey } from '../../live/request.ts';
import { drafts } from './drafts.ts';
import { say } from './toasts.tsx';
import type { Desk } from './useDesk.ts';

/** Cases selected to be decided together. */
export function useBatch(desk: Desk) {
  const cache = useQueryClient();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const rows = desk.list.rows.filter(({ id, state }) => state === 'waiting' && selected.has(id));
  const first = rows[0]?.id;
  const sample = useQuery({
    queryKey: keys.case(first ?? ''),
    queryFn: () => api.cases.get(first ?? ''),
    enabled: first !== undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts with none selected.
  useEffect(() => setSelected(new Set()), [desk.place]);

  const toggle = useCallback(
    (id: string) =>
      setSelected((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );

  const decide = async (values: Values, note: string | undefined) => {
    setBusy(true);
    const case_ids = rows.map(({ id }) => id);
    try {
      const body = { case_ids, values, ...(note ? { note } : {}) };
      const { results } = await api.cases.decideBatch(body, { once: onceKey() });
      const failed = results.filter(({ ok }) => !ok);
      for (const { case_id, ok } of results) if (ok) drafts.clear(case_id);
      setSelected(new Set(failed.map(({ case_id }) => case_id)));
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
    selected,
    rows,
    sample: (sample.data as Case | undefined) ?? null,
    busy,
    toggle,
    decide: (values: Values, note: string | undefined) => void decide(values, note),
    clear: () => setSelected(new Set()),
  };
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
