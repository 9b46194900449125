import { type InfiniteData, QueryClient, type QueryKey } from '@tanstack/react-query';
import type { CaseFilter, CaseRow, Event, Page } from '@wheelhouse/core';
import { isPassing } from './problem.ts';
import type { Query } from './request.ts';

/** What is kept in the page under which name. A list's filter is the last member of its key. */
export const keys = {
  me: ['me'],
  sessions: ['sessions'],
  members: ['members'],
  invitations: ['invitations'],
  api_keys: ['api_keys'],
  queues: ['queues'],
  gates: ['gates'],
  gate: (gate: string) => ['gates', gate],
  gateVersions: (gate: string) => ['gates', gate, 'versions'],
  outputs: ['outputs', 'list'],
  outputList: (filter: Query) => ['outputs', 'list', filter],
  output: (id: string) => ['outputs', 'one', id],
  outputLife: (id: string) => ['outputs', 'one', id, 'life'],
  cases: ['cases', 'list'],
  caseList: (filter: Partial<CaseFilter>) => ['cases', 'list', filter],
  case: (id: string) => ['cases', 'one', id],
  notes: (id: string) => ['cases', 'one', id, 'notes'],
  home: ['home'],
  audit: ['audit'],
  auditList: (filter: Query) => ['audit', 'list', filter],
  webhooks: ['webhooks'],
  deliveries: (id: string) => ['webhooks', id, 'deliveries'],
} as const;

/** Events keep what is shown fresh, so nothing is fetched again merely because time has passed.
 *  Cut off, a request fails and says so. Left to itself the library would hold it back, and a save
 *  that someone gave up on would go out by itself minutes later. */
export const makeCache = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (attempt) => 400 * 2 ** attempt,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

/** Which queries an event makes old. */
export function touchedBy({ type, subject }: Pick<Event, 'type' | 'subject'>): QueryKey[] {
  const noun = type.split('.')[0];
  switch (noun) {
    case 'output':
      return [keys.outputs, keys.output(subject), keys.home, keys.audit];
    case 'case':
      if (type === 'case.noted') return [keys.case(subject), keys.audit];
      return [keys.case(subject), keys.cases, keys.queues, keys.home, keys.audit];
    case 'gate':
      return [keys.gates, keys.home, keys.audit];
    case 'queue':
      return [keys.queues, keys.audit];
    case 'key':
      return [keys.api_keys, keys.audit];
    case 'member':
      return [keys.members, keys.invitations, keys.me, keys.audit];
    case 'webhook':
    case 'delivery':
      return [keys.webhooks, keys.home, keys.audit];
    default:
      return [keys.audit];
  }
}

type CaseList = InfiniteData<Page<CaseRow>>;

/** What an event lets the page show at once, before anything is fetched: a finished case leaves the
 *  lists of open ones, a held one names its holder. */
export function patchLists(cache: QueryClient, event: Event): void {
  if (event.type === 'case.resolved' || event.type === 'case.cancelled') {
    mapRows(cache, (row, filter) =>
      row.id === event.subject && filter.view !== 'resolved' && filter.state !== 'resolved'
        ? null
        : row,
    );
  }
  if (event.type === 'case.claimed') {
    const holder = { rater: event.actor, expires_at: provisional(event.at) };
    mapRows(cache, (row) =>
      row.id === event.subject ? { ...row, holders: [...without(row, event.actor), holder] } : row,
    );
  }
  if (event.type === 'case.released') {
    const rater = String(event.data.rater ?? event.actor);
    mapRows(cache, (row) =>
      row.id === event.subject ? { ...row, holders: without(row, rater) } : row,
    );
  }
}

const without = (row: CaseRow, rater: string) =>
  row.holders.filter((holder) => holder.rater !== rater);

/** The event does not say for how long; the list that is fetched after it does. */
const provisional = (at: string) => new Date(Date.parse(at) + 60_000).toISOString();

/** Changes the rows of every case list in the page; null takes a row out. */
export function mapRows(
  cache: QueryClient,
  change: (row: CaseRow, filter: Partial<CaseFilter>) => CaseRow | null,
): void {
  for (const [key, data] of cache.getQueriesData<CaseList>({ queryKey: keys.cases })) {
    if (!data) continue;
    const filter = (key.at(-1) ?? {}) as Partial<CaseFilter>;
    let touched = false;
    const pages = data.pages.map((page) => {
      const rows: CaseRow[] = [];
      for (const row of page.rows) {
        const next = change(row, filter);
        if (next !== row) touched = true;
        if (next) rows.push(next);
      }
      return touched ? { ...page, rows } : page;
    });
    if (touched) cache.setQueryData<CaseList>(key, { ...data, pages });
  }
}

const settle_ms = 400;

/** Gathers what events make old and fetches it in one go: a thousand events a second are two
 *  refreshes a second, not a thousand.
 *  @returns a function that takes an event */
export function applyTo(cache: QueryClient): (event: Event) => void {
  const touched = new Map<string, QueryKey>();
  let due = false;
  const flush = async () => {
    const now = [...touched.values()];
    touched.clear();
    await Promise.allSettled(now.map((queryKey) => cache.invalidateQueries({ queryKey })));
    due = touched.size > 0;
    if (due) setTimeout(flush, settle_ms);
  };
  return (event) => {
    patchLists(cache, event);
    for (const key of touchedBy(event)) touched.set(JSON.stringify(key), key);
    if (due) return;
    due = true;
    setTimeout(flush, settle_ms);
  };
}
