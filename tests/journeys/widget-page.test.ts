import type { ConversationRow, IdentitySecret, Page as Paged } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { hostToken } from '../invariants/host-token.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { askWidget, hostPage, loaded, openChat, visitHost } from './host-page.ts';
import { write } from './talk.ts';
import { shot, slowly } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let secret: string;
let host: Awaited<ReturnType<typeof hostPage>>;
let none: Awaited<ReturnType<typeof hostPage>>;
let asks: Awaited<ReturnType<typeof hostPage>>;
const bot = { title: 'Lampbot', greeting: 'Hello!', posture: 'off' };
const questions = [
  { kind: 'text', name: 'email', multiline: false },
  {
    kind: 'choice',
    name: 'topic',
    options: [
      { value: 'lamps', label: 'Lamps' },
      { value: 'parcels', label: 'A parcel' },
    ],
  },
  { kind: 'rating', name: 'hurry', title: 'How urgent?', required: false },
];
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
  await ana.call('PUT /bots/shop', bot);
  secret = (await ana.call<IdentitySecret>('POST /bots/shop/identity-secret')).body.secret;
  await ana.call('PUT /bots/asks', { ...bot, pre_chat_form: { skippable: false, questions } });
  host = await hostPage(server.url);
  none = await hostPage(server.url, 'lampen');
  asks = await hostPage(server.url, 'asks');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const one of [host, none, asks]) one?.close();
  await server?.stop();
});

/** Beside the page, what its console warns of and how often it asked to be let in. */
async function visit(address: string, more: object = {}) {
  const warnings: string[] = [];
  const asked: number[] = [];
  const told = await visitHost(browser, address, more, (page) => {
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    page.on('response', (response) => {
      if (response.url().endsWith('/chat/visitors')) asked.push(response.status());
    });
  });
  return { ...told, warnings, asked };
}
const field = (page: Page) => page.getByLabel('Write a message');
const launcher = (page: Page) => page.locator('.launch');
async function sent(page: Page, text: string): Promise<string> {
  await write(page, text);
  const row = await until(async () => {
    const { body } = await ana.call<Paged<ConversationRow>>('GET /conversations?limit=50');
    return body.rows.find(({ last }) => last?.text === text);
  });
  await page.locator('.row.waits').first().waitFor({ state: 'detached' });
  return row.id;
}

test('[K83] [K102] a page whose tag names no bot says that there is no chat, asks once, and names its fault in the console', async () => {
  const phone = { viewport: { width: 390, height: 780 }, colorScheme: 'dark' as const };
  const { context, page, faults, warnings, asked } = await visit(`${none.url}?in=ar`, phone);
  await openChat(page);
  await page.getByText('هذه المحادثة غير متاحة.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'missing-ar');
  await page.goto(none.url);
  await loaded(page);
  await openChat(page);
  await page.getByText('This chat is not available.').waitFor();
  expect(await page.getByText('No connection').count()).toBe(0);
  expect(await field(page).isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: 'Talk to a person' }).isVisible()).toBe(false);
  expect(await page.getByText('AI assistant').count()).toBe(0);
  expect(await page.locator('.face.bot').count()).toBe(0);
  expect(await page.getByTitle('Who answers?').isDisabled()).toBe(true);
  // Nothing that is done in the page asks again.
  await page.keyboard.press('Escape');
  await launcher(page).waitFor();
  await openChat(page);
  await context.setOffline(true);
  await context.setOffline(false);
  await page.getByText('This chat is not available.').waitFor();
  await shot(page, 'missing-dark');

  await ana.call('PUT /bots/lampen', bot);
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.getByText('Hello!').waitFor();
  await sent(page, 'now there is one');
  expect(asked).toEqual([404, 404, 201]);
  const warning = 'Wheelhouse: data-bot="lampen" names no bot; this page has no chat.';
  expect(warnings.filter((one) => one.startsWith('Wheelhouse'))).toEqual([warning, warning]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K83] a bot whose tag stands twice has one chat; its title is what the page calls it; Escape shuts it, also on its launcher', async () => {
  const tag = encodeURIComponent('data-title="Ask us"');
  const { context, page, faults, warnings } = await visit(`${host.url}?tag=${tag}`);
  await page.evaluate(async () => {
    const again = document.createElement('script');
    again.src = (document.querySelector('script[data-bot]') as HTMLScriptElement).src;
    again.dataset.bot = 'shop';
    const came = new Promise((done) => again.addEventListener('load', done));
    document.body.append(again);
    await came;
  });
  expect(await page.locator('wheelhouse-chat').count()).toBe(1);
  expect(warnings).toEqual([
    'Wheelhouse: this page has the chat of data-bot="shop" already; one is enough.',
  ]);

  await openChat(page);
  await page.getByText('Lampbot · AI assistant').waitFor();
  expect(await page.locator('.head strong').textContent()).toBe('Ask us');
  await launcher(page).focus();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').isVisible()).toBe(false);

  await openChat(page);
  const id = await sent(page, 'Is anybody there?');
  // Nobody waits still who has only just asked.
  await page.getByText('Waiting for a person.').waitFor();
  expect(await page.getByText('still waiting').count()).toBe(0);
  await ana.call(`POST /conversations/${id}/take`, {});
  await expect.poll(() => page.locator('.head strong').textContent(), slowly).toBe('Ana');
  await shot(page, 'titled');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K83] what was merged is opened from where the other goes on, and that from there', async () => {
  const { context, page, faults } = await visit(host.url);
  await openChat(page);
  const from = await sent(page, 'the first matter');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  const into = await sent(page, 'the second matter');
  await ana.call(`POST /conversations/${from}/merge`, { into });
  await page.getByRole('button', { name: 'Your other conversation goes on here.' }).click();
  await page.getByText('the first matter').waitFor();
  expect(await page.getByText('the second matter').count()).toBe(0);
  await shot(page, 'merged');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'This goes on in your other conversation.' }).click();
  await page.getByText('the second matter').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[K84] what is too long is told so and stays; half a sentence outlives a reload, and what was said does not', async () => {
  const { context, page, faults } = await visit(host.url);
  await openChat(page);
  await page.getByText('Hello!').waitFor();
  await field(page).fill('a'.repeat(8_250));
  await page.getByText('Too long by 250 characters. Shorten it to send it.').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  await field(page).press('Enter');
  expect((await field(page).inputValue()).length).toBe(8_250);
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'too-long');

  const words = `${'b'.repeat(7_890)} and so on`;
  await field(page).fill(words);
  await page.getByText('100 characters left.').waitFor();
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.getByText('100 characters left.').waitFor();
  expect(await field(page).inputValue()).toBe(words);
  await field(page).press('Enter');
  await page.getByText(words).waitFor();
  await page.locator('.row.waits').first().waitFor({ state: 'detached' });
  // Its bot does not speak, so that a person is asked for once it has arrived.
  await page.locator('.line').first().waitFor();
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.getByText(words).waitFor();
  expect(await field(page).inputValue()).toBe('');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K84] [W24] half a sentence is of whoever wrote it, and signing out leaves nothing of it', async () => {
  const { context, page, faults } = await visit(host.url);
  const kept = () =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const kim = hostToken(secret, { sub: 'kim', name: 'Kim', aud: 'shop' });
  await askWidget(page, 'identify', kim);
  await openChat(page);
  await page.getByText('Hello!').waitFor();
  await field(page).fill('half of Kim’s');
  expect(await kept()).toContain('half of Kim');
  await askWidget(page, 'sign-out');
  await expect.poll(() => field(page).inputValue(), slowly).toBe('');
  expect(await kept()).not.toContain('half of Kim');
  expect(await kept()).not.toContain('kim');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K84] half a form outlives a reload, and is gone once it is answered', async () => {
  const { context, page, faults } = await visit(asks.url);
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await openChat(page);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('kim@');
  await page.getByRole('combobox').selectOption('parcels');
  await page.getByRole('radio').nth(2).check();
  await page.reload();
  await loaded(page);
  await openChat(page);
  await expect
    .poll(() => page.getByRole('textbox', { name: 'E-mail' }).inputValue(), slowly)
    .toBe('kim@');
  expect(await page.getByRole('combobox').inputValue()).toBe('parcels');
  expect(await page.getByRole('radio').nth(2).isChecked()).toBe(true);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('kim@example.com');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await field(page).waitFor();
  await expect.poll(kept, slowly).toBe('{}');
  const id = await sent(page, 'after the form');
  const { body } = await ana.call<ConversationRow>(`GET /conversations/${id}`);
  expect(JSON.stringify(body)).toContain('kim@example.com');
  expect(faults).toEqual([]);
  await context.close();
});
