import {
  Article,
  ArticleFileQuery,
  ArticleFileReport,
  ArticleFilter,
  ArticleRow,
  ArticleSubmission,
  invalid,
  Name,
  Page,
  refuse,
  VersionCheck,
} from '@wheelhouse/core';
import * as z from 'zod';
import {
  acceptArticle,
  changeArticle,
  readArticle,
  readArticles,
  removeArticle,
} from '../../actions/article.ts';
import { uploadArticles } from '../../actions/article-file.ts';
import { readBot } from '../../actions/bot.ts';
import type { App } from '../app.ts';
import { bytesOf, fileKindOf } from '../files.ts';
import { type Route, route } from '../route.ts';

const file_words = 'Send a file as text/markdown, text/html, text/csv or application/pdf.';
const one = z.object({ bot: Name, article: Name });

const files = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/bots/:bot/articles',
    action: 'articles.upload',
    summary:
      'Make articles of a file: Markdown, HTML, CSV or PDF; the same file again changes them',
    params: z.object({ bot: Name }),
    query: ArticleFileQuery,
    response: ArticleFileReport,
    keeps_key: true,
    takes_files: true,
    handle: async ({ by, params, query, request }) => {
      // Nothing is read for a bot that is not there.
      await readBot(app.ports, by, params.bot);
      const kind = fileKindOf(request);
      if (!kind) throw refuse('unsupported_media_type', {}, file_words);
      const { file } = query;
      if (!file) throw invalid({ field: 'file', message: 'is needed: what the file is called' });
      const bytes = await bytesOf(request.body);
      return uploadArticles(app.ports, by, params.bot, query, { file, kind, bytes });
    },
  }),
];

export const articleRoutes = (app: App): Route[] => [
  ...files(app),
  route({
    method: 'GET',
    path: '/bots/:bot/articles',
    action: 'articles.read',
    summary: 'List what a bot knows, by name; retired articles only when asked for',
    params: z.object({ bot: Name }),
    query: ArticleFilter,
    response: Page(ArticleRow),
    handle: ({ by, params, query }) => readArticles(app.ports, by, params.bot, query),
  }),
  route({
    method: 'GET',
    path: '/bots/:bot/articles/:article',
    action: 'articles.read',
    summary: 'Read an article',
    params: one,
    response: Article,
    handle: ({ by, params }) => readArticle(app.ports, by, params),
  }),
  route({
    method: 'PUT',
    path: '/bots/:bot/articles/:article',
    action: 'articles.change',
    summary:
      'Write an article in Markdown, or a new version of it; the bot answers from it at once',
    params: one,
    query: VersionCheck,
    body: ArticleSubmission,
    response: Article,
    handle: ({ by, ports, params, query, body }) =>
      changeArticle(ports, by, params, body, query.if_version),
  }),
  route({
    method: 'POST',
    path: '/bots/:bot/articles/:article/accept',
    action: 'articles.accept',
    summary: 'Let the bot say an article that is not live',
    params: one,
    response: Article,
    handle: ({ by, ports, params }) => acceptArticle(ports, by, params),
  }),
  route({
    method: 'DELETE',
    path: '/bots/:bot/articles/:article',
    action: 'articles.remove',
    summary: 'Retire an article, or turn a candidate down; it stays on record',
    params: one,
    response: Article,
    handle: ({ by, ports, params }) => removeArticle(ports, by, params),
  }),
];
