import * as z from 'zod';
import { WebAddress } from './address.ts';
import { import_results } from './article-file.ts';
import { idOf, Name } from './id.ts';

/** The most addresses of one crawl. */
export const most_addresses = 200;

/** Addresses that articles are made of; the same page twice, wherever in it, counts once. */
export const CrawlSubmission = z.strictObject({
  addresses: z
    .array(WebAddress)
    .min(1)
    .max(most_addresses)
    .transform((all) => [...new Set(all.map((one) => one.replace(/#.*$/s, '')))]),
});
export type CrawlSubmission = z.infer<typeof CrawlSubmission>;

export const crawl_states = ['running', 'done', 'cancelled'] as const;

/** What became of one address; `result` null while it waits. */
export const CrawlPage = z.object({
  url: z.string(),
  result: z.enum(import_results).nullable(),
  title: z.string().nullable(),
  article: Name.nullable(),
  message: z.string().nullable(),
  at: z.string().nullable(),
});
export type CrawlPage = z.infer<typeof CrawlPage>;

/** Addresses that are fetched one after the other, and how far that has come. */
export const Crawl = z.object({
  id: idOf('crawl'),
  bot: Name,
  state: z.enum(crawl_states),
  pages: z.int(),
  fetched: z.int(),
  refused: z.int(),
  started_at: z.string(),
  started_by: z.string(),
  ended_at: z.string().nullable(),
});
export type Crawl = z.infer<typeof Crawl>;

/** A crawl with what became of each address, in the order in which they were given. */
export const CrawlReport = Crawl.extend({ rows: z.array(CrawlPage) });
export type CrawlReport = z.infer<typeof CrawlReport>;
