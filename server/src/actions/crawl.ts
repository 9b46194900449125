import {
  articlesOf,
  type Crawl,
  type CrawlReport,
  type CrawlSubmission,
  charsetIn,
  every_workspace,
  type FoundArticles,
  invalid,
  isRefusal,
  type Principal,
  plus,
  refuse,
  systemOf,
  textIn,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import {
  type DueCrawl,
  endCrawl,
  findCrawl,
  insertCrawl,
  listCrawls,
  lockCrawl,
  nextPage,
  pagesOfCrawl,
  putOffCrawl,
  saveCrawlPage,
  takeCrawls,
} from '../store/crawls.ts';
import { appendEvents } from '../store/events.ts';
import { importArticles } from './article-import.ts';

/** Past the time that one address may take, by enough to write down what came of it. */
const lease_ms = 90_000;
/** Between two addresses of one crawl, so that no site is pressed. */
const pause_ms = 500;

/** Begins to make articles of addresses, one after the other (rule W43).
 *  @throws Refusal not_found (bot), forbidden_address */
export async function startCrawl(
  ports: Ports,
  by: Principal,
  bot: string,
  { addresses }: CrawlSubmission,
): Promise<Crawl> {
  addresses.forEach((url, at) => {
    ports.network.check(url, `addresses.${at}`);
  });
  const crawl = await ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    const id = ports.makeId('crawl', tx.now);
    insertCrawl(tx, by, { id, bot, by: by.id, addresses });
    appendEvents(tx, by, by, [
      { type: 'crawl.started', subject: id, data: { bot, pages: addresses.length } },
    ]);
    return (await findCrawl(tx, by, id)) as Crawl;
  });
  ports.database.wake();
  return crawl;
}

interface Place {
  bot: string;
  crawl: string;
}

async function access(tx: Tx, by: Principal, { bot, crawl }: Place): Promise<Crawl> {
  const found = await findCrawl(tx, by, crawl);
  if (found?.bot !== bot) throw refuse('not_found', { bot, crawl });
  return found;
}

/** The newest crawls of a bot. @throws Refusal not_found (bot) */
export const readCrawls = (ports: Ports, by: Principal, bot: string): Promise<Crawl[]> =>
  ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    return listCrawls(tx, by, bot);
  });

/** @throws Refusal not_found */
export const readCrawl = (ports: Ports, by: Principal, place: Place): Promise<CrawlReport> =>
  ports.database.transact(by, async (tx) => ({
    ...(await access(tx, by, place)),
    rows: await pagesOfCrawl(tx, by, place.crawl),
  }));

/** Ends a crawl: no article is made of an address any more, not even of one that is being fetched. What
 *  was made stays. One that has ended stays as it is. @throws Refusal not_found */
export async function cancelCrawl(ports: Ports, by: Principal, place: Place): Promise<Crawl> {
  const crawl = await ports.database.transact(by, async (tx) => {
    await access(tx, by, place);
    const row = await lockCrawl(tx, by, place.crawl);
    if (row?.state === 'running') {
      endCrawl(tx, by, place.crawl, 'cancelled');
      appendEvents(tx, by, by, [
        { type: 'crawl.cancelled', subject: place.crawl, data: { bot: place.bot } },
      ]);
    }
    return access(tx, by, place);
  });
  ports.database.wake();
  return crawl;
}

/** Crawls whose next address is due, taken so that no other server fetches it too. */
export const crawlsDue = (ports: Ports, limit: number): Promise<DueCrawl[]> =>
  ports.database.transact(every_workspace, (tx) => takeCrawls(tx, plus(tx.now, lease_ms), limit));

/** Leaves a crawl, as this server stops: another may fetch its address at once. */
export const leaveCrawl = (ports: Ports, { workspace_id, id }: DueCrawl): Promise<void> =>
  ports.database.transact({ workspace_id }, async (tx) => {
    const row = await lockCrawl(tx, { workspace_id }, id);
    if (row?.state === 'running') putOffCrawl(tx, { workspace_id }, id, tx.now);
  });

/** What an address holds. @throws Refusal with words for whoever asked for it */
export type Visit = (url: string) => Promise<FoundArticles>;

/** Fetches the next address of a crawl and writes down what came of it, in one transaction with its
 *  articles; a server that dies in between leaves it to be fetched again (rule W43). */
export async function crawlNext(ports: Ports, due: DueCrawl, visit: Visit): Promise<void> {
  const scope = { workspace_id: due.workspace_id };
  const page = await ports.database.transact(scope, (tx) => nextPage(tx, scope, due.id));
  let found: FoundArticles | undefined;
  let fault: string | undefined;
  try {
    if (page) found = await visit(page.url);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    fault = thrown.message;
  }
  const by = systemOf(due.workspace_id);
  await ports.database.transact(scope, async (tx) => {
    const row = await lockCrawl(tx, scope, due.id);
    if (row?.state !== 'running') return;
    if (page) {
      const came = fault ? refusedAs(fault) : await imported(tx, by, due.bot, found);
      saveCrawlPage(tx, scope, due.id, page.place, came);
    }
    if (await nextPage(tx, scope, due.id)) {
      putOffCrawl(tx, scope, due.id, plus(tx.now, pause_ms));
      return;
    }
    endCrawl(tx, scope, due.id, 'done');
    appendEvents(tx, scope, by, [{ type: 'crawl.ended', subject: due.id, data: { bot: due.bot } }]);
  });
  ports.database.wake();
}

const refusedAs = (message: string) =>
  ({ result: 'refused', title: null, article: null, message }) as const;

async function imported(tx: Tx, by: Principal, bot: string, found: FoundArticles | undefined) {
  try {
    const rows = await importArticles(tx, by, bot, 'crawl', found ?? { found: [], refused: [] });
    const [first] = rows;
    if (!first) return refusedAs('holds no words');
    const parts = rows.length > 1 ? `in ${rows.length} parts` : null;
    return { ...first, message: first.message ?? parts };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return refusedAs(thrown.message);
  }
}

/** A page as articles, known by its address. @throws Refusal invalid */
export async function articlesAt(
  ports: Ports,
  url: string,
  type: string,
  bytes: Uint8Array,
): Promise<FoundArticles> {
  const title = decodeURI(new URL(url).pathname).split('/').filter(Boolean).at(-1) ?? url;
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) {
    const page = await ports.documents.read('html', bytes, { base: url, charset: charsetIn(type) });
    return articlesOf(url, { ...page, url }, { title });
  }
  if (/^application\/pdf\b/i.test(type)) {
    return articlesOf(url, { ...(await ports.documents.read('pdf', bytes)), url }, { title });
  }
  if (/^text\/(plain|markdown)\b/i.test(type)) {
    const text = writtenAs(bytes, charsetIn(type));
    return articlesOf(url, { title: null, text, url, language: null }, { title });
  }
  const message = `is neither a page, a PDF nor text, but ${type.slice(0, 80) || 'unnamed'}`;
  throw invalid({ field: 'address', message });
}

function writtenAs(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return textIn(bytes, charset);
  } catch (thrown) {
    throw invalid({ field: 'address', message: (thrown as Error).message });
  }
}
