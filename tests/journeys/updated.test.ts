import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { site } from '../../server/src/http/site.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { visit } from './visit.ts';

let browser: Browser;
let server: FastifyInstance;
let url: string;
let folder: string;
const dist = () => join(folder, 'dist');
beforeAll(async () => {
  built();
  folder = await mkdtemp(join(tmpdir(), 'wheelhouse-updated-'));
  await cp(fileURLToPath(new URL('../../web/dist', import.meta.url)), dist(), { recursive: true });
  server = Fastify();
  await site(server, () => [], `${dist()}/`);
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** What another build leaves: the same app, each of its parts under another name, in the same place. */
async function update(mark: string): Promise<void> {
  const next = join(folder, mark);
  await cp(dist(), next, { recursive: true });
  const names = (await readdir(next, { recursive: true })).filter((name) => /\.\w+$/.test(name));
  await Promise.all(
    names.filter((name) => /\.(?:br|gz)$/.test(name)).map((name) => rm(join(next, name))),
  );
  const parts = names.flatMap((name) => /^assets\/(.+)\.(?:js|css)$/.exec(name)?.[1] ?? []);
  // The longest first: one name may begin another.
  const named = new RegExp(parts.sort((a, b) => b.length - a.length).join('|'), 'g');
  for (const name of names.filter((name) => /\.(?:js|css|html)$/.test(name))) {
    const path = join(next, name);
    await writeFile(
      path,
      (await readFile(path, 'utf8')).replaceAll(named, (part) => part + mark),
    );
    const renamed = name.replace(/^assets\/(.+)\.(js|css)$/, `assets/$1${mark}.$2`);
    await rename(path, join(next, renamed));
  }
  await rename(dist(), join(folder, `before-${mark}`));
  await rename(next, dist());
}

const scripts = (html: string) => html.match(/assets\/[\w.-]+\.js/g) ?? [];

test('[K157] an update beside a running server leaves no page blank, neither one that was open nor a new one', async () => {
  const open = (await visit(browser, { url })).page;
  await open.goto('/sign-in');
  await open.getByRole('heading', { level: 1 }).waitFor();
  const before = scripts(await (await fetch(url)).text());
  await update('xx');
  expect(scripts(await (await fetch(url)).text())).not.toEqual(before);

  const fresh = (await visit(browser, { url })).page;
  await fresh.goto('/sign-in');
  await fresh.getByRole('heading', { level: 1 }).waitFor();

  // Its part of the next room is gone: it is loaded afresh, once, and is there.
  let loads = 0;
  open.on('load', () => {
    loads += 1;
  });
  await open.evaluate(() => {
    history.pushState({}, '', '/enrol?token=t');
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  });
  await expect.poll(() => loads).toBe(1);
  await open.getByRole('heading', { level: 1 }).waitFor();
  expect(new URL(open.url()).pathname).toBe('/enrol');
});

test('[K157] a page whose first part is gone is loaded afresh, and where that is in vain says so', async () => {
  const { page } = await visit(browser, { url });
  const [entry] = scripts(await (await fetch(url)).text());
  const [here, away] = [join(dist(), entry as string), join(folder, 'away.js')];
  await rename(here, away);
  let loads = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  await page.goto('/sign-in');
  const said = page.getByRole('alert').filter({ hasText: 'A part of this page was not found' });
  await said.waitFor();
  expect(loads).toBe(2);
  await rename(away, here);
  await page.getByRole('button', { name: 'Load it again' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
});
