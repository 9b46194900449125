import { Crawl, CrawlReport, CrawlSubmission, idOf, Name } from '@wheelhouse/core';
import * as z from 'zod';
import { cancelCrawl, readCrawl, readCrawls, startCrawl } from '../../actions/crawl.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ bot: Name, crawl: idOf('crawl') });

export const crawlRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/bots/:bot/crawls',
    action: 'crawls.start',
    summary:
      'Make articles of addresses, one after the other; an address again changes its article',
    params: z.object({ bot: Name }),
    body: CrawlSubmission,
    response: Crawl,
    status: 201,
    handle: ({ by, ports, params, body }) => startCrawl(ports, by, params.bot, body),
  }),
  route({
    method: 'GET',
    path: '/bots/:bot/crawls',
    action: 'crawls.read',
    summary: 'The newest crawls of a bot, and how far each has come',
    params: z.object({ bot: Name }),
    response: z.object({ rows: z.array(Crawl) }),
    handle: async ({ by, params }) => ({ rows: await readCrawls(app.ports, by, params.bot) }),
  }),
  route({
    method: 'GET',
    path: '/bots/:bot/crawls/:crawl',
    action: 'crawls.read',
    summary: 'A crawl, with what became of each address',
    params: one,
    response: CrawlReport,
    handle: ({ by, params }) => readCrawl(app.ports, by, params),
  }),
  route({
    method: 'POST',
    path: '/bots/:bot/crawls/:crawl/cancel',
    action: 'crawls.cancel',
    summary: 'End a crawl; what it made stays',
    params: one,
    response: Crawl,
    handle: ({ by, ports, params }) => cancelCrawl(ports, by, params),
  }),
];
