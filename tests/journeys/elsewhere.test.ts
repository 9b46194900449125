import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type * as sdk from '@wheelhouse/sdk';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let browser: Browser;
let server: TestServer;
let robot: Caller;
let ana: Person;
/** The same page at two origins, of which the settings list one. */
let listed: Server;
let hostile: Server;
beforeAll(async () => {
  const code = await bundled();
  [listed, hostile] = await Promise.all([servePage(code), servePage(code)]);
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOWED_ORIGINS: originOf(listed) },
  });
  robot = await server.keyFor('admin');
  ana = await firstAdmin(server);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const one of [listed, hostile]) one?.close();
  await server?.stop();
});

async function bundled(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@wheelhouse/core': at('../../core/src/index.ts') } },
    build: {
      write: false,
      lib: { entry: at('../../sdk/src/index.ts'), formats: ['es'], fileName: 'sdk' },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The SDK was not bundled.');
  return chunk.code;
}

async function servePage(code: string): Promise<Server> {
  const page =
    '<!doctype html><title>Elsewhere</title><script type="module">' +
    "import * as sdk from '/sdk.js'; window.sdk = sdk;</script>";
  const made = createServer(({ url }, response) => {
    const script = url === '/sdk.js';
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ? code : page);
  });
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  return made;
}

// Another port of the same host: another origin, to which a browser sends the host's cookies all the
// same. It is the nearest that a stranger's page can come.
const originOf = (page: Server) => `http://127.0.0.1:${(page.address() as AddressInfo).port}`;

/** The page at an origin, in a browser that is signed in at the server. */
async function openAt(page: Server): Promise<Page> {
  const context = await browser.newContext();
  const [name, value] = ana.cookie().split('=') as [string, string];
  await context.addCookies([{ name, value, url: server.url }]);
  const opened = await context.newPage();
  await opened.goto(originOf(page));
  await opened.waitForFunction(() => 'sdk' in window);
  return opened;
}

type Here = Window & { sdk: typeof sdk };

/** What the SDK comes to in a page: an output held, decided elsewhere, waited for, and heard of. */
const story = async ({ url, key }: { url: string; key: string }) => {
  const { Wheelhouse } = (window as unknown as Here).sdk;
  const wheelhouse = new Wheelhouse({ url, key, tries: 1 });
  await wheelhouse.gates.change('page', { title: 'Page', policy: { mode: 'always', undo_ms: 0 } });
  const { id, case_id = '' } = await wheelhouse.submit('page', { content: 'hello' });
  const over = new AbortController();
  const heard: string[] = [];
  const listening = (async () => {
    for await (const event of wheelhouse.events({ signal: over.signal, cursor: '0-0' })) {
      heard.push(event.type);
      if (event.type === 'output.decided') return;
    }
  })();
  const other = new Wheelhouse({ url, key: (window as unknown as { desk: string }).desk });
  await other.cases.answer(case_id, { values: { verdict: 'approve' } });
  const { outcome } = await wheelhouse.wait(id, { timeout_ms: 20_000 });
  await listening;
  over.abort();
  const refusal = await wheelhouse.submit('nowhere', { content: 'x' }).then(
    () => 'none',
    (thrown: { code: string }) => thrown.code,
  );
  return { status: outcome.status, refusal, heard: heard.filter((type) => /^output/.test(type)) };
};

test('[S11] the SDK works in a page of a listed origin: submit, wait, events, refusals', async () => {
  const page = await openAt(listed);
  const desk = await server.keyFor('lead');
  await page.evaluate((key) => Object.assign(window, { desk: key }), desk.key);
  expect(await page.evaluate(story, { url: server.url, key: robot.key })).toEqual({
    status: 'approved',
    refusal: 'not_found',
    heard: ['output.submitted', 'output.decided'],
  });
  await page.context().close();
});

test('[S11] a page of an origin that is not listed reads nothing, though it has a key', async () => {
  const page = await openAt(hostile);
  const said = await page.evaluate(
    async ({ url, key }) => {
      const { Wheelhouse } = (window as unknown as Here).sdk;
      const wheelhouse = new Wheelhouse({ url, key, tries: 1 });
      const refused = (thrown: { code: string }) => thrown.code;
      return [
        await wheelhouse.me().then(() => 'read', refused),
        await wheelhouse.gates
          .change('stolen', { policy: { mode: 'never' } })
          .then(() => 'done', refused),
      ];
    },
    { url: server.url, key: robot.key },
  );
  expect(said).toEqual(['unreachable', 'unreachable']);
  expect(await robot.call('GET /gates/stolen')).toMatchObject({ status: 404 });
  await page.context().close();
});

test('[S11] no page elsewhere, listed or not, uses the session of whoever opened it', async () => {
  for (const one of [listed, hostile]) {
    const page = await openAt(one);
    const seen: number[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(server.url)) seen.push(response.status());
    });
    const said = await page.evaluate(async (url) => {
      const ask = (path: string, init: RequestInit = {}) =>
        fetch(`${url}/api/v1${path}`, { credentials: 'include', ...init }).then(
          (response) => `${response.type} ${response.status}`,
          () => 'refused',
        );
      return [
        await ask('/me'),
        await ask('/queues/stolen', {
          method: 'PUT',
          body: '{}',
          headers: { 'x-wheelhouse': '1', 'content-type': 'application/json' },
        }),
        await ask('/session', { method: 'DELETE', headers: { 'x-wheelhouse': '1' } }),
        await ask('/cases', { method: 'POST', body: '{}', mode: 'no-cors' }),
      ];
    }, server.url);
    expect(said.slice(0, 3)).toEqual(['refused', 'refused', 'refused']);
    expect(['refused', 'opaque 0']).toContain(said[3]);
    expect(seen.filter((status) => status === 200 || status === 201)).toEqual([]);
    await page.context().close();
  }
  expect(await ana.call('GET /me')).toMatchObject({ status: 200 });
  const { body } = await robot.call<{ rows: { name: string }[] }>('GET /queues');
  expect(body.rows.map(({ name }) => name)).not.toContain('stolen');
});
