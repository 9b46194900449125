import { Button, Progress, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Crawl, CrawlReport } from '@wheelhouse/core';
import { useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { ImportRows } from './ImportRows.tsx';
import css from './Imports.module.css';

const look_ms = 1_000;

/** Addresses that become articles, fetched one after the other; how far the last of them is (rule
 *  W43). */
export function CrawlPanel({ bot }: { bot: string }) {
  const cache = useQueryClient();
  const [typed, type] = useState('');
  const crawls = useQuery({
    queryKey: keys.crawls(bot),
    queryFn: () => api.crawls.list(bot),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((one) => one.state === 'running') ? look_ms : false,
  });
  const addresses = typed.split(/\s+/).filter(Boolean);
  const start = useMutation({
    mutationFn: () => api.crawls.start(bot, addresses),
    onSuccess: async () => {
      type('');
      await cache.invalidateQueries({ queryKey: keys.crawls(bot) });
    },
  });
  const fault = isProblem(start.error)
    ? start.error.errors
        .map(({ field, message }) => {
          const at = /^addresses\.(\d+)$/.exec(field)?.[1];
          return at === undefined
            ? message
            : `${addresses[Number(at)] ?? 'An address'}: ${message}`;
        })
        .join('; ') || start.error.detail
    : start.error && sentenceOf(start.error);
  const [newest] = crawls.data?.rows ?? [];
  return (
    <Panel
      title="From addresses"
      say="Each page becomes an article that cites its address. What a site’s robots.txt keeps from programs is left alone."
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <Textarea
          label="Addresses"
          description="One a line, at most 200. Fetched again, a page changes its own article."
          placeholder="https://shop.example/help/delivery"
          autosize
          minRows={2}
          maxRows={10}
          value={typed}
          error={fault}
          className={css.grow}
          onChange={({ currentTarget }) => type(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={!addresses.length}
          loading={start.isPending}
        >
          Fetch {addresses.length > 1 ? `${addresses.length} pages` : 'the page'}
        </Button>
      </form>
      {newest && <Running crawl={newest} />}
    </Panel>
  );
}

/** How far a crawl is, with a way to end it, and what became of each address. */
function Running({ crawl }: { crawl: Crawl }) {
  const cache = useQueryClient();
  const { id, bot, state, pages, fetched, refused, started_at } = crawl;
  const report = useQuery<CrawlReport>({
    queryKey: [...keys.crawls(bot), id, fetched, state],
    queryFn: () => api.crawls.get(bot, id),
    placeholderData: (before) => before,
  });
  const cancel = async () => {
    try {
      await api.crawls.cancel(bot, id);
      await cache.invalidateQueries({ queryKey: keys.crawls(bot) });
    } catch (thrown) {
      tellFailed('Not ended', thrown);
    }
  };
  const running = state === 'running';
  const word = running ? 'Fetching' : state === 'cancelled' ? 'Ended early' : 'Fetched';
  return (
    <section className={css.crawl} aria-label="The last addresses">
      <div className={css.progress}>
        <span role="status">
          {word} {fetched} of {pages}
          {refused > 0 && `, ${refused} left out`} · <Ago at={started_at} />
        </span>
        {running && (
          <Button size="compact-sm" variant="default" onClick={() => void cancel()}>
            Stop fetching
          </Button>
        )}
      </div>
      {running && <Progress value={(fetched / pages) * 100} aria-label="Fetched" />}
      {report.data && <ImportRows rows={report.data.rows} />}
    </section>
  );
}
