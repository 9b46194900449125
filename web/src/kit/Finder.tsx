import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import {
  IconArrowRight,
  IconBolt,
  IconFileSearch,
  IconMessageSearch,
  IconSearch,
  IconShieldCheck,
  IconStack2,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../live/api.ts';
import { keys } from '../live/cache.ts';
import css from './Finder.module.css';
import { KeyHint } from './KeyHint.tsx';
import { useSeenRooms } from './rooms.ts';
import { useFinds } from './useFinds.tsx';
import { useKeyList } from './useKeys.ts';

export const openFinder = () => spotlight.open();

/** Finds rooms, queues, gates, whatever can be done here, conversations and cases by their words, and
 *  any of them, or an output, by its id. */
export function Finder() {
  const [query, setQuery] = useState('');
  const [opened, setOpened] = useState(false);
  const places = usePlaces(query, opened);
  const acts = useActs();
  const finds = useFinds(query, opened);
  return (
    <Spotlight
      shortcut={null}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      attributes={{ content: { 'aria-label': 'Find anything' } }}
      classNames={{ actionDescription: css.description }}
      query={query}
      onQueryChange={setQuery}
      actions={[{ group: 'Go to', actions: places }, { group: 'Do', actions: acts }, ...finds]}
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      limit={20}
      scrollable
      maxHeight={420}
      nothingFound="Nothing by that name. Paste an id to open a case."
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Find a room, an act, a conversation, a case, or an id',
        'aria-label': 'Find anything',
      }}
    />
  );
}

const id_words = { case: 'case', conv: 'conversation', out: 'output' } as const;

function usePlaces(query: string, enabled: boolean): SpotlightActionData[] {
  const navigate = useNavigate();
  const seen = useSeenRooms();
  const { data: queues } = useQuery({ queryKey: keys.queues, queryFn: api.queues.list, enabled });
  const { data: gates } = useQuery({ queryKey: keys.gates, queryFn: api.gates.list, enabled });
  const places: SpotlightActionData[] = seen.map(({ title, path, key, icon: Icon }) => ({
    id: path,
    label: title,
    leftSection: <Icon size={18} stroke={1.6} />,
    rightSection: <KeyHint of={`g ${key}`} />,
    onClick: () => void navigate({ to: path }),
  }));
  for (const queue of queues?.rows ?? []) {
    places.push({
      id: `queue ${queue.name}`,
      label: queue.title,
      description: `Queue, ${queue.waiting} waiting`,
      keywords: [queue.name, 'queue'],
      leftSection: <IconStack2 size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: '/desk', search: { queue: queue.name } }),
    });
  }
  for (const gate of gates?.rows ?? []) {
    places.push({
      id: `gate ${gate.name}`,
      label: gate.title,
      description: 'Gate',
      keywords: [gate.name, 'gate'],
      leftSection: <IconShieldCheck size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: `/gates/${gate.name}` }),
    });
  }
  const words = query.trim();
  if (words.length > 1) {
    places.push({
      id: 'look in conversations',
      label: `Look for “${words}” in conversations`,
      leftSection: <IconMessageSearch size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: '/desk', search: { view: 'open', q: words } }),
    });
    places.push({
      id: 'look in the data',
      label: `Look for “${words}” in the data`,
      leftSection: <IconFileSearch size={18} stroke={1.6} />,
      onClick: () => void navigate({ to: '/data', search: { q: words } }),
    });
  }
  const id = /^(case|conv|out)_[0-9a-z]{26}$/.exec(query.trim());
  if (id) {
    const to = id[1] === 'out' ? `/data/${id[0]}` : `/desk/${id[0]}`;
    places.unshift({
      id: id[0],
      label: id[0],
      description: `Open this ${id_words[id[1] as keyof typeof id_words]}`,
      leftSection: <IconFileSearch size={18} stroke={1.6} />,
      onClick: () => void navigate({ to }),
    });
  }
  return places;
}

function useActs(): SpotlightActionData[] {
  const acts = useKeyList();
  const { setColorScheme } = useMantineColorScheme();
  const list: SpotlightActionData[] = acts
    .filter(({ key, off }) => !off && !key.startsWith('g ') && key !== 'mod+k' && !/^\d$/.test(key))
    .map(({ key, label, run }) => ({
      id: `act ${key}`,
      label,
      leftSection: <IconBolt size={18} stroke={1.6} />,
      rightSection: <KeyHint of={key} />,
      onClick: run,
    }));
  for (const scheme of ['light', 'dark', 'auto'] as const) {
    list.push({
      id: `theme ${scheme}`,
      label:
        scheme === 'auto' ? 'Theme as the system' : `${scheme === 'dark' ? 'Dark' : 'Light'} theme`,
      keywords: ['theme', 'colour', 'color'],
      leftSection: <IconArrowRight size={18} stroke={1.6} />,
      onClick: () => setColorScheme(scheme),
    });
  }
  return list;
}
