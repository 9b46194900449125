import { type InfiniteData, QueryClient, type QueryKey } from '@tanstack/react-query';
import {
  type Case,
  type CaseFilter,
  type CaseRow,
  type Event,
  type Page,
  peopleAsked,
} from '@wheelhouse/core';
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
  gatePromise: (gate: string) => ['gates', gate, 'promise'],
  gateVersions: (gate: string) => ['gates', gate, 'versions'],
  outputs: ['outputs', 'list'],
  outputList: (filter: Query) => ['outputs', 'list', filter],
  output: (id: string) => ['outputs', 'one', id],
  outputLife: (id: string) => ['outputs', 'one', id, 'life'],
  cases: ['cases', 'list'],
  caseList: (filter: Partial<CaseFilter>) => ['cases', 'list', filter],
  case: (id: string) => ['cases', 'one', id],
  caseLife: (id: string) => ['cases', 'one', id, 'life'],
  notes: (id: string) => ['cases', 'one', id, 'notes'],
  talks: ['conversations', 'list'],
  talkList: (filter: Query) => ['conversations', 'list', filter],
  talkDues: ['conversations', 'list', 'dues'],
  talkCounts: ['conversations', 'counts'],
  talkSearch: (words: string) => ['conversations', 'search', words],
  talk: (id: string) => ['conversations', 'one', id],
  talkPart: (id: string) => ['conversations', 'part', id],
  live: ['live'],
  knowledge: (id: string) => ['conversations', 'one', id, 'knowledge'],
  summary: (id: string) => ['conversations', 'one', id, 'summary'],
  brief: (id: string) => ['conversations', 'one', id, 'brief'],
  report: (filter: Query) => ['report', filter],
  canned_replies: ['canned_replies'],
  bots: ['bots'],
  bot: (bot: string) => ['bots', bot],
  articles: ['articles'],
  crawls: (bot: string) => ['crawls', bot],
  articleList: (bot: string, filter: Query) => ['articles', bot, 'list', filter],
  article: (bot: string, article: string) => ['articles', bot, 'one', article],
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

/** Lists that a finished case is in, or comes into. */
const finished_lists: readonly QueryKey[] = [
  keys.caseList({ view: 'resolved' }),
  keys.caseList({ state: 'resolved' }),
  keys.caseList({ view: 'mentions' }),
];

/** What an event of a case makes old. Who took it and who finished it is put into the lists of open
 *  cases at once (`patchLists`); to fetch every page of them for each would be, with twenty people
 *  deciding, most of what the server does. */
function touchedByCase({ type, subject, data }: Touching): QueryKey[] {
  const own = keys.case(subject);
  switch (type) {
    case 'case.noted':
      return [own, keys.audit];
    case 'case.claimed':
      return [keys.home, keys.audit];
    case 'case.released':
      return data?.why === 'escalated' ? [own, keys.home, keys.audit] : [keys.home, keys.audit];
    case 'case.resolved':
    case 'case.cancelled':
    case 'case.corrected':
      return [own, ...finished_lists, keys.queues, keys.home, keys.audit];
    case 'case.answered':
      return data?.status === 'submitted'
        ? [own, keys.home, keys.audit]
        : [own, keys.cases, keys.home, keys.audit];
    default:
      return [own, keys.cases, keys.queues, keys.home, keys.audit];
  }
}

type Touching = Pick<Event, 'type' | 'subject'> & Partial<Pick<Event, 'data'>>;

/** Which queries an event makes old. */
export function touchedBy(event: Touching): QueryKey[] {
  const { type, subject } = event;
  const noun = type.split('.')[0];
  switch (noun) {
    case 'output':
      return [keys.outputs, keys.output(subject), keys.home, keys.audit];
    case 'case':
      return touchedByCase(event);
    case 'message':
    case 'conversation':
      return [keys.talks, keys.talkCounts, keys.live, keys.audit];
    case 'contact':
      return [
        keys.talks,
        ['conversations', 'one'],
        ['conversations', 'search'],
        keys.live,
        keys.audit,
      ];
    case 'bot':
      return [keys.bots, keys.live, keys.audit];
    case 'canned_reply':
      return [keys.canned_replies, keys.audit];
    case 'article':
      return [keys.articles, keys.audit];
    case 'crawl':
      return [['crawls'], keys.audit];
    case 'gate':
      // What it holds is offered to nobody any more, or to everybody again.
      return type === 'gate.hours_spent' || type === 'gate.changed'
        ? [keys.gates, keys.cases, keys.home, keys.audit]
        : [keys.gates, keys.home, keys.audit];
    case 'queue':
      return [keys.queues, keys.audit];
    case 'key':
      return [keys.api_keys, keys.audit];
    case 'member':
      return [keys.members, keys.invitations, keys.me, keys.live, keys.audit];
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
    leaveOpenLists(cache, event.subject);
  }
  if (event.type === 'case.claimed') {
    const holder = { rater: event.actor, expires_at: provisional(event.at) };
    mapHolders(cache, event.subject, (holders) => [...without(holders, event.actor), holder]);
  }
  if (event.type === 'case.released') {
    const rater = String(event.data.rater ?? event.actor);
    mapHolders(cache, event.subject, (holders) => without(holders, rater));
  }
}

/** Takes a finished case out of every list of open ones. */
export const leaveOpenLists = (cache: QueryClient, case_id: string): void =>
  mapRows(cache, (row, filter) => (row.id === case_id && isOpenList(filter) ? null : row));

const isOpenList = ({ view, state }: Partial<CaseFilter>): boolean =>
  view !== 'resolved' && view !== 'mentions' && state !== 'resolved';

type Holders = CaseRow['holders'];

/** Changes who holds a case, in every list and where it is open. Where several raters are asked, the
 *  role that its next place is for may change with it, which only the server knows. */
function mapHolders(cache: QueryClient, id: string, change: (now: Holders) => Holders): void {
  mapRows(cache, (row) => (row.id === id ? { ...row, holders: change(row.holders) } : row));
  const shown = cache.getQueryData<Case>(keys.case(id));
  if (!shown) return;
  if (peopleAsked(shown.quorum, shown.answers_in) > 1)
    void cache.invalidateQueries({ queryKey: keys.case(id), exact: true });
  else cache.setQueryData<Case>(keys.case(id), { ...shown, holders: change(shown.holders) });
}

const without = (holders: Holders, rater: string): Holders =>
  holders.filter((holder) => holder.rater !== rater);

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
