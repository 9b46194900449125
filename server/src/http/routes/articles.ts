import {
  Article,
  ArticleFilter,
  ArticleRow,
  ArticleSubmission,
  Name,
  Page,
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
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ bot: Name, article: Name });

export const articleRoutes = (app: App): Route[] => [
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
