import { useQuery } from '@tanstack/react-query';
import type { ConversationRow } from '@wheelhouse/core';
import { useMemo } from 'react';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import type { Place } from '../place.ts';
import { contactName } from './words.ts';

const most_rows = 100;
const talk_views = {
  waiting: 'waiting',
  mine: 'mine',
  bot: 'bot',
  open: 'open',
  ended: 'resolved',
} as const;

/** The conversations of a list: those who wait longest first where people wait, else those last
 *  active. What was typed filters them by name and last words. */
export function useTalkList(place: Place, query: string, gone: ReadonlySet<string>) {
  const view = talk_views[place.view as keyof typeof talk_views] ?? null;
  const filter = { view, limit: most_rows };
  const asked = useQuery({
    queryKey: keys.talkList(filter),
    queryFn: ({ signal }) => api.conversations.list(filter, { signal }),
    enabled: view !== null,
  });
  const { data } = asked;
  const rows = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = (view === null ? [] : (data?.rows ?? [])).filter(
      (row) =>
        (!place.queue || row.owner.id === place.queue) &&
        words.every((word) => textOf(row).includes(word)),
    );
    return view === 'waiting' ? found.toSorted(byWaiting) : found;
  }, [data, view, place.queue, query]);
  // Cases that ask for a person in one of these: the conversation stands for them.
  const hidden = useMemo(
    () =>
      new Set([...gone, ...(data?.rows ?? []).flatMap(({ hand_off }) => hand_off?.case_id ?? [])]),
    [data, gone],
  );
  return { asked, rows, gone: hidden };
}

const textOf = (row: ConversationRow) =>
  `${contactName(row)} ${row.title} ${row.last?.text ?? ''} ${row.labels.join(' ')}`.toLowerCase();

const byWaiting = (a: ConversationRow, b: ConversationRow) =>
  b.priority - a.priority ||
  (a.waiting_since ?? a.active_at).localeCompare(b.waiting_since ?? b.active_at);
