import { useDebouncedValue } from '@mantine/hooks';
import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight';
import { IconInbox, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { CaseRow, SearchHit } from '@wheelhouse/core';
import { api } from '../live/api.ts';
import { keys } from '../live/cache.ts';

const typing_ms = 200;
const most_rows = 5;

/** The conversations in which words were said, and the cases that have them, for whoever types them. */
export function useFinds(query: string, enabled: boolean): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const typed = query.trim();
  const [words] = useDebouncedValue(typed, typing_ms);
  const asks = enabled && words.length > 1;
  const talks = useQuery({
    queryKey: [...keys.talkSearch(words), most_rows],
    queryFn: ({ signal }) => api.conversations.search(words, most_rows, { signal }),
    enabled: asks,
  });
  const filter = { q: words, limit: most_rows };
  const cases = useQuery({
    queryKey: keys.caseList(filter),
    queryFn: ({ signal }) => api.cases.list(filter, { signal }),
    enabled: asks,
  });
  // What was found by other words would be opened by mistake.
  if (!asks || words !== typed) return [];
  const open = (id: string, seq?: number) => () =>
    void navigate({ to: `/desk/${id}`, search: seq === undefined ? {} : { at: seq } });
  // Found by the server, they stay whatever the list itself makes of the words.
  const found = { keywords: [query] };
  return [
    {
      group: 'Conversations',
      actions: onceEach(talks.data?.rows ?? []).map((hit) => ({
        ...talkAction(hit),
        ...found,
        onClick: open(hit.conversation.id, hit.message?.seq),
      })),
    },
    {
      group: 'Cases',
      actions: (cases.data?.rows ?? []).map((row) => ({
        ...caseAction(row),
        ...found,
        onClick: open(row.id),
      })),
    },
  ];
}

const onceEach = (hits: readonly SearchHit[]): SearchHit[] =>
  hits.filter(
    ({ conversation }, at) =>
      at === hits.findIndex((other) => other.conversation.id === conversation.id),
  );

function talkAction({ conversation, parts }: SearchHit): SpotlightActionData {
  const { id, contact_name, state } = conversation;
  return {
    id,
    label: contact_name ?? 'Visitor',
    description: `${parts.map(({ text }) => text).join('')}${state === 'resolved' ? ' · resolved' : ''}`,
    leftSection: <IconMessage size={18} stroke={1.6} />,
  };
}

function caseAction({ id, title, gate_title, queue, state }: CaseRow): SpotlightActionData {
  return {
    id,
    label: title,
    description: `${gate_title ?? queue} · ${state}`,
    leftSection: <IconInbox size={18} stroke={1.6} />,
  };
}
