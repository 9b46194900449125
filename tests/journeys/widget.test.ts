import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Conversation, ConversationRow, IdentitySecret } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { hostToken } from '../invariants/host-token.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { askWidget as ask, hostPage, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
let shop: string;
let secret: string;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', { title: 'Lampbot', greeting: 'Hello!', posture: 'off' });
  const made = await admin.call<IdentitySecret>('POST /bots/shop/identity-secret');
  secret = made.body.secret;
  host = await hostPage(server.url);
  shop = host.url;
});
afterAll(() => host?.close());

const vouched = (sub: string, key = secret) => hostToken(key, { sub, name: sub, aud: 'shop' });
async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
  await page.getByText(text).waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
}
const visit = (more: object = {}, address = shop) => visitHost(browser, address, more);

test('[W24] who signs in, changes or signs out at the host page sees their own chat and nothing of the one before', async () => {
  const { context, page, faults } = await visit();
  await ask(page, 'open');
  await say(page, 'said by nobody in particular');
  await ask(page, 'identify', vouched('kim'));
  await page.getByText('said by nobody').waitFor({ state: 'detached' });
  await say(page, 'said by Kim');
  await page.getByLabel('Write a message').fill('a draft of Kim');
  await ask(page, 'identify', vouched('lee'));
  await page.getByText('said by Kim').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Write a message').inputValue()).toBe('');
  await say(page, 'said by Lee');
  await ask(page, 'identify', vouched('kim'));
  await page.getByText('said by Kim').waitFor();
  expect(await page.getByText('said by Lee').count()).toBe(0);
  await ask(page, 'sign-out');
  await page.getByText('said by nobody in particular').waitFor();
  expect(await page.getByText('said by Kim').count()).toBe(0);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain('Kim');

  await ask(page, 'identify', vouched('kim', 'not the secret'));
  await page.getByText('Sign in again on this page').waitFor();
  expect(await page.getByText('said by').count()).toBe(0);

  // In another browser Kim goes on where they were.
  const other = await visit();
  await ask(other.page, 'identify', vouched('kim'));
  await ask(other.page, 'open');
  await other.page.getByText('said by Kim').waitFor();
  expect([...faults, ...other.faults]).toEqual([]);
  await other.context.close();
  await context.close();
});

test('[W25] who answers, since when, that they write and that they have read is said in words, by keys alone', async () => {
  const { context, page, faults } = await visit({ colorScheme: 'dark' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Hello!').waitFor();
  await page.keyboard.type('Are you a person?');
  await page.keyboard.press('Enter');
  await page.getByText('Are you a person?').waitFor();
  await page
    .getByText(/You are next|before yours/)
    .first()
    .waitFor();
  const { body } = await ana.call<{ rows: ConversationRow[] }>('GET /conversations?view=waiting');
  const id = body.rows.find(({ last }) => last?.text === 'Are you a person?')?.id as string;
  await ana.call(`POST /conversations/${id}/take`, {});
  await page.getByText('Ana is here now.').waitFor();
  // Seen for as long as somebody goes on writing, and some seconds more.
  await until(async () => {
    await ana.call(`POST /conversations/${id}/looking`, { typing: true });
    return page.getByText('Writing', { exact: true }).isVisible();
  });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.getByTitle('Who answers?').focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Ana answers, a person, since \d\d:\d\d/).waitFor();
  await page.getByText('Each reply says who wrote it').waitFor();
  await page.getByLabel('Write a message').focus();
  await page.keyboard.type('Good.');
  await page.keyboard.press('Enter');
  await page.getByText('Good.').waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
  const seq = (await ana.call<{ conversation: Conversation }>(`GET /conversations/${id}`)).body
    .conversation.seq;
  await ana.call(`POST /conversations/${id}/read`, { seq });
  await page.getByText('Seen', { exact: true }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const launch = page.getByRole('button', { name: 'Chat with us' });
  await expect
    .poll(() => launch.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement === one))
    .toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test('[W26] in Arabic, on a phone, the chat reads from right to left and fills the screen', async () => {
  const phone = { viewport: { width: 390, height: 780 } };
  const { context, page, faults } = await visit(phone, `${shop}?in=ar`);
  await ask(page, 'open');
  await page.getByText('Hello!').waitFor();
  const panel = page.getByRole('dialog');
  expect(await panel.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 780 });
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K57] the widget is at most 40 kB, packed', () => {
  const path = new URL('../../web/dist/widget.js', import.meta.url);
  expect(gzipSync(readFileSync(path)).length).toBeLessThan(40_000);
});
