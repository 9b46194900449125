import type { Conversation, Member } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage } from './host-page.ts';
import { patience_ms, reads, row, slowly, visit } from './visit.ts';

type Someone = Awaited<ReturnType<typeof newMember>>;

let browser: Browser;
let server: TestServer;
let admin: Caller;
let cy: Someone;
let ana: Someone;
let ben: Someone;
let host: Awaited<ReturnType<typeof hostPage>>;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  cy = await firstAdmin(server, 'cy@example.com');
  ana = await newMember(server, cy, 'ana.people@example.com', 'reviewer');
  ben = await newMember(server, cy, 'ben.people@example.com', 'reviewer');
  // Whoever made the workspace is at its desk, and takes nothing here.
  await able(cy, { capacity: 0 });
  const waiting = { call_back_after_ms: 500 };
  await admin.call('PUT /bots/lamps', { title: 'Lampbot', posture: 'off' });
  await admin.call('PUT /bots/patient', { title: 'Lampbot', posture: 'off', waiting });
  host = await hostPage(server.url, 'lamps');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
});

const able = (who: Someone, change: object) =>
  admin.call<Member>(`PATCH /members/${who.me.id}/abilities`, change);
const desk = (by: Someone, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const begun = async (name: string, bot = 'lamps') =>
  (await admin.call<Conversation>('POST /conversations', { bot, contact: { name } })).body.id;
const toast = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text });

async function customerAt(url: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await page.getByLabel('Write a message').fill('my lamp is broken');
  await page.getByLabel('Write a message').press('Enter');
  return page;
}

test('[J17] of two at the desk it comes to the one with room; when she goes away, to the next', async () => {
  await able(ben, { capacity: 1 });
  const his = await begun('Busy');
  await ben.call(`POST /conversations/${his}/take`);
  const [at_ana, at_ben] = await Promise.all([desk(ana), desk(ben)]);
  await Promise.all([at_ana.page.goto('/desk'), at_ben.page.goto('/desk')]);
  await Promise.all([at_ana, at_ben].map(({ page }) => page.getByText('All').first().waitFor()));
  const customer = await customerAt(host.url);
  await toast(at_ana.page, 'A customer waits for you').waitFor();
  await reads(row(at_ana.page, /Visitor/), 'waits for you');
  await reads(row(at_ben.page, /Visitor/), 'waits for ana.people');
  // He has room again, and she goes away by one key.
  await admin.call(`POST /conversations/${his}/resolve`);
  await at_ana.page.keyboard.press('p');
  await toast(at_ben.page, 'A customer waits for you').waitFor();
  // Pointed at, it stays.
  await toast(at_ben.page, 'A customer waits for you').hover();
  await reads(row(at_ben.page, /Visitor/), 'waits for you');
  await reads(row(at_ana.page, /Visitor/), 'waits for ben.people');
  await toast(at_ben.page, 'A customer waits for you')
    .getByRole('button', { name: 'Open the conversation' })
    .click();
  await at_ben.page.getByRole('heading', { name: 'Visitor' }).waitFor();
  await at_ben.page.keyboard.press('t');
  await customer.getByText('ben.people is here now. You are talking to a person.').waitFor();
  expect(at_ana.faults).toEqual([]);
  expect(at_ben.faults).toEqual([]);
  await Promise.all([customer.context().close(), at_ana.context.close(), at_ben.context.close()]);
});

test('[K45] one key says that one is away, or takes what comes, and which it is stays in sight', async () => {
  const { page, context } = await desk(ana);
  await ana.call('PUT /me/presence', { presence: 'online' });
  await page.goto('/');
  const account = page.getByRole('button', { name: /Account/ }).first();
  await account.waitFor();
  const presence = async () =>
    (await admin.call<{ rows: Member[] }>('GET /members')).body.rows.find(
      ({ id }) => id === ana.me.id,
    )?.presence;
  await expect.poll(presence, slowly).toBe('online');
  await page.keyboard.press('p');
  await page
    .getByRole('button', { name: /Account.*away/ })
    .first()
    .waitFor();
  await expect.poll(presence, slowly).toBe('away');
  await account.click();
  await page.getByRole('menuitem', { name: 'I take what comes' }).click();
  await expect.poll(presence, slowly).toBe('online');
  await context.close();
});

test('[K46] whom it can be sent to is shown as they are, and the receiver reads who sent it and why', async () => {
  await able(ben, { capacity: 1, skills: ['lamps'], languages: ['de'] });
  await ben.call('PUT /me/presence', { presence: 'away' });
  const id = await begun('Kim');
  await ana.call(`POST /conversations/${id}/take`);
  const { page, context } = await desk(ana);
  await page.goto(`/desk/${id}`);
  await page.getByText('You have the wheel').first().waitFor();
  await page.keyboard.press('o');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('To').click();
  await reads(page.getByRole('option'), 'away, ');
  await page.getByRole('option', { name: /ben\.people/ }).click();
  await dialog.getByText('others get it if they do not come').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByLabel('Why (optional)').fill('Lamps are yours.');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Waiting for ben.people').first().waitFor();
  const at_ben = await desk(ben, { theme: 'dark' });
  await at_ben.page.goto('/desk');
  await row(at_ben.page, 'sent to you by ana.people').getByRole('button').click();
  await reads(at_ben.page.getByText('Sent by'), 'Lamps are yours.');
  await at_ben.page.goto('/settings/members');
  const of_ben = at_ben.page.getByRole('listitem').filter({ hasText: 'ben.people@example.com' });
  await reads(of_ben, 'knows lamps · speaks de');
  await Promise.all([context.close(), at_ben.context.close()]);
});

test('[W29] with nobody there a customer leaves a number in the chat, and the desk has it to call back', async () => {
  for (const who of [ana, ben]) await who.call('PUT /me/presence', { presence: 'away' });
  const patient = await hostPage(server.url, 'patient');
  const customer = await customerAt(patient.url);
  await customer.getByText('leave where we can reach you').waitFor();
  await customer.getByText('Be called back').click();
  await customer.getByRole('button', { name: 'Leave it' }).click();
  await customer.getByText('A telephone number or an e-mail address is needed.').waitFor();
  await customer.getByLabel('Telephone').fill('+44 20 7946 0000');
  await customer.getByLabel('When it suits you (optional)').fill('after five');
  await customer.getByRole('button', { name: 'Leave it' }).click();
  await customer.getByText('We will get back to you').waitFor();
  const { page, context } = await desk(cy);
  await page.goto('/desk');
  await row(page, 'to be called back').getByRole('button').click();
  await page.getByText('To be called back').first().waitFor();
  await page.getByRole('link', { name: '+44 20 7946 0000' }).waitFor();
  await page.getByText('after five').waitFor();
  await page.keyboard.press('e');
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await row(page, 'to be called back').waitFor({ state: 'detached' });
  await Promise.all([customer.context().close(), context.close()]);
  patient.close();
});
