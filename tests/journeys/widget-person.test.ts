import type { ConversationRow, Page as Paged, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { shot } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
const hosts: Record<string, Awaited<ReturnType<typeof hostPage>>> = {};
// A day that is not today, whatever the day: closed now, open within a week.
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const in_three_days = names[(new Date().getUTCDay() + 3) % 7] as string;
const bot = { title: 'Lampbot', greeting: 'A person is one click away.' };
const email = { kind: 'text', name: 'email', required: true, multiline: false };
const bots: Record<string, object> = {
  shop: bot,
  asks: { ...bot, pre_chat_form: { skippable: false, questions: [email] } },
  closed: { ...bot, hours: { zone: 'UTC', weekly: { [in_three_days]: [['09:00', '17:00']] } } },
};
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
  for (const [name, body] of Object.entries(bots)) {
    await ana.call(`PUT /bots/${name}`, body);
    hosts[name] = await hostPage(server.url, name);
  }
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const host of Object.values(hosts)) host.close();
  await server?.stop();
});

const askOf = (page: Page) => page.getByRole('button', { name: 'Talk to a person' });
/** The conversations of a bot, as the desk lists them. */
async function listed(of: string): Promise<ConversationRow[]> {
  const { body } = await ana.call<Paged<ConversationRow>>('GET /conversations?limit=50');
  return body.rows.filter((row) => row.bot === of);
}
const read = async (id = '') => (await ana.call<Transcript>(`GET /conversations/${id}`)).body;

test('[W59] a person is asked for before a word is written, once, however often it is pressed', async () => {
  const { context, page, faults } = await visitHost(browser, hosts.shop?.url ?? '');
  await openChat(page);
  await page.getByText('A person is one click away.').waitFor();
  await askOf(page).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'person-first');
  await askOf(page).dblclick();
  await page.getByText('A person was asked to come.').waitFor();
  await askOf(page).waitFor({ state: 'hidden' });
  const [row, ...others] = await listed('shop');
  expect(others).toEqual([]);
  expect((await read(row?.id)).conversation).toMatchObject({
    owner: { kind: 'queue' },
    hand_off: { reason: 'asked' },
  });
  await ana.call(`POST /conversations/${row?.id}/take`, {});
  const body = { kind: 'text', text: 'Hello, I am Ana.' };
  await ana.call(`POST /conversations/${row?.id}/messages`, { body });
  await page.getByText('Hello, I am Ana.').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[W59] what is asked first is answered first, and comes with the one who is asked for', async () => {
  const { context, page, faults } = await visitHost(browser, hosts.asks?.url ?? '');
  await openChat(page);
  await page.getByRole('form', { name: 'Before we begin' }).waitFor();
  expect(await askOf(page).isVisible()).toBe(false);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('kim@example.com');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await askOf(page).click();
  await page.getByText('A person was asked to come.').waitFor();
  const row = await until(async () => (await listed('asks'))[0]);
  expect((await read(row.id)).conversation).toMatchObject({
    owner: { kind: 'queue' },
    contact: { email: 'kim@example.com' },
  });
  expect(faults).toEqual([]);
  await context.close();
});

test('[W59] outside their hours, and on a phone in Arabic, it is said when people are back; without a line nobody is asked in vain', async () => {
  const phone = { viewport: { width: 390, height: 780 }, colorScheme: 'dark' as const };
  const { context, page, faults } = await visitHost(browser, `${hosts.closed?.url}?in=ar`, phone);
  await openChat(page);
  await page.getByText('A person is one click away.').waitFor();
  const ask = page.locator('button.ask');
  await ask.waitFor();
  await shot(page, 'person-first-ar');
  await context.setOffline(true);
  await page.locator('.note').waitFor();
  expect(await ask.isDisabled()).toBe(true);
  await context.setOffline(false);
  await ask.click();
  const line = page.locator('.line').first();
  await line.waitFor();
  const row = await until(async () => (await listed('closed'))[0]);
  const said = (await read(row.id)).messages.at(-1)?.body;
  expect(said).toMatchObject({ line: 'handed_off', back_at: expect.any(String) });
  // Longer than without hours: it names the day.
  expect(await line.textContent()).toMatch(/[\d٠-٩]/);
  await shot(page, 'person-closed-ar');
  expect(faults).toEqual([]);
  await context.close();
});
