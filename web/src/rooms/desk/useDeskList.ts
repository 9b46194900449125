import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { CaseFilter, CaseRow } from '@wheelhouse/core';
import { useCallback, useMemo } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import type { Query } from '../../live/request.ts';
import { filterOf, isTalkView, type Place } from './place.ts';

const page_rows = 50;
const typing_ms = 200;

/** The cases of a list, page by page, without those that are being decided here. What was typed
 *  filters the rows at hand at once, and then the whole list on the server. */
export function useDeskList(place: Place, gone: ReadonlySet<string>, query: string) {
  const [words] = useDebouncedValue(query.trim(), typing_ms);
  const filter = { ...filterOf(place), ...(words ? { q: words } : {}) };
  const asked = useInfiniteQuery({
    queryKey: keys.caseList(filter),
    queryFn: ({ pageParam, signal }) =>
      api.cases.list({ ...filter, limit: page_rows, cursor: pageParam } as Query, { signal }),
    enabled: !isTalkView(place.view),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Of the same place, what is known stands until what was looked for comes.
    placeholderData: (known, before) =>
      isOf(place, before?.queryKey.at(-1) as Partial<CaseFilter> | undefined) ? known : undefined,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const all = useMemo(() => onceEach(data?.pages.flatMap(({ rows }) => rows) ?? []), [data]);
  const rows = useMemo(() => {
    if (isTalkView(place.view)) return [];
    const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter(
      (row) =>
        (row.state !== 'waiting' || !gone.has(row.id)) &&
        (row.id === query.trim() || wanted.every((word) => textOf(row).includes(word))),
    );
  }, [all, gone, query, place.view]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    more: hasNextPage ? more : null,
    /** The server has not yet said what it found by these words. */
    looking: query.trim() !== words || asked.isPlaceholderData,
    asked: {
      data: data && all,
      error: asked.error,
      isError: asked.isError,
      dataUpdatedAt: asked.dataUpdatedAt,
      refetch: asked.refetch,
    },
  };
}

const isOf = (place: Place, filter: Partial<CaseFilter> | undefined): boolean =>
  filter?.view === place.view && (filter.queue ?? null) === place.queue;

/** Rows move between pages while pages are fetched; each is shown once. */
function onceEach(rows: CaseRow[]): CaseRow[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const textOf = ({ title, reason, gate, gate_title, queue }: CaseRow) =>
  `${title} ${reason} ${gate_title ?? ''} ${gate ?? ''} ${queue}`.toLowerCase();
