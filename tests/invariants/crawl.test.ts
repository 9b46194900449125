import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Article, ArticleRow, Crawl, CrawlReport, Page } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { until } from './until.ts';

const open_network = { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' };
let server: TestServer;
let admin: Caller;
let site: Awaited<ReturnType<typeof webSite>>;
beforeAll(async () => {
  site = await webSite();
  server = await startServer({ url_pattern: inject('engine'), settings: open_network });
  admin = await server.keyFor('admin');
});
afterAll(async () => {
  await server?.stop();
  await site?.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const page =
  (title: string, text: string): Answer =>
  (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<html><body><h1>${title}</h1><p>${text}</p></body></html>`);
  };

/** A site of other people's, whose pages a test makes. */
async function webSite() {
  const pages = new Map<string, Answer>();
  const asked: string[] = [];
  const made = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = pages.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
  return {
    url,
    pages,
    asked,
    async close() {
      made.closeAllConnections();
      await new Promise((done) => made.close(done));
    },
  };
}

let bots = 0;
const newBot = async (by = admin) => {
  bots += 1;
  await by.call(`PUT /bots/bot-${bots}`, {});
  return `bot-${bots}`;
};
const start = async (bot: string, paths: string[], by = admin) =>
  (
    await by.call<Crawl>(`POST /bots/${bot}/crawls`, {
      addresses: paths.map((path) => `${site.url}${path}`),
    })
  ).body;
const ended = (bot: string, id: string, by = admin) =>
  until(async () => {
    const { body } = await by.call<CrawlReport>(`GET /bots/${bot}/crawls/${id}`);
    return body.state === 'running' ? undefined : body;
  });
const resultsOf = ({ rows }: CrawlReport) =>
  rows.map(({ url, result, message }) => [url.slice(site.url.length), result, message]);
const articles = async (bot: string) =>
  (await admin.call<Page<ArticleRow>>(`GET /bots/${bot}/articles`)).body.rows;

test('[W43] a page is read in the encoding that its server names, and refused in one that nobody knows', async () => {
  const bot = await newBot();
  const written = (type: string, text: string) => (_: unknown, response: ServerResponse) =>
    response.setHeader('content-type', type).end(Buffer.from(text, 'latin1'));
  const words = '<title>Zoo München</title><main><p>Ein Löwe für 10 €.</p></main>'.replace(
    '€',
    '\x80',
  );
  site.pages.set('/old', written('text/html; charset=windows-1252', words));
  site.pages.set('/says', written('text/html', `<meta charset="windows-1252">${words}`));
  site.pages.set('/plain', written('text/plain; charset=iso-8859-1', 'Löwen und Bären.'));
  site.pages.set('/klingon', written('text/html; charset=klingon', words));
  site.pages.set('/klingon.txt', written('text/plain; charset=klingon', 'words'));
  const paths = ['/old', '/says', '/plain', '/klingon', '/klingon.txt'];
  const done = await ended(bot, (await start(bot, paths)).id);
  const unknown = expect.stringContaining('has an encoding that is not known: klingon');
  expect(resultsOf(done)).toEqual([
    ['/old', 'made', null],
    ['/says', 'made', null],
    ['/plain', 'made', null],
    ['/klingon', 'refused', unknown],
    ['/klingon.txt', 'refused', unknown],
  ]);
  const made = done.rows.slice(0, 3).map(async ({ article }) => {
    const { body } = await admin.call<Article>(`GET /bots/${bot}/articles/${article}`);
    return `${body.title}: ${body.text}`;
  });
  expect(await Promise.all(made)).toEqual([
    expect.stringMatching(/^Zoo München: .*Ein Löwe für 10 €\.$/s),
    expect.stringMatching(/^Zoo München: .*Ein Löwe für 10 €\.$/s),
    expect.stringContaining('Löwen und Bären.'),
  ]);
});

test('[W43] addresses become articles, each told; fetched again they are met by their address', async () => {
  const bot = await newBot();
  site.pages.set('/delivery', page('Delivery', 'Three days.'));
  site.pages.set('/moved', (_request, response) =>
    response.writeHead(302, { location: '/delivery' }).end(),
  );
  site.pages.set('/round', (_request, response) =>
    response.writeHead(302, { location: '/round' }).end(),
  );
  site.pages.set('/picture', (_request, response) =>
    response.setHeader('content-type', 'image/png').end('x'),
  );
  site.pages.set('/broken', (request) => request.socket.destroy());
  site.pages.set('/huge', (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('x'.repeat(6_000_000));
  });
  const paths = ['/delivery', '/moved', '/round', '/picture', '/broken', '/huge', '/none'];
  const crawl = await start(bot, paths);
  expect(crawl).toMatchObject({ state: 'running', pages: 7, fetched: 0 });
  const done = await ended(bot, crawl.id);
  expect(done).toMatchObject({ state: 'done', fetched: 7, refused: 5 });
  expect(resultsOf(done)).toEqual([
    ['/delivery', 'made', null],
    ['/moved', 'made', null],
    ['/round', 'refused', expect.stringContaining('led on more than 5 times')],
    ['/picture', 'refused', expect.stringContaining('image/png')],
    ['/broken', 'refused', expect.stringContaining('reset')],
    ['/huge', 'refused', expect.stringContaining('5 MiB')],
    ['/none', 'refused', expect.stringContaining('answered 404')],
  ]);
  const name = done.rows[0]?.article;
  const made = await admin.call<Article>(`GET /bots/${bot}/articles/${name}`);
  expect(made.body).toMatchObject({
    title: 'Delivery',
    source: 'crawl',
    url: `${site.url}/delivery`,
    origin: `${site.url}/delivery`,
    text: '# Delivery\n\nThree days.',
  });
  site.pages.set('/delivery', page('Delivery', 'Four days.'));
  const again = await ended(bot, (await start(bot, ['/delivery', '/delivery#cost'])).id);
  expect(resultsOf(again)).toEqual([['/delivery', 'changed', null]]);
  expect(resultsOf(await ended(bot, (await start(bot, ['/delivery'])).id))).toEqual([
    ['/delivery', 'unchanged', null],
  ]);
  expect(await articles(bot)).toHaveLength(2);
  const listed = await admin.call<{ rows: Crawl[] }>(`GET /bots/${bot}/crawls`);
  expect(listed.body.rows.map(({ pages }) => pages)).toEqual([1, 1, 7]);
});

test('[W43] what robots.txt asks to stay away from is not fetched, nor while it cannot be had', async () => {
  const polite = await webSite();
  try {
    polite.pages.set('/robots.txt', (_request, response) => {
      response.end('User-agent: *\nDisallow: /private\n');
    });
    polite.pages.set('/private', page('Secret', 'Words.'));
    polite.pages.set('/open', page('Open', 'Words.'));
    polite.pages.set('/back', (_request, response) =>
      response.writeHead(302, { location: '/private' }).end(),
    );
    const bot = await newBot();
    const addresses = ['/private', '/open', '/back'].map((path) => polite.url + path);
    const { body } = await admin.call<Crawl>(`POST /bots/${bot}/crawls`, { addresses });
    const { rows } = await ended(bot, body.id);
    expect(rows.map(({ result }) => result)).toEqual(['refused', 'made', 'refused']);
    expect(rows[0]?.message).toContain('robots.txt');
    expect(polite.asked).not.toContain('/private');
  } finally {
    await polite.close();
  }
  const failing = await webSite();
  try {
    failing.pages.set('/robots.txt', (_request, response) => response.writeHead(503).end());
    const bot = await newBot();
    const addresses = [`${failing.url}/a`];
    const { body } = await admin.call<Crawl>(`POST /bots/${bot}/crawls`, { addresses });
    expect((await ended(bot, body.id)).rows[0]?.message).toContain('answered 503');
    expect(failing.asked).toEqual(['/robots.txt']);
  } finally {
    await failing.close();
  }
});

test('[W43] private addresses are refused, at once or at the redirect that leads there', async () => {
  const guarded = await startServer({ url_pattern: inject('engine') });
  try {
    const by = await guarded.keyFor('admin');
    const bot = await newBot(by);
    for (const address of [`${site.url}/delivery`, 'http://169.254.169.254/', 'ftp://a.example/']) {
      const said = await by.call(`POST /bots/${bot}/crawls`, { addresses: [address] });
      expect([address, said.status, said.body.errors?.[0]?.field]).toEqual([
        address,
        422,
        'addresses.0',
      ]);
    }
    const many = Array.from({ length: 201 }, (_, at) => `https://a.example/${at}`);
    const long = await by.call(`POST /bots/${bot}/crawls`, { addresses: many });
    expect(long.body.errors?.[0]?.field).toBe('addresses');
  } finally {
    await guarded.stop();
  }
});

test('[W43] a crawl goes on over a restart, and once cancelled makes no article more', async () => {
  const first = await startServer({ url_pattern: inject('engine'), settings: open_network });
  const before = await first.keyFor('admin');
  const bot = await newBot(before);
  let reached = () => {};
  const waited = new Promise<void>((done) => {
    reached = done;
  });
  let let_go = () => {};
  site.pages.set('/slow', (request, response) => {
    reached();
    let_go = () => page('Slow', 'At last.')(request, response);
  });
  for (const path of ['/one', '/two']) site.pages.set(path, page(path, 'Words.'));
  const { id } = await start(bot, ['/one', '/slow', '/two'], before);
  await waited;
  // The server stops while it waits for the page; another one begins where it was.
  await first.close();
  site.pages.set('/slow', page('Slow', 'At last.'));
  const next = await serveBeside(first.database_url, open_network);
  const by = caller(next.url, before.key);
  try {
    const done = await ended(bot, id, by);
    expect(resultsOf(done).map(([path, result]) => [path, result])).toEqual([
      ['/one', 'made'],
      ['/slow', 'made'],
      ['/two', 'made'],
    ]);
    // Cancelled while a page is under way, what comes of it is dropped.
    let again = () => {};
    const asked = new Promise<void>((done) => {
      again = done;
    });
    site.pages.set('/slow', (request, response) => {
      again();
      let_go = () => page('Slow', 'Too late.')(request, response);
    });
    const other = await start(bot, ['/slow', '/three'], by);
    await asked;
    const path = `/bots/${bot}/crawls/${other.id}`;
    const cancelled = await by.call<Crawl>(`POST ${path}/cancel`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled', fetched: 0 });
    let_go();
    await new Promise((done) => setTimeout(done, 1_500));
    const after = await by.call<CrawlReport>(`GET ${path}`);
    expect(after.body.rows.map(({ result }) => result)).toEqual([null, null]);
    const kept = await by.call<Page<ArticleRow>>(`GET /bots/${bot}/articles?q=late`);
    expect(kept.body.rows).toEqual([]);
    expect((await by.call<Crawl>(`POST ${path}/cancel`)).body.state).toBe('cancelled');
    expect((await by.call(`GET /bots/none/crawls/${other.id}`)).status).toBe(404);
  } finally {
    await next.close();
  }
});
