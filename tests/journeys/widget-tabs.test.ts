import type { ConversationRow, Page as Paged, Transcript } from '@wheelhouse/core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage, loaded, openChat, visitHost } from './host-page.ts';
import { write } from './talk.ts';
import { patience_ms, slowly } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let host: Awaited<ReturnType<typeof hostPage>>;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  for (const bot of ['shop', 'plain']) {
    await admin.call(`PUT /bots/${bot}`, { title: 'Lampbot', greeting: 'Hello!', posture: 'off' });
  }
  host = await hostPage(server.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
});

const chat_calls = '**/api/v1/chat/**';
/** The page is there, and the line to the server is not. */
const cut = (context: BrowserContext) => context.route(chat_calls, (route) => route.abort());
const mend = (context: BrowserContext) => context.unroute(chat_calls);
async function tab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await loaded(page);
  await openChat(page);
  return page;
}
const withoutLocks = (context: BrowserContext) =>
  context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
/** What the server answers whoever wants to be let in, as it comes. */
function visitorsOf(context: BrowserContext): number[] {
  const answers: number[] = [];
  context.on('response', (response) => {
    if (response.url().endsWith('/chat/visitors')) answers.push(response.status());
  });
  return answers;
}
/** All of it is shown, once, in its order, and nothing of it as under way or not sent. */
async function shows(page: Page, texts: string[]): Promise<void> {
  const mine = async () => {
    const rows = await page.locator('.row.mine .bubble').allTextContents();
    return [rows, await page.locator('.row.waits').count()];
  };
  await expect.poll(mine, slowly).toEqual([texts, 0]);
}
/** What customers said, by conversation. */
async function said(bot: string): Promise<string[][]> {
  const { rows } = (await admin.call<Paged<ConversationRow>>('GET /conversations?limit=50')).body;
  const of_bot = rows.filter((row) => row.bot === bot);
  const told = of_bot.map(({ id }) => admin.call<Transcript>(`GET /conversations/${id}`));
  return (await Promise.all(told)).map(({ body: { messages } }) =>
    messages.flatMap(({ author_kind, body }) =>
      author_kind === 'contact' && 'text' in body && body.text ? [body.text] : [],
    ),
  );
}

test.each([
  ['with the browser’s locks', 'shop', true],
  ['where it has none', 'plain', false],
])(
  '[W97] two tabs that write without a line begin one conversation, %s: each word arrives once and is shown in both',
  async (_how, bot, locks) => {
    const shop = bot === 'shop' ? host : await hostPage(server.url, bot);
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
    context.setDefaultTimeout(patience_ms);
    if (!locks) await withoutLocks(context);
    await cut(context);
    const one = await tab(context, shop.url);
    const other = await tab(context, shop.url);
    for (const text of ['one', 'two', 'three']) await write(one, text);
    // What is written in one tab is seen in the other before it is sent.
    await other.getByText('three', { exact: true }).waitFor();
    await write(other, 'four');
    await one.getByText('four', { exact: true }).waitFor();
    await expect.poll(() => one.getByText('Sending').count(), slowly).toBe(4);

    await mend(context);
    for (const page of [one, other]) await shows(page, ['one', 'two', 'three', 'four']);
    expect(await said(bot)).toEqual([['one', 'two', 'three', 'four']]);

    // A third begins where they are, and what is said in it is heard in the two.
    const third = await tab(context, shop.url);
    await shows(third, ['one', 'two', 'three', 'four']);
    await write(third, 'five');
    for (const page of [one, other, third]) {
      await shows(page, ['one', 'two', 'three', 'four', 'five']);
    }
    // A new conversation is one of its own, whatever the other tabs show.
    await other.getByRole('button', { name: 'More', exact: true }).click();
    await other.getByRole('button', { name: 'New conversation' }).click();
    await write(one, 'six');
    await shows(third, ['one', 'two', 'three', 'four', 'five', 'six']);
    await write(other, 'another matter');
    await shows(other, ['another matter']);
    await shows(one, ['one', 'two', 'three', 'four', 'five', 'six']);
    await expect
      .poll(async () => (await said(bot)).map(({ length }) => length), slowly)
      .toEqual([1, 6]);
    await context.close();
    if (shop !== host) shop.close();
  },
);

test.each([
  ['with the browser’s locks', true],
  ['where it has none', false],
])(
  '[W116] of two tabs that are opened in the same moment one lets the visitor in, %s',
  async (_how, locks) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
    context.setDefaultTimeout(patience_ms);
    if (!locks) await withoutLocks(context);
    const let_in = visitorsOf(context);
    // So slow that the other has long asked too, if it does.
    await context.route('**/chat/visitors', async (route) => {
      await new Promise((done) => setTimeout(done, 2_000));
      await route.continue();
    });
    const pages = await Promise.all([context.newPage(), context.newPage()]);
    for (const page of pages) {
      await page.goto(host.url);
      await loaded(page);
    }
    await Promise.all(pages.map(openChat));
    for (const page of pages) await page.getByText('Hello!').waitFor();
    expect(let_in).toEqual([201]);
    for (const [at, page] of pages.entries()) await write(page, `from tab ${at}`);
    for (const page of pages) await shows(page, ['from tab 0', 'from tab 1']);
    expect(let_in).toEqual([201]);
    await context.close();
  },
);

test('[W117] what another tab has sent stays where it stands until it comes to this one', async () => {
  const { context, page: one, faults } = await visitHost(browser, host.url);
  await openChat(one);
  await write(one, 'the first');
  await shows(one, ['the first']);
  const other = await tab(context, host.url);
  await shows(other, ['the first']);
  // How often it stood there, each time that anything was drawn.
  await other.evaluate(() => {
    const log = document.querySelector('wheelhouse-chat')?.shadowRoot?.querySelector('.log');
    const counts: number[] = [];
    Object.assign(window, { counts });
    new MutationObserver(() => {
      const rows = [...(log?.querySelectorAll('.row.mine .bubble') ?? [])];
      counts.push(rows.filter(({ textContent }) => textContent === 'the second').length);
    }).observe(log as Element, { childList: true, subtree: true });
  });
  // The line of the other tab is down while the first one sends.
  await other.route(chat_calls, (route) => route.abort());
  await other.evaluate(() => dispatchEvent(new Event('offline')));
  await other.evaluate(() => dispatchEvent(new Event('online')));
  await write(one, 'the second');
  await shows(one, ['the first', 'the second']);
  const left = () =>
    other.evaluate(() => {
      const name = Object.keys(localStorage).find((key) => key.endsWith(' shop')) as string;
      return JSON.parse(localStorage.getItem(name) as string).outbox.length;
    });
  await expect.poll(left, slowly).toBe(0);
  await other.locator('.row.waits').getByText('the second').waitFor();
  await other.unroute(chat_calls);
  await shows(other, ['the first', 'the second']);
  const counts = await other.evaluate(() => (window as unknown as { counts: number[] }).counts);
  expect(counts.slice(counts.indexOf(1)).filter((count) => count !== 1)).toEqual([]);
  expect(counts).toContain(1);
  expect(faults).toEqual([]);
  await context.close();
});

test('[W97] a message that arrived by another way is not shown as not sent', async () => {
  const { context, page, faults } = await visitHost(browser, host.url);
  await openChat(page);
  await write(page, 'said once');
  await shows(page, ['said once']);
  const id = `msg_${'0'.repeat(26)}`;
  const body = { kind: 'text', text: 'sent by another tab' };
  const made = await admin.call<{ id: string }>('POST /conversations', { bot: 'shop' });
  await admin.call(`POST /conversations/${made.body.id}/messages`, { id, from: 'contact', body });
  // As a tab left it that sent what another had sent already.
  await page.evaluate(
    ([message, words]) => {
      const name = Object.keys(localStorage).find((one) => one.endsWith(' shop')) as string;
      const kept = JSON.parse(localStorage.getItem(name) as string);
      const { conversation_id } = kept;
      kept.outbox = [{ id: message, body: words, failed: true, conversation_id }];
      localStorage.setItem(name, JSON.stringify(kept));
    },
    [id, body] as const,
  );
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.getByText('said once', { exact: true }).waitFor();
  await page.getByText('Not sent. Try again').click();
  await page.getByText('sent by another tab').waitFor({ state: 'detached' });
  expect(await page.getByText('Not sent').count()).toBe(0);
  await shows(page, ['said once']);
  expect(faults).toEqual([]);
  await context.close();
});
