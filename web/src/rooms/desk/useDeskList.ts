import { useInfiniteQuery } from '@tanstack/react-query';
import type { CaseRow } from '@wheelhouse/core';
import { useCallback, useMemo } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import type { Query } from '../../live/request.ts';
import { filterOf, type Place } from './place.ts';

const page_rows = 50;

/** The cases of a list, page by page, without those that are being decided here, and filtered by
 *  what was typed. */
export function useDeskList(place: Place, gone: ReadonlySet<string>, query: string) {
  const filter = filterOf(place);
  const asked = useInfiniteQuery({
    queryKey: keys.caseList(filter),
    queryFn: ({ pageParam, signal }) =>
      api.cases.list({ ...filter, limit: page_rows, cursor: pageParam } as Query, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const all = useMemo(() => onceEach(data?.pages.flatMap(({ rows }) => rows) ?? []), [data]);
  const rows = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter(
      (row) =>
        (row.state !== 'waiting' || !gone.has(row.id)) &&
        words.every((word) => textOf(row).includes(word)),
    );
  }, [all, gone, query]);
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    more: hasNextPage ? more : null,
    asked: {
      data: data && all,
      error: asked.error,
      isError: asked.isError,
      dataUpdatedAt: asked.dataUpdatedAt,
      refetch: asked.refetch,
    },
  };
}

/** Rows move between pages while pages are fetched; each is shown once. */
function onceEach(rows: CaseRow[]): CaseRow[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const textOf = ({ title, reason, gate_title, queue, id }: CaseRow) =>
  `${title} ${reason} ${gate_title ?? ''} ${queue} ${id}`.toLowerCase();
