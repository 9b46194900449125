import * as z from 'zod';
import { WebAddress } from './address.ts';
import { idOf, Name } from './id.ts';
import { Label, Text } from './json.ts';

/** How an article came to be. `answers`: what a member wrote when the bot could not answer. */
export const article_sources = ['paste', 'upload', 'crawl', 'answers'] as const;
/** Only what is `live` is ever said by a bot; a candidate waits for a person (rule W18). */
export const article_states = ['live', 'candidate', 'retired'] as const;

/** The longest article, in UTF-16 units. */
export const longest_article = 200_000;
/** The most articles of one bot, whatever their state. */
export const most_articles = 5_000;

/** Something a bot knows, in Markdown. It is cited by its title and address. */
export const Article = z.object({
  bot: Name,
  name: Name,
  title: z.string(),
  url: z.string().nullable(),
  text: z.string(),
  language: z.string().nullable(),
  source: z.enum(article_sources),
  state: z.enum(article_states),
  version: z.int(),
  /** SHA-256 of title and text: what a citation of this version rests on. */
  hash: z.string(),
  /** Of a candidate: the conversation that its words come from. */
  conversation_id: idOf('conversation').nullable(),
  /** The file or address that it came from, and is met by when that comes again (rule W41). */
  origin: z.string().nullable(),
  updated_at: z.string(),
  updated_by: z.string(),
});
export type Article = z.infer<typeof Article>;

export const ArticleRow = Article.omit({ text: true }).extend({
  /** How it begins. */
  excerpt: z.string(),
});
export type ArticleRow = z.infer<typeof ArticleRow>;

export const ArticleSubmission = z.strictObject({
  title: Label(300),
  text: Text(longest_article).refine((text) => /\S/u.test(text), 'is blank'),
  url: WebAddress.nullable().default(null),
  language: Text(35).nullable().default(null),
});
export type ArticleSubmission = z.infer<typeof ArticleSubmission>;

export const ArticleFilter = z.strictObject({
  state: z.enum(article_states).optional(),
  q: Text(200).optional(),
  cursor: Text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ArticleFilter = z.infer<typeof ArticleFilter>;
