import type { ChatRow, ChatTranscript, IdentitySecret, Visitor } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { hostToken, secondsAfter } from '../invariants/host-token.ts';
import { until } from '../invariants/until.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { askWidget as ask, hostPage, visitHost } from './host-page.ts';

let browser: Browser;
let server: TestServer;
let host: Awaited<ReturnType<typeof hostPage>>;
let secret: string;
const time = virtualTime();
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
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

/** The host’s word on a person, for so many seconds. */
function vouched(sub: string, left_s: number): string {
  const exp = secondsAfter(left_s, Date.parse(time.now()));
  return hostToken(secret, { sub, name: sub, aud: 'shop', exp });
}
interface Host {
  refused: number;
}
/** How often the page was told that its word does not count. */
const refusedOf = (page: Page) => page.evaluate(() => (window as unknown as Host).refused);
const keptOf = (page: Page) => page.evaluate(() => JSON.stringify(localStorage));
const texts = (told: ChatTranscript) =>
  told.messages.flatMap(({ body }) => ('text' in body && body.text ? [body.text] : []));

/** A page whose host counts what it is told, with what the widget asked of the server. */
async function visit() {
  const { context, page, faults } = await visitHost(browser, host.url);
  await page.evaluate(() => {
    const here = window as unknown as Host;
    here.refused = 0;
    addEventListener('wheelhouse:identity-refused', () => here.refused++);
  });
  const answers: string[] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname.replace(/conv_\w+/, ':id');
    if (path.includes('/chat/')) answers.push(`${response.status()} ${path}`);
  });
  return { context, page, faults, answers };
}
async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
}
/** It is shown, and known to have arrived. */
async function arrived(page: Page, text: string): Promise<void> {
  await page.getByText(text, { exact: true }).waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
}
/** What stands in the newest conversation of a person, by their own eyes. */
async function said(sub: string): Promise<string[]> {
  const body = { bot: 'shop', identity: vouched(sub, 600) };
  const visitor = await caller(server.url, '').call<Visitor>('POST /chat/visitors', body);
  const by = caller(server.url, visitor.body.token);
  const { rows } = (await by.call<{ rows: ChatRow[] }>('GET /chat/conversations')).body;
  return texts((await by.call<ChatTranscript>(`GET /chat/conversations/${rows[0]?.id}`)).body);
}

test('[W58] a host’s word that ends while its page is open is asked for anew, and what was written meanwhile arrives with the next one', async () => {
  const { context, page, faults, answers } = await visit();
  await ask(page, 'identify', vouched('kim-4711', 600));
  await ask(page, 'open');
  await say(page, 'while it counted');
  await arrived(page, 'while it counted');

  // Nothing is written: the open stream alone learns of it, and nothing is shown any more.
  time.advance(601_000);
  await page.getByText('Sign in again on this page').waitFor();
  await page.getByText('while it counted').waitFor({ state: 'detached' });
  expect(await refusedOf(page)).toBe(1);
  await say(page, 'after its end');
  await page.getByText('after its end').waitFor();

  await ask(page, 'identify', vouched('kim-4711', 600));
  await page.getByText('while it counted').waitFor();
  await arrived(page, 'after its end');
  expect(await said('kim-4711')).toEqual(['while it counted', 'after its end']);
  expect(await page.getByText('Sign in again').isVisible()).toBe(false);
  expect(await page.getByText('Not sent').count()).toBe(0);

  // Written as the word ends, before the page knows of it.
  time.advance(601_000);
  await say(page, 'in that moment');
  await page.getByText('Sign in again on this page').waitFor();
  expect(await page.getByText('Not sent').count()).toBe(0);
  await ask(page, 'identify', vouched('kim-4711', 600));
  await arrived(page, 'in that moment');
  expect(await said('kim-4711')).toEqual(['while it counted', 'after its end', 'in that moment']);
  expect(answers.filter((one) => one === '403 /api/v1/chat/visitors')).toHaveLength(2);
  expect(faults).toEqual([]);
  await context.close();
});

test('[W58] a fresh word on the same person takes nothing from their hands', async () => {
  const { context, page, faults, answers } = await visit();
  await ask(page, 'identify', vouched('lee-4711', 600));
  await ask(page, 'open');
  await say(page, 'said by Lee');
  await arrived(page, 'said by Lee');
  await page.getByLabel('Write a message').fill('half a sent');
  await ask(page, 'identify', vouched('lee-4711', 7_200));
  await until(() => answers.filter((one) => one === '201 /api/v1/chat/visitors').length === 2);
  time.advance(601_000);
  expect(await page.getByLabel('Write a message').inputValue()).toBe('half a sent');
  expect(await page.getByText('said by Lee').isVisible()).toBe(true);
  await say(page, 'half a sentence');
  await arrived(page, 'half a sentence');
  expect(await refusedOf(page)).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('[W58] a word that has just ended brings one question and no storm, and a sign-out in its middle leaves nothing', async () => {
  const { context, page, faults, answers } = await visit();
  await ask(page, 'identify', vouched('mo-4711', 600));
  await ask(page, 'open');
  await say(page, 'said by Mo');
  await arrived(page, 'said by Mo');
  const before = answers.length;
  await ask(page, 'identify', vouched('mo-4711', -5));
  await page.getByText('Sign in again on this page').waitFor();
  const asked = answers.slice(before).filter((one) => /visitors$|^401/.test(one));
  expect(asked).toEqual(['403 /api/v1/chat/visitors']);
  await say(page, 'written in vain');
  await page.getByText('written in vain').waitFor();
  expect(await keptOf(page)).toContain('written in vain');

  await ask(page, 'sign-out');
  await page.getByText('written in vain').waitFor({ state: 'detached' });
  await page.getByText('Hello!').waitFor();
  await say(page, 'said by nobody in particular');
  await arrived(page, 'said by nobody in particular');
  const kept = await keptOf(page);
  for (const word of ['mo-4711', 'eyJ', 'written in vain']) expect(kept).not.toContain(word);

  // In the very middle: it is asked to let in, and not answered yet.
  await page.route('**/chat/visitors', async (route) => {
    await ask(page, 'sign-out');
    await route.continue();
  });
  await ask(page, 'identify', vouched('mo-4711', 600));
  await until(() => answers.filter((one) => one === '201 /api/v1/chat/visitors').length === 3);
  await page.getByText('said by nobody in particular').waitFor();
  expect(await keptOf(page)).not.toContain('mo-4711');
  expect(await page.getByText('said by Mo').count()).toBe(0);
  expect(await refusedOf(page)).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
});
