import type { ContactView, Conversation, IdentitySecret, Visitor } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, caller, type TestServer } from '../../server/src/testing/start.ts';
import { hostToken } from '../invariants/host-token.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { said } from './talk.ts';
import { region, shot, sideways, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let tom: Person;
let vera: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'reviewer');
  vera = await newMember(server, ana, 'vera@example.com', 'viewer');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off', waiting });
});

const at = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const words = 'it is me, Kim Berg';
async function begun(contact: object): Promise<Conversation> {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'shop', contact });
  const from_them = { from: 'contact', body: { kind: 'text', text: words } };
  await admin.call(`POST /conversations/${body.id}/messages`, from_them);
  return body;
}
async function opened(page: Page, id: string): Promise<void> {
  await page.goto(`/desk/${id}`);
  await said(page, words).waitFor();
}
const facts = (page: Page) => region(page, 'Who they are');
const read = async (id: string) => (await admin.call<ContactView>(`GET /contacts/${id}`)).body;
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Who they are' });

test('[K81] by keys a nameless visitor gets a name, and a colleague who has them open reads it at once', async () => {
  const { id, contact } = await begun({});
  const { page, context, faults } = await at(rita);
  const other = await at(tom);
  await Promise.all([opened(page, id), opened(other.page, id)]);
  // Of whom nothing is known nothing is claimed.
  await facts(page).getByText('First seen').waitFor();
  expect(await facts(page).getByText('Known by').count()).toBe(0);
  await shot(page, 'contact-nobody');
  await page.keyboard.press('c');
  const dialog = dialogOf(page);
  const name = dialog.getByLabel('Name', { exact: true });
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Kim Berg');
  await page.keyboard.press('Tab');
  await page.keyboard.type('nowhere');
  await page.keyboard.press('Control+Enter');
  // What is wrong stands at its field, and what was typed stays.
  await dialog.getByText('Not saved. Change what is marked above.').waitFor();
  await dialog.getByText('E-mail must be an address such as kim@example.com.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'contact-refused');
  await dialog.getByLabel('E-mail').fill('kim@example.com');
  await dialog.getByRole('button', { name: 'Add a line' }).press('Enter');
  await page.keyboard.type('order');
  await page.keyboard.press('Tab');
  await page.keyboard.type('KC-20418');
  // A colleague writes down something else meanwhile.
  await tom.call(`PATCH /contacts/${contact.id}`, { attributes: { boxes: 2 } });
  await dialog.getByLabel('boxes', { exact: true }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'contact-dialog');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  for (const one of [page, other.page]) {
    await facts(one).getByText('Kim Berg').waitFor();
    await facts(one).getByText('kim@example.com').waitFor();
    await facts(one).getByText('KC-20418').waitFor();
    await facts(one).getByText('what they said themselves').waitFor();
  }
  await other.page.getByRole('article', { name: 'Kim Berg' }).waitFor();
  expect(await read(contact.id)).toMatchObject({
    name: 'Kim Berg',
    attributes: { boxes: 2, order: 'KC-20418' },
  });
  await shot(page, 'contact-known');
  expect([...faults, ...other.faults].filter((one) => !one.includes('422'))).toEqual([]);
  await Promise.all([context.close(), other.context.close()]);
});

test('[K90] by keys a telephone number and a language are written down; what is wrong with one is a sentence at its field', async () => {
  const { id, contact } = await begun({ name: 'Kim', attributes: { boxes: 2 } });
  const { page, context, faults } = await at(rita);
  await opened(page, id);
  await page.keyboard.press('c');
  const dialog = dialogOf(page);
  const name = dialog.getByLabel('Name', { exact: true });
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ring me');
  await page.keyboard.press('Control+Enter');
  const wrong = 'Telephone must be a number such as +353 85 123 4567.';
  await dialog.getByText(wrong).waitFor();
  await dialog.getByText('Not saved. Change what is marked above.').waitFor();
  const phone = dialog.getByLabel('Telephone');
  expect(await phone.getAttribute('aria-invalid')).toBe('true');
  await phone.fill('+353 85 123 4567');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Germ');
  await page.getByRole('option', { name: 'German', exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await facts(page).getByRole('link', { name: '+353 85 123 4567' }).waitFor();
  await facts(page).getByText('German').waitFor();
  expect(await read(contact.id)).toMatchObject({
    language: 'de',
    attributes: { boxes: 2, phone: '+353 85 123 4567' },
  });
  // It has a field, and no line beside; what is emptied is taken away.
  await page.keyboard.press('c');
  await phone.waitFor();
  expect(await phone.inputValue()).toBe('+353 85 123 4567');
  expect(await dialog.getByRole('button', { name: 'Take phone away' }).count()).toBe(0);
  await phone.fill('');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await read(contact.id)).attributes, slowly).toEqual({ boxes: 2 });
  expect(faults.filter((one) => !one.includes('422'))).toEqual([]);
  await context.close();
});

test('[K81] two who write into the same field are told of each other; what is typed last stands', async () => {
  const { id, contact } = await begun({ name: 'Kim', attributes: { plan: 'gold' } });
  const { page, context, faults } = await at(rita);
  await opened(page, id);
  await page.getByRole('button', { name: /^Change/ }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel('Name', { exact: true }).fill('Kim Berg');
  await tom.call(`PATCH /contacts/${contact.id}`, { name: 'Kim B.', attributes: { vip: true } });
  await dialog.getByText('Meanwhile somebody wrote “Kim B.”.').waitFor();
  await dialog.getByRole('button', { name: 'Take plan away' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await facts(page).getByText('Kim Berg').waitFor();
  await expect
    .poll(async () => read(contact.id), slowly)
    .toMatchObject({ name: 'Kim Berg', attributes: { vip: true } });
  expect((await read(contact.id)).attributes).toEqual({ vip: true });
  expect(faults).toEqual([]);
  await context.close();
});

test('[K81] what the host vouches for is locked and says why, dark and on a phone; what has parts reads as such', async () => {
  const { secret } = (await admin.call<IdentitySecret>('POST /bots/shop/identity-secret')).body;
  const claims = { aud: 'shop', sub: 'kim-7', name: 'Kim Berg' };
  const told = { bot: 'shop', identity: hostToken(secret, claims) };
  await caller(server.url, '').call<Visitor>('POST /chat/visitors', told);
  const attributes = { address: { city: 'Cork', street: 'Long Lane 4' }, sizes: ['m', 'l'] };
  const { id, contact } = await begun({ external_id: 'kim-7', attributes });
  expect(contact).toMatchObject({ name: 'Kim Berg', vouched: ['name'] });
  const { page, context, faults } = await at(rita, { theme: 'dark', width: 390 });
  await opened(page, id);
  await page.getByRole('button', { name: 'Show the customer' }).click();
  await facts(page).getByText('Long Lane 4').waitFor();
  expect(await facts(page).textContent()).not.toContain('{');
  await facts(page).getByText('Your site vouches for it').first().waitFor({ state: 'attached' });
  await facts(page).getByText('your site vouches for them').waitFor();
  expect(await page.getByText('the shop vouches').count()).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  expect(await sideways(page)).toBe(0);
  await shot(page, 'contact-vouched-phone');
  await facts(page)
    .getByRole('button', { name: /^Change/ })
    .click();
  const dialog = dialogOf(page);
  const name = dialog.getByLabel('Name', { exact: true });
  expect(await name.getAttribute('readonly')).not.toBeNull();
  await dialog.getByText('Your site vouches for it by its signed token.').waitFor();
  await dialog.getByLabel('E-mail').fill('kim@example.com');
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'contact-dialog-phone');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await facts(page).getByText('kim@example.com').waitFor();
  expect(await read(contact.id)).toMatchObject({ name: 'Kim Berg', attributes });
  expect(faults).toEqual([]);
  await context.close();
  // Who may not answer reads, and is offered nothing to write down.
  const reader = await at(vera);
  await opened(reader.page, id);
  await facts(reader.page).getByText('Long Lane 4').waitFor();
  expect(await facts(reader.page).getByRole('button').count()).toBe(0);
  await reader.context.close();
});
