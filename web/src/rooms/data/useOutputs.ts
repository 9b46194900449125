import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Output, Page } from '@wheelhouse/core';
import { useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { type Cut, filterOf } from './filter.ts';

const page_size = 50;

const fetchPage = (cut: Cut, cursor: string | null, signal: AbortSignal) =>
  api.outputs.list(
    { ...filterOf(cut, Date.now()), limit: page_size, ...(cursor ? { cursor } : {}) },
    { signal },
  );

/** The outputs of a cut, newest first. The first page keeps up by itself until more is loaded; then
 *  what is on screen stays put, and `newer` says that something has come since. */
export function useOutputs(cut: Cut) {
  const head = useQuery({
    queryKey: keys.outputList(cut as Record<string, string>),
    queryFn: ({ signal }) => fetchPage(cut, null, signal),
  });
  const [held, hold] = useState<Page<Output> | null>(null);
  const rest = useInfiniteQuery({
    queryKey: ['outputs', 'rest', cut, held?.next],
    queryFn: ({ pageParam, signal }) => fetchPage(cut, pageParam, signal),
    initialPageParam: held?.next ?? null,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: held !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = held ?? head.data;
  const later = rest.data?.pages.flatMap(({ rows }) => rows) ?? [];
  const now = new Map(head.data?.rows.map((row) => [row.id, row]));
  const rows = held ? [...held.rows, ...later].map((row) => now.get(row.id) ?? row) : first?.rows;
  return {
    head,
    rows: rows ?? [],
    has_more: held ? rest.hasNextPage || rest.isPending : (first?.next ?? null) !== null,
    loading_more: rest.isFetching,
    refused: rest.error,
    newer: held !== null && head.data?.rows[0]?.id !== held.rows[0]?.id,
    more: () => {
      if (!held) hold(head.data ?? null);
      else if (rest.data) void rest.fetchNextPage();
      else void rest.refetch();
    },
    startOver: () => hold(null),
  };
}
