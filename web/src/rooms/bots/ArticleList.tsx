import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ArticleRow } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem } from '../../live/problem.ts';
import type { Query } from '../../live/request.ts';
import { mayAs, useMe } from '../../live/session.ts';
import css from './Bots.module.css';
import { source_words, state_words } from './words.ts';

const page_size = 50;

interface ArticleListProps {
  bot: string;
  filter: Query;
  may: boolean;
  onOpen: (row: ArticleRow) => void;
}

/** The articles that fit, by name, a page at a time. */
export function ArticleList({ bot, filter, may, onOpen }: ArticleListProps) {
  const box = useRowKeys<HTMLUListElement>('Bot');
  const pages = useInfiniteQuery({
    queryKey: keys.articleList(bot, filter),
    queryFn: ({ pageParam, signal }) =>
      api.articles.list(bot, { ...filter, limit: page_size, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <FourFaces
      of={pages}
      skeleton={
        <div className={css.skeleton}>
          <Lines count={6} />
        </div>
      }
      empty={({ pages: found }) =>
        !found[0]?.rows.length && <p className={css.none}>{emptyWords(filter, may)}</p>
      }
    >
      {({ pages: found }) => (
        <>
          <ul className={css.list} ref={box} aria-label="Articles">
            {found
              .flatMap(({ rows }) => rows)
              .map((row) => (
                <ArticleItem key={row.name} row={row} onOpen={() => onOpen(row)} />
              ))}
          </ul>
          {pages.hasNextPage && (
            <div className={css.more}>
              <Button
                variant="default"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                Show more
              </Button>
            </div>
          )}
        </>
      )}
    </FourFaces>
  );
}

function emptyWords({ q, state }: Query, may: boolean): string {
  if (q) return `No article has “${q}” in its title or words.`;
  if (state === 'candidate') {
    return 'No candidate waits. What a colleague answers where the bot could not comes here, for you to accept.';
  }
  if (state === 'retired') return 'No article is retired.';
  return may
    ? 'The bot knows no article yet. Write one, or paste it; the bot answers from it at once.'
    : 'The bot knows no article yet. A builder can write one.';
}

function ArticleItem({ row, onOpen }: { row: ArticleRow; onOpen: () => void }) {
  const { bot, title, state, source, url, excerpt, updated_at, conversation_id, origin } = row;
  const file = source === 'upload' ? origin?.replace(/^file:/, '').split('#')[0] : null;
  return (
    <li className={css.item} data-state={state}>
      <div className={css.words}>
        <button type="button" className={css.open} onClick={onOpen} data-row>
          <bdi>{title}</bdi>
        </button>
        <span className={css.excerpt}>
          <bdi>{excerpt.replaceAll(/[#*`>\s]+/g, ' ').trim()}</bdi>
        </span>
        <span className={css.fine}>
          {source_words[source]}
          {file && (
            <>
              {' '}
              <bdi>{file}</bdi>
            </>
          )}
          {conversation_id && (
            <>
              {' '}
              in <Link to={`/desk/${conversation_id}`}>this conversation</Link>
            </>
          )}
          {url && (
            <>
              {' · '}
              <bdi>{url}</bdi>
            </>
          )}
          {' · '}
          <Ago at={updated_at} />
        </span>
      </div>
      {state !== 'live' && <span className={css.tag}>{state_words[state]}</span>}
      <Acts bot={bot} row={row} onOpen={onOpen} />
    </li>
  );
}

/** What can be said of an article without opening it. */
function Acts({ bot, row, onOpen }: { bot: string; row: ArticleRow; onOpen: () => void }) {
  const { name, title, state } = row;
  const cache = useQueryClient();
  const { role } = useMe();
  const act = async (work: () => Promise<unknown>, words: string) => {
    try {
      await work();
      tellDone(words);
      await cache.invalidateQueries({ queryKey: keys.articles });
    } catch (thrown) {
      // What is wrong with it stands at its fields, to be mended there.
      if (isProblem(thrown, 'invalid')) onOpen();
      else tellFailed('Not done', thrown);
    }
  };
  const accept = () => act(() => api.articles.accept(bot, name), 'The bot says it from now on');
  const retire = () => act(() => api.articles.remove(bot, name), 'The bot says it no more');
  if (state === 'live' || !mayAs(role, 'lead')) return null;
  return (
    <div className={css.acts}>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${state === 'candidate' ? 'Accept' : 'Use again'}: ${title}`}
        onClick={() => void accept()}
      >
        {state === 'candidate' ? 'Accept' : 'Use again'}
      </Button>
      {state === 'candidate' && mayAs(role, 'builder') && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Decline: ${title}`}
          onClick={() => void retire()}
        >
          Decline
        </Button>
      )}
    </div>
  );
}
