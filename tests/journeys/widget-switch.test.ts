import type { IdentitySecret, Visitor } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { hostToken } from '../invariants/host-token.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { askWidget, hostPage, loaded, openChat, visitHost } from './host-page.ts';
import { write } from './talk.ts';
import { slowly } from './visit.ts';

let browser: Browser;
let server: TestServer;
let host: Awaited<ReturnType<typeof hostPage>>;
let secret: string;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  const admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', { title: 'Lampbot', greeting: 'Hello!', posture: 'off' });
  secret = (await admin.call<IdentitySecret>('POST /bots/shop/identity-secret')).body.secret;
  host = await hostPage(server.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
});

const vouched = (sub: string) => hostToken(secret, { sub, name: sub, aud: 'shop' });
const field = (page: Page) => page.getByLabel('Write a message');
/** All that the browser keeps for the page, in this tab and beyond it. */
const keptOf = (page: Page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
/** By what the browser lets a person in. */
const tokenOf = (page: Page, sub: string) =>
  page.evaluate((name) => {
    const key = Object.keys(localStorage).find((one) => one.endsWith(` ${name}`)) ?? '';
    return JSON.parse(localStorage.getItem(key) ?? '{}').token as string | undefined;
  }, sub);
/** Waits until a token lets nobody in any more. */
const ended = (token = '') =>
  expect
    .poll(async () => (await caller(server.url, token).call('GET /chat/conversations')).status, {
      ...slowly,
      message: 'the token still counts',
    })
    .toBe(401);

/** A page, and by what its visitors were let in, one after another. */
async function visit() {
  const tokens: string[] = [];
  const told = await visitHost(browser, host.url, {}, (page) => {
    page.on('response', async (response) => {
      if (!response.url().endsWith('/chat/visitors')) return;
      tokens.push(((await response.json()) as Visitor).token);
    });
  });
  return { ...told, tokens };
}
/** It is shown, and known to have arrived. */
async function say(page: Page, text: string): Promise<void> {
  await page.getByText('Hello!').waitFor();
  await write(page, text);
  await page.getByText(text, { exact: true }).waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
}

test('[W115] [W24] whoever is at the page after another leaves nothing of them in the browser, and nothing of what let them in', async () => {
  const { context, page, faults, tokens } = await visit();
  await openChat(page);
  await say(page, 'said by nobody');
  await field(page).fill('half of nobody’s');
  await askWidget(page, 'identify', vouched('kim-1'));
  await say(page, 'said by Kim');
  await field(page).fill('half of Kim’s');
  await askWidget(page, 'identify', vouched('lee-2'));
  await page.getByText('said by Kim').waitFor({ state: 'detached' });
  await ended(tokens[1]);
  const told_of_lee = await keptOf(page);
  for (const word of ['kim-1', 'Kim', tokens[1]]) expect(told_of_lee).not.toContain(word);
  await say(page, 'said by Lee');
  await askWidget(page, 'identify', vouched('kim-1'));
  await page.getByText('said by Kim').waitFor();
  await ended(tokens[2]);
  await askWidget(page, 'sign-out');
  await page.getByText('said by nobody').waitFor();
  for (const token of tokens.slice(1)) await ended(token);
  const kept = await keptOf(page);
  for (const word of ['kim-1', 'lee-2', 'eyJ', ...tokens.slice(1)]) {
    expect(kept).not.toContain(word);
  }
  // Who is nobody in particular stays in, where they were.
  expect(tokens).toHaveLength(4);
  expect(kept).toContain(tokens[0]);
  expect(await field(page).inputValue()).toBe('half of nobody’s');
  await say(page, 'said by nobody again');
  expect(faults).toEqual([]);
  await context.close();
});

test('[W115] so it is on another page of the host; there, the same person finds what they had not sent', async () => {
  const { context, page, faults } = await visit();
  const load = async (identity?: string) => {
    const tag = identity ? `?tag=${encodeURIComponent(`data-identity="${identity}"`)}` : '';
    await page.goto(host.url + tag);
    await loaded(page);
    await openChat(page);
  };
  await load(vouched('kim-1'));
  await say(page, 'said by Kim once more');
  await context.setOffline(true);
  await write(page, 'not sent yet');
  await field(page).fill('half of Kim’s');
  await context.setOffline(false);
  // Whether it is sent by now or not: it arrives. A page that does not say yet who is there waits for it.
  await load();
  await page.getByText('Hello!').waitFor();
  expect(await keptOf(page)).toContain('half of Kim');
  await askWidget(page, 'identify', vouched('kim-1'));
  await page.getByText('not sent yet').waitFor();
  expect(await field(page).inputValue()).toBe('half of Kim’s');
  await page.getByText('Sending').waitFor({ state: 'detached' });

  const of_kim = await tokenOf(page, 'kim-1');
  expect(of_kim).toMatch(/^wv_/);
  await load(vouched('lee-2'));
  await say(page, 'said by Lee once more');
  for (const word of ['kim-1', 'Kim']) expect(await keptOf(page)).not.toContain(word);
  await ended(of_kim);

  // They sign out on a page that never heard who they are.
  await load();
  await page.getByText('Hello!').waitFor();
  const of_lee = await tokenOf(page, 'lee-2');
  expect(of_lee).toMatch(/^wv_/);
  await askWidget(page, 'sign-out');
  expect(await keptOf(page)).not.toContain('lee-2');
  await ended(of_lee);
  expect(faults).toEqual([]);
  await context.close();
});
