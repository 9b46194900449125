import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import type { Query } from '../../../live/request.ts';
import { hasOnly, type Place } from '../place.ts';

const page_rows = 50;
const typing_ms = 200;
const talk_views = {
  waiting: 'waiting',
  mine: 'mine',
  bot: 'bot',
  open: 'open',
  snoozed: 'snoozed',
  ended: 'resolved',
  mentions: 'mentions',
} as const;

/** The conversations of a list, page by page: the most urgent first where people wait, else those last
 *  active. What was typed finds them by customer, title and labels, on the server. */
export function useTalkList(place: Place, query: string, gone: ReadonlySet<string>) {
  const [words] = useDebouncedValue(query.trim(), typing_ms);
  const view = talk_views[place.view as keyof typeof talk_views] ?? null;
  const { unread, label, urgent } = place.only;
  const filter: Query = {
    view: view ?? undefined,
    queue: place.queue ?? undefined,
    unread: unread ? 'true' : undefined,
    min_priority: urgent ? 1 : undefined,
    label: label ?? undefined,
    q: words || undefined,
  };
  const asked = useInfiniteQuery({
    queryKey: keys.talkList(filter),
    queryFn: ({ pageParam, signal }) =>
      api.conversations.list({ ...filter, limit: page_rows, cursor: pageParam } as Query, {
        signal,
      }),
    enabled: view !== null,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  // Rows move between pages while pages are fetched; each is shown once.
  const rows = useMemo(() => {
    const all = (view === null ? [] : (data?.pages ?? [])).flatMap((page) => page.rows);
    return [...new Map(all.map((row) => [row.id, row])).values()];
  }, [data, view]);
  // Cases that ask for a person in one of these: the conversation stands for them.
  const hidden = useMemo(
    () => new Set([...gone, ...rows.flatMap(({ hand_off }) => hand_off?.case_id ?? [])]),
    [rows, gone],
  );
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  return {
    asked,
    rows,
    more: view !== null && hasNextPage ? more : null,
    /** The server has not yet said what it found by these words. */
    looking: view !== null && (query.trim() !== words || asked.isLoading),
    /** What is asked of conversations leaves no case in the list. */
    alone: hasOnly(place),
    gone: hidden,
  };
}
