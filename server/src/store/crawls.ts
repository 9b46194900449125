import type { Crawl, CrawlPage, Instant, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'crawls.insert',
  `insert into crawls (workspace_id, id, bot, state, started_at, started_by, due_at)
   values ($1, $2, $3, 'running', $4, $5, $4)`,
);
const insert_pages = statement(
  'crawls.insert_pages',
  `insert into crawl_pages (workspace_id, crawl_id, place, url)
   select $1, $2, place, url from unnest($3::text[]) with ordinality as given (url, place)`,
);
export function insertCrawl(
  tx: Tx,
  scope: Scope,
  { id, bot, by, addresses }: { id: string; bot: string; by: string; addresses: string[] },
): void {
  tx.write(insert, [scope.workspace_id, id, bot, tx.now, by]);
  tx.write(insert_pages, [scope.workspace_id, id, addresses]);
}

const facts = `c.id, c.bot, c.state, c.started_at, c.started_by, c.ended_at,
  count(p.place)::int as pages, count(p.result)::int as fetched,
  (count(*) filter (where p.result = 'refused'))::int as refused`;

const list = statement(
  'crawls.list',
  `select ${facts} from (
     select * from crawls where workspace_id = $1 and bot = $2
     order by started_at desc, id desc limit 20) c
   join crawl_pages p on p.workspace_id = $1 and p.crawl_id = c.id
   group by c.id, c.bot, c.state, c.started_at, c.started_by, c.ended_at
   order by c.started_at desc, c.id desc`,
);
/** The newest crawls of a bot. */
export const listCrawls = (tx: Tx, scope: Scope, bot: string) =>
  tx.query<Crawl>(list, [scope.workspace_id, bot]);

const find = statement(
  'crawls.find',
  `select ${facts} from crawls c
   join crawl_pages p on p.workspace_id = c.workspace_id and p.crawl_id = c.id
   where c.workspace_id = $1 and c.id = $2
   group by c.id, c.bot, c.state, c.started_at, c.started_by, c.ended_at`,
);
export const findCrawl = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Crawl>(find, [scope.workspace_id, id]))[0];

const pages = statement(
  'crawls.pages',
  `select url, result, title, article, message, at from crawl_pages
   where workspace_id = $1 and crawl_id = $2 order by place limit 200`,
);
export const pagesOfCrawl = (tx: Tx, scope: Scope, id: string) =>
  tx.query<CrawlPage>(pages, [scope.workspace_id, id]);

const lock = statement(
  'crawls.lock',
  `select state, bot from crawls where workspace_id = $1 and id = $2 for update`,
);
export const lockCrawl = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Pick<Crawl, 'state' | 'bot'>>(lock, [scope.workspace_id, id]))[0];

/** A crawl whose next address is due. */
export interface DueCrawl {
  workspace_id: string;
  id: string;
  bot: string;
}
const take = statement(
  'crawls.take',
  `update crawls set due_at = $2 where (workspace_id, id) in (
     select workspace_id, id from crawls where due_at <= $1 order by due_at limit $3
     for update skip locked)
   returning workspace_id, id, bot`,
);
/** Takes crawls that are due, so that no other server works on them until `until`; one that falls
 *  silent loses them then. Jobs only. */
export const takeCrawls = (tx: Tx, until: Instant, limit: number) =>
  tx.query<DueCrawl>(take, [tx.now, until, limit]);

const next_page = statement(
  'crawls.next_page',
  `select place, url from crawl_pages where workspace_id = $1 and crawl_id = $2 and result is null
   order by place limit 1`,
);
export const nextPage = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<{ place: number; url: string }>(next_page, [scope.workspace_id, id]))[0];

const save_page = statement(
  'crawls.save_page',
  `update crawl_pages set result = $4, title = $5, article = $6, message = $7, at = $8
   where workspace_id = $1 and crawl_id = $2 and place = $3`,
);
export const saveCrawlPage = (
  tx: Tx,
  scope: Scope,
  id: string,
  place: number,
  { result, title, article, message }: Omit<CrawlPage, 'url' | 'at'>,
): void =>
  tx.write(save_page, [scope.workspace_id, id, place, result, title, article, message, tx.now]);

const put_off = statement(
  'crawls.put_off',
  `update crawls set due_at = $3 where workspace_id = $1 and id = $2`,
);
/** Says when a crawl's next address is due. */
export const putOffCrawl = (tx: Tx, scope: Scope, id: string, due_at: Instant): void =>
  tx.write(put_off, [scope.workspace_id, id, due_at]);

const end = statement(
  'crawls.end',
  `update crawls set state = $3, ended_at = $4, due_at = null where workspace_id = $1 and id = $2`,
);
export const endCrawl = (tx: Tx, scope: Scope, id: string, state: 'done' | 'cancelled'): void =>
  tx.write(end, [scope.workspace_id, id, state, tx.now]);
