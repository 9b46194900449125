import type { Article, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const facts = `bot, name, title, url, language, source, state, version, hash, conversation_id,
  origin, updated_at, updated_by`;

const find = statement(
  'articles.find',
  `select ${facts}, text from articles where workspace_id = $1 and bot = $2 and name = $3`,
);
export const findArticle = async (tx: Tx, scope: Scope, bot: string, name: string) =>
  (await tx.query<Article>(find, [scope.workspace_id, bot, name]))[0];

const lock = statement(
  'articles.lock',
  `select ${facts}, text from articles where workspace_id = $1 and bot = $2 and name = $3 for update`,
);
/** Whoever changes it next waits for this transaction. */
export const lockArticle = async (tx: Tx, scope: Scope, bot: string, name: string) =>
  (await tx.query<Article>(lock, [scope.workspace_id, bot, name]))[0];

const save = statement(
  'articles.save',
  `insert into articles (workspace_id, bot, name, title, url, text, language, source, state, version,
     hash, conversation_id, updated_at, updated_by, origin, origin_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13, $14, $15)
   on conflict (workspace_id, bot, name) do update set title = excluded.title, url = excluded.url,
     text = excluded.text, language = excluded.language, source = excluded.source,
     state = excluded.state, version = articles.version + 1, hash = excluded.hash,
     conversation_id = excluded.conversation_id, updated_at = excluded.updated_at,
     updated_by = excluded.updated_by, origin = coalesce(excluded.origin, articles.origin),
     origin_hash = coalesce(excluded.origin_hash, articles.origin_hash)
   returning ${facts}, text`,
);
export type NewArticle = Omit<Article, 'version' | 'origin' | 'updated_at' | 'updated_by'> & {
  /** Of one that comes from elsewhere: from where, and what its words were there. */
  origin?: string | null;
  origin_hash?: string | null;
};
/** Every change is a new version, so that the sum of versions tells whether anything changed. */
export const saveArticle = async (
  tx: Tx,
  scope: Scope,
  made: NewArticle,
  by: string,
): Promise<Article> =>
  (
    await tx.query<Article>(save, [
      scope.workspace_id,
      made.bot,
      made.name,
      made.title,
      made.url,
      made.text,
      made.language,
      made.source,
      made.state,
      made.hash,
      made.conversation_id,
      tx.now,
      by,
      made.origin ?? null,
      made.origin_hash ?? null,
    ])
  )[0] as Article;

const by_origin = statement(
  'articles.by_origin',
  `select ${facts}, text, origin_hash from articles
   where workspace_id = $1 and bot = $2 and origin = any($3::text[])`,
);
/** The articles that came from these files or addresses. */
export const articlesByOrigin = (tx: Tx, scope: Scope, bot: string, origins: string[]) =>
  tx.query<Article & { origin_hash: string | null }>(by_origin, [scope.workspace_id, bot, origins]);

const stamp = statement(
  'articles.stamp',
  `select count(*)::int as articles, coalesce(sum(version), 0)::int as versions,
     max(updated_at) as changed_at from articles where workspace_id = $1 and bot = $2`,
);
/** How many articles a bot has, and what differs after every change of one, also when one was erased
 *  meanwhile. */
export interface ArticleStamp {
  articles: number;
  versions: number;
  changed_at: string | null;
}
export const stampOfArticles = async (tx: Tx, scope: Scope, bot: string): Promise<ArticleStamp> =>
  (await tx.query<ArticleStamp>(stamp, [scope.workspace_id, bot]))[0] ?? {
    articles: 0,
    versions: 0,
    changed_at: null,
  };

const live = statement(
  'articles.live',
  `select ${facts}, text from articles where workspace_id = $1 and bot = $2 and state = 'live'
   order by name limit $3`,
);
export const liveArticles = (tx: Tx, scope: Scope, bot: string, limit: number) =>
  tx.query<Article>(live, [scope.workspace_id, bot, limit]);

const list = statement(
  'articles.list',
  `select ${facts}, left(text, 200) as excerpt from articles
   where workspace_id = $1 and bot = $2 and name > $3 and state = any($4::text[])
     and ($5::text is null or strpos(lower(title), lower($5)) > 0
       or strpos(lower(text), lower($5)) > 0)
   order by name limit $6`,
);
export const listArticles = (
  tx: Tx,
  scope: Scope,
  {
    bot,
    after,
    states,
    q,
    limit,
  }: { bot: string; after: string; states: string[]; q: string | null; limit: number },
) =>
  tx.query<Omit<Article, 'text'> & { excerpt: string }>(list, [
    scope.workspace_id,
    bot,
    after,
    states,
    q,
    limit,
  ]);

const propose = statement(
  'articles.propose',
  `insert into articles (workspace_id, bot, name, title, url, text, language, source, state, version,
     hash, conversation_id, updated_at, updated_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13)
   on conflict do nothing returning name`,
);
/** Writes an article that is not there yet, whatever became of it since. @returns whether it was */
export const proposeArticle = async (
  tx: Tx,
  scope: Scope,
  made: NewArticle,
  by: string,
): Promise<boolean> => {
  const { bot, name, title, url, text, language, source, state, hash, conversation_id } = made;
  const values = [bot, name, title, url, text, language, source, state, hash, conversation_id];
  const all = [scope.workspace_id, ...values, tx.now, by];
  return (await tx.query<{ name: string }>(propose, all)).length > 0;
};

const of_answers = statement(
  'articles.of_answers',
  `select title, left(text, 4000) as text from articles
   where workspace_id = $1 and bot = $2 and source = 'answers' order by name limit $3`,
);
/** What was made of persons' answers, whatever became of it. */
export const answerArticles = (tx: Tx, scope: Scope, bot: string, limit: number) =>
  tx.query<{ title: string; text: string }>(of_answers, [scope.workspace_id, bot, limit]);
