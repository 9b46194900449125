import {
  type Article,
  canonical,
  digest,
  type FoundArticle,
  type FoundArticles,
  type ImportRow,
  invalid,
  most_articles,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { articlesByOrigin, saveArticle, stampOfArticles } from '../store/articles.ts';
import { lockBot } from '../store/bots.ts';
import { appendEvents } from '../store/events.ts';

const longest_slug = 50;

/** Addresses carry it, and it is the same whenever the origin is. */
const nameOf = (title: string, origin: string): string => {
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest_slug);
  return `${slug || 'article'}-${digest(origin).slice(-8)}`;
};

/** Makes articles of what came from elsewhere, or changes those that came from there before: in this
 *  transaction, all of them or none (rule W41). What a person changed or retired since is theirs: an
 *  origin that says the same as before changes nothing, and one that says something else changes the
 *  words but does not let the bot say them again.
 *  @throws Refusal not_found (bot), invalid (too many) */
export async function importArticles(
  tx: Tx,
  by: Principal,
  bot: string,
  source: 'upload' | 'crawl',
  { found, refused }: FoundArticles,
): Promise<ImportRow[]> {
  // One at a time a bot: of two that bring the same origin the second meets the first's.
  if (!(await lockBot(tx, by, bot))) throw refuse('not_found', { bot });
  const origins = found.map(({ origin }) => origin);
  const rows = await articlesByOrigin(tx, by, bot, origins);
  const before = new Map(rows.map((row) => [row.origin, row]));
  const fresh = found.filter(({ origin }) => !before.has(origin)).length;
  if (fresh && (await stampOfArticles(tx, by, bot)).articles + fresh > most_articles) {
    throw invalid({
      field: 'file',
      message: `is more than the ${most_articles} articles of a bot`,
    });
  }
  const made: ImportRow[] = [];
  for (const one of found)
    made.push(await importOne(tx, by, bot, source, one, before.get(one.origin)));
  const left = refused.map((row): ImportRow => ({ ...row, article: null, result: 'refused' }));
  return [...made, ...left].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

async function importOne(
  tx: Tx,
  by: Principal,
  bot: string,
  source: 'upload' | 'crawl',
  { origin, line, ...body }: FoundArticle,
  before: (Article & { origin_hash: string | null }) | undefined,
): Promise<ImportRow> {
  const { title, text } = body;
  const hash = digest(canonical({ title, text }));
  const retired = before?.state === 'retired' ? 'is retired, and stays so' : null;
  const row = { line, title, article: before?.name ?? nameOf(title, origin), message: retired };
  if (before?.origin_hash === hash && before.url === body.url)
    return { ...row, result: 'unchanged' };
  const { version } = await saveArticle(
    tx,
    by,
    {
      ...body,
      bot,
      name: row.article,
      hash,
      source,
      state: before?.state ?? 'live',
      conversation_id: before?.conversation_id ?? null,
      origin,
      origin_hash: hash,
    },
    by.id,
  );
  appendEvents(tx, by, by, [
    { type: 'article.changed', subject: `${bot}/${row.article}`, data: { version, hash, origin } },
  ]);
  return { ...row, result: before ? 'changed' : 'made' };
}
