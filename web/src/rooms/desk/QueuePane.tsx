import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Queue } from '@wheelhouse/core';
import { useClock } from '../../kit/Ago.tsx';
import { spanText } from '../../kit/duration.ts';
import { Num } from '../../kit/figures.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { useMe } from '../../live/session.ts';
import { isTalkView, type List, type Place, searchOf, viewsOf } from './place.ts';
import css from './QueuePane.module.css';

interface QueuePaneProps {
  /** Undefined while they are fetched. */
  queues: readonly Queue[] | undefined;
  place: Place;
}

/** The lists there are: views over everything, then each queue with how many wait. */
export function QueuePane({ queues, place }: QueuePaneProps) {
  const views = viewsOf(useMe().role);
  const counts = useQuery({ queryKey: keys.talkCounts, queryFn: api.conversations.counts }).data;
  const all = (queues ?? []).reduce((sum, { waiting }) => sum + waiting, 0);
  return (
    <nav className={css.pane} aria-label="Queues and views">
      <ul className={css.list}>
        {views
          .filter(({ view }) => !isTalkView(view))
          .map(({ view, title }) => (
            <li key={view}>
              <ListLink
                place={{ view, queue: null }}
                current={place.view === view && !place.queue}
                title={title}
                count={view === 'waiting' ? all : view === 'mine' ? (counts?.mine ?? null) : null}
              />
            </li>
          ))}
      </ul>
      <h2 className={css.title}>Conversations</h2>
      <ul className={css.list}>
        {views
          .filter(({ view }) => isTalkView(view))
          .map(({ view, title }) => (
            <li key={view}>
              <ListLink
                place={{ view, queue: null }}
                current={place.view === view}
                title={title}
                count={
                  view === 'bot' || view === 'open' || view === 'snoozed'
                    ? (counts?.[view] ?? null)
                    : null
                }
              />
            </li>
          ))}
      </ul>
      <h2 className={css.title}>Queues</h2>
      <ul className={css.list}>
        {queues?.map(({ name, title, waiting, oldest_at }) => (
          <li key={name}>
            <ListLink
              place={{ view: 'waiting', queue: name }}
              current={place.queue === name}
              title={title}
              count={waiting}
              oldest_at={oldest_at}
            />
          </li>
        ))}
      </ul>
      {queues?.length === 0 && (
        <p className={css.none}>A queue appears with the first gate that uses it.</p>
      )}
    </nav>
  );
}

interface ListLinkProps {
  place: List;
  current: boolean;
  title: string;
  count: number | null;
  oldest_at?: string | null;
}

function ListLink({ place, current, title, count, oldest_at }: ListLinkProps) {
  const waits = useClock((now) => (oldest_at ? spanText(now - Date.parse(oldest_at)) : null));
  return (
    <Link
      to="/desk"
      search={searchOf(place)}
      className={css.link}
      data-current={current || undefined}
      aria-current={current ? 'page' : undefined}
      title={waits ? `Oldest waits ${waits}` : undefined}
      // Chosen by pointing, it must not keep Enter, which then means the next case.
      onClick={({ detail, currentTarget }) => detail > 0 && currentTarget.blur()}
    >
      <span className="one-line">{title}</span>
      {count !== null && count > 0 && (
        <span className={css.count}>
          <Num of={count} />
        </span>
      )}
    </Link>
  );
}

/** The same lists as one button, where there is no room for a pane. */
export function QueueMenu({ queues, place }: QueuePaneProps) {
  const navigate = useNavigate();
  const views = viewsOf(useMe().role);
  const go = (next: List) => void navigate({ to: '/desk', search: searchOf(next) });
  const queue = queues?.find(({ name }) => name === place.queue);
  const title = queue?.title ?? place.queue ?? views.find(({ view }) => view === place.view)?.title;
  return (
    <Menu width={260} position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={css.button}>
          <span className="one-line">{title}</span>
          <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={css.dropdown}>
        {views.map(({ view, title: name }) => (
          <Menu.Item key={view} onClick={() => go({ view, queue: null })}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Queues</Menu.Label>
        {queues?.map(({ name, title: queueTitle, waiting }) => (
          <Menu.Item
            key={name}
            onClick={() => go({ view: 'waiting', queue: name })}
            rightSection={<span className={css.count}>{waiting || ''}</span>}
          >
            {queueTitle}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
