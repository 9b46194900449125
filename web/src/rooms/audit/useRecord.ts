import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditLine, Page } from '@wheelhouse/core';
import { useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { type Cut, filterOf } from './filter.ts';

const page_size = 50;
/** Sealing leaves no event, so a line that waits for it is asked after. */
const sealing_ms = 5_000;

const fetchPage = (cut: Cut, cursor: string | null) =>
  api.audit.list({ ...filterOf(cut, Date.now()), limit: page_size, ...(cursor ? { cursor } : {}) });

/** The record, newest first. The first page keeps up by itself until more is loaded; then what is on
 *  screen stays put, and `newer` says that something has come since. A page of a filtered record may
 *  be short, even empty, and still have more behind it. */
export function useRecord(cut: Cut) {
  const head = useQuery({
    queryKey: keys.auditList({ ...cut }),
    queryFn: () => fetchPage(cut, null),
    refetchInterval: ({ state: { data } }) =>
      data?.rows.some(({ leaf }) => leaf === null) ? sealing_ms : false,
  });
  const [held, hold] = useState<Page<AuditLine> | null>(null);
  const rest = useInfiniteQuery({
    // Not under the record's own key: every event makes that old, and what is further back stays.
    queryKey: ['audit_rest', cut, held?.next],
    queryFn: ({ pageParam }) => fetchPage(cut, pageParam),
    initialPageParam: held?.next ?? null,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: held !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = held ?? head.data;
  const now = new Map(head.data?.rows.map((row) => [row.cursor, row]));
  const later = held ? (rest.data?.pages.flatMap(({ rows }) => rows) ?? []) : [];
  return {
    head,
    rows: [...(first?.rows ?? []), ...later].map((row) => now.get(row.cursor) ?? row),
    has_more: held ? rest.hasNextPage || rest.isPending : (first?.next ?? null) !== null,
    loading_more: rest.isFetching,
    refused: rest.error,
    newer: held !== null && head.data?.rows[0]?.cursor !== held.rows[0]?.cursor,
    more: () => {
      if (!held) hold(head.data ?? null);
      else if (rest.data) void rest.fetchNextPage();
      else void rest.refetch();
    },
    startOver: () => hold(null),
  };
}
