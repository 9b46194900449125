import type { Conversation, Transcript } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { said, write } from './talk.ts';
import { patience_ms, region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let lena: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off', waiting });
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

const at = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const idIn = (address: string) => /conv_\w+/.exec(address)?.[0] as string;
const ask = (id: string, text: string) =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
async function begun(contact: object, text: string): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'shop', contact });
  await ask(body.id, text);
  return body.id;
}

test('[K71] by keys two conversations are merged, and the customer’s widget goes on in the other', async () => {
  const customer = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  customer.setDefaultTimeout(patience_ms);
  const chat = await customer.newPage();
  await chat.goto(host.url);
  await chat.getByRole('button', { name: 'Chat with us' }).click();
  await write(chat, 'my lamp is broken');
  await chat.getByText('my lamp is broken').first().waitFor();
  const waiting = async () =>
    (await admin.call<{ rows: Conversation[] }>('GET /conversations?view=waiting')).body.rows;
  await expect.poll(async () => (await waiting()).length, slowly).toBe(1);
  const one = (await waiting())[0]?.id as string;
  const contact_id = (await waiting())[0]?.contact.id;
  await chat.getByRole('button', { name: 'More' }).click();
  await chat.getByRole('button', { name: 'New conversation' }).click();
  await write(chat, 'hello again');
  await expect.poll(async () => (await waiting()).length, slowly).toBe(2);
  const two = (await waiting()).find(({ id }) => id !== one)?.id as string;

  const { page, context, faults } = await at(rita);
  await page.goto(`/desk/${two}`);
  await said(page, 'hello again').waitFor();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Merge into another conversation' });
  await dialog.getByLabel('The one that goes on').click();
  await page.getByRole('option', { name: /my lamp is broken/ }).click();
  const preview = dialog.getByRole('region', { name: 'What comes of it' });
  await preview.getByText('This cannot be undone.').waitFor();
  // What changes meanwhile in the one that was chosen leaves the choice as it is.
  const anew = page.waitForResponse((response) => response.url().includes('contact_id='));
  await admin.call(`PATCH /conversations/${one}`, { labels: ['lamps'] });
  await (await anew).finished();
  await preview.getByText('This cannot be undone.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'merge-dialog');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.waitForURL(new RegExp(one));
  await said(page, 'my lamp is broken').waitFor();
  const part = region(page, 'Merged into this conversation');
  await part.getByRole('button', { name: 'Read it' }).click();
  await part.getByText('hello again').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'merge-part');

  // The customer is in the other one, and what they write stands there.
  await chat.getByText('my lamp is broken').first().waitFor();
  await write(chat, 'are you there?');
  await said(page, 'are you there?').waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  const reply = page.getByLabel('Write a reply');
  await reply.fill('I am.');
  await reply.press('Enter');
  await chat.getByText('I am.').waitFor();
  // What was merged is read at the desk, and says where it goes on.
  await page.goto(`/desk/${two}`);
  await page.getByText('The customer goes on in another conversation.').waitFor();
  expect(await page.getByLabel('Write a reply').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Take the wheel' }).count()).toBe(0);
  await shot(page, 'merge-over');
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.waitForURL(new RegExp(one));
  expect(
    (await admin.call<Conversation[]>(`GET /conversations?contact_id=${contact_id}`)).status,
  ).toBe(200);
  expect(faults).toEqual([]);
  await Promise.all([context.close(), customer.close()]);
});

test('[K71] a lead joins two customers and is told what that means, dark and on a phone', async () => {
  const known = { external_id: 'customer-7', name: 'Kim Berg' };
  const into = await begun(known, 'where is my parcel');
  const from = await begun({ name: 'kimmy' }, 'it is me again');
  const { page, context, faults } = await at(lena, { theme: 'dark', width: 390 });
  await page.goto(`/desk/${from}`);
  await said(page, 'it is me again').waitFor();
  await page.getByRole('button', { name: 'Show the customer' }).click();
  await page.getByRole('button', { name: /^Merge/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge into another conversation' });
  await dialog.getByLabel('The one that goes on').fill('Kim Berg');
  await page.getByRole('option', { name: /where is my parcel/ }).click();
  await dialog.getByText(/are one customer from\s+then on/).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'merge-phone');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.waitForURL(new RegExp(into));
  const { body } = await admin.call<Transcript>(`GET /conversations/${from}`);
  expect(body.conversation).toMatchObject({ merged_into: idIn(page.url()), contact: known });
  expect(faults).toEqual([]);
  await context.close();
});
