import {
  type ArticleFileKind,
  type ArticleFileQuery,
  type ArticleFileReport,
  articlesOf,
  csvArticles,
  digest,
  type FoundArticles,
  type ImportRow,
  invalid,
  markdownDocument,
  most_of_a_file,
  type Principal,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import { importArticles } from './article-import.ts';

const patience_ms = 60_000;

/** Makes articles of a file, in one transaction; sent again under its name it changes what it made
 *  (rule W41). A line that is wrong is left out and named; a file that cannot be read is refused whole
 *  (rule W42). @throws Refusal not_found (bot), invalid (file) */
export async function uploadArticles(
  ports: Ports,
  by: Principal,
  bot: string,
  { url, language }: ArticleFileQuery,
  { file, kind, bytes }: { file: string; kind: ArticleFileKind; bytes: Buffer },
): Promise<ArticleFileReport> {
  const read = await readFile(ports, kind, file, bytes);
  const given = { url: url ?? null, language: language ?? null };
  const found = read.found.map((one) => ({
    ...one,
    url: one.url ?? given.url,
    language: one.language ?? given.language,
  }));
  if (found.length > most_of_a_file) {
    throw invalid({ field: 'file', message: `holds over ${most_of_a_file} articles; split it` });
  }
  if (!found.length && !read.refused.length) {
    throw invalid({ field: 'file', message: 'holds no article' });
  }
  const rows = await ports.database.transact(
    by,
    async (tx) => {
      const made = await importArticles(tx, by, bot, 'upload', { ...read, found });
      const data = { file, hash: digest(bytes.toString('latin1')), ...countsOf(made) };
      appendEvents(tx, by, by, [{ type: 'article.uploaded', subject: bot, data }]);
      return made;
    },
    { patience_ms },
  );
  ports.database.wake();
  return { file, kind, ...countsOf(rows), rows };
}

const countsOf = (rows: readonly ImportRow[]) => {
  const of = (result: ImportRow['result']) => rows.filter((row) => row.result === result).length;
  return {
    made: of('made'),
    changed: of('changed'),
    unchanged: of('unchanged'),
    refused: of('refused'),
  };
};

async function readFile(
  ports: Ports,
  kind: ArticleFileKind,
  file: string,
  bytes: Buffer,
): Promise<FoundArticles> {
  const title = file.replace(/^.*[\\/]/, '').replace(/\.[a-z]{2,8}$/i, '') || file;
  const origin = `file:${file}`;
  if (kind === 'html' || kind === 'pdf') {
    return articlesOf(origin, await ports.documents.read(kind, bytes), { title });
  }
  const text = textOf(bytes);
  return kind === 'csv'
    ? csvArticles(origin, text)
    : articlesOf(origin, markdownDocument(text), { title });
}

/** Bytes that are no UTF-8 would be turned into other text, so they are refused. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid({ field: 'file', message: 'is not UTF-8' });
  }
}
