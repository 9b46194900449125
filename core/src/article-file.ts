import * as z from 'zod';
import { WebAddress } from './address.ts';
import { ArticleSubmission, longest_article } from './article.ts';
import { CsvReader } from './csv.ts';
import { Name } from './id.ts';
import { Label, Text } from './json.ts';

/** What files articles are made of. */
export const article_file_kinds = ['markdown', 'html', 'csv', 'pdf'] as const;
export type ArticleFileKind = (typeof article_file_kinds)[number];

/** The largest file, in bytes. */
export const largest_file = 20 * 1_048_576;
/** The most articles that one file makes. */
export const most_of_a_file = 2_000;
/** An article of a file that is longer is cut into parts of about this length, in UTF-16 units. */
const longest_part = 100_000;

export const ArticleFileQuery = z.strictObject({
  /** What the file is called: sent again under its name it changes what it made before. */
  file: Label(300).optional(),
  /** Where customers can read it; of a CSV each line has its own. */
  url: WebAddress.optional(),
  language: Text(35).optional(),
});
export type ArticleFileQuery = z.infer<typeof ArticleFileQuery>;

export const import_results = ['made', 'changed', 'unchanged', 'refused'] as const;
/** What became of one article of a file, or of one address. */
export const ImportRow = z.object({
  /** Of a CSV, where it begins, from 1. */
  line: z.int().nullable(),
  title: z.string(),
  article: Name.nullable(),
  result: z.enum(import_results),
  /** Why it was refused, or what is to be known of it. */
  message: z.string().nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** What became of a file. It is one transaction: all that is good in it is there at once. */
export const ArticleFileReport = z.object({
  file: z.string(),
  kind: z.enum(article_file_kinds),
  made: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(ImportRow),
});
export type ArticleFileReport = z.infer<typeof ArticleFileReport>;

/** An article that comes from elsewhere, by where it comes from. */
export interface FoundArticle extends ArticleSubmission {
  origin: string;
  line: number | null;
}
export interface FoundArticles {
  found: FoundArticle[];
  refused: { line: number | null; title: string; message: string }[];
}

/** What is read out of one document. */
export interface ReadDocument {
  title: string | null;
  /** Markdown. */
  text: string;
  url: string | null;
  language: string | null;
}

/** A document as articles: one, or several parts where it is long.
 *  @param origin what it is known by when it comes again */
export function articlesOf(
  origin: string,
  { title, text, url, language }: ReadDocument,
  otherwise: { title: string; line?: number | null },
): FoundArticles {
  const line = otherwise.line ?? null;
  const named = (title?.replaceAll(/\s+/g, ' ').trim() || otherwise.title).slice(0, 300);
  const parts = partsOf(text.replaceAll('\u0000', '').toWellFormed().trim());
  const all = parts.map((part, at) => ({
    origin: at ? `${origin}#${at + 1}` : origin,
    line,
    title: parts.length > 1 ? `${named.slice(0, 270)} (part ${at + 1} of ${parts.length})` : named,
    text: part,
    url,
    language,
  }));
  const refused: FoundArticles['refused'] = [];
  const found = all.filter((one) => {
    const { origin: _, line: __, ...body } = one;
    const issue = ArticleSubmission.safeParse(body).error?.issues[0];
    if (!issue) return true;
    const field = issue.path.join('.');
    refused.push({ line, title: one.title, message: `${field}: ${issue.message}` });
    return false;
  });
  return { found, refused };
}

/** A text in parts at its paragraphs, so that none is longer than an article may be. */
function partsOf(text: string): string[] {
  if (text.length <= longest_article) return [text];
  const parts: string[] = [];
  let part = '';
  for (const paragraph of text.split(/\n{2,}/)) {
    if (part && part.length + paragraph.length > longest_part) {
      parts.push(part);
      part = '';
    }
    part = part ? `${part}\n\n${paragraph}` : paragraph;
    for (; part.length > longest_part; part = part.slice(longest_part)) {
      parts.push(part.slice(0, longest_part));
    }
  }
  return part.trim() ? [...parts, part] : parts;
}

/** What Markdown says of itself: its first heading, or the title above it. */
export function markdownDocument(text: string): ReadDocument {
  const front = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  const body = front ? text.slice(front[0].length) : text.replace(/^\uFEFF/, '');
  const said = (name: string) =>
    new RegExp(`^${name}:\\s*["']?(.+?)["']?\\s*$`, 'mi').exec(front?.[1] ?? '')?.[1] ?? null;
  const heading = /^\s*#\s+(.+?)\s*#*\s*$/m.exec(body)?.[1] ?? null;
  const url = said('url') ?? said('address');
  return {
    title: said('title') ?? heading,
    text: body,
    url: url && WebAddress.safeParse(url).success ? url : null,
    language: said('language') ?? said('lang'),
  };
}

const columns = {
  title: ['title', 'question', 'name'],
  text: ['body', 'text', 'answer', 'content'],
  url: ['address', 'url', 'link'],
  language: ['language', 'lang'],
} as const;

/** The articles of a CSV file, a line each, by columns title, body, address and language. */
export function csvArticles(file: string, text: string): FoundArticles {
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, one) =>
    first.split(one).length > first.split(best).length ? one : best,
  );
  const reader = new CsvReader({ delimiter });
  const [pushed, ended] = [reader.push(text), reader.end()];
  const [head, ...records] = [...pushed.records, ...ended.records];
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const at = (name: keyof typeof columns) =>
    columns[name].map((one) => names.indexOf(one)).find((one) => one >= 0) ?? -1;
  const places = { title: at('title'), text: at('text'), url: at('url'), language: at('language') };
  const faults = [...pushed.faults, ...ended.faults];
  const result: FoundArticles = {
    found: [],
    refused: faults.map(({ line, message }) => ({ line, title: '', message })),
  };
  if (places.title < 0 || places.text < 0) {
    const message = 'the first line names no column “title” and none “body”';
    return { found: [], refused: [{ line: 1, title: '', message }] };
  }
  const seen = new Map<string, number>();
  for (const { line, cells } of records) {
    const cell = (name: keyof typeof columns) => cells[places[name]]?.trim() || null;
    const title = cell('title');
    if (!title) {
      result.refused.push({ line, title: '', message: 'title: is needed' });
      continue;
    }
    const key = cell('url') ?? title;
    const before = seen.get(key);
    if (before !== undefined) {
      result.refused.push({
        line,
        title,
        message: `line ${before} has the same ${cell('url') ? 'address' : 'title'}`,
      });
      continue;
    }
    seen.set(key, line);
    const document = {
      title,
      text: cell('text') ?? '',
      url: cell('url'),
      language: cell('language'),
    };
    const made = articlesOf(`${file}#${key}`, document, { title, line });
    result.found.push(...made.found);
    result.refused.push(...made.refused);
  }
  return result;
}
