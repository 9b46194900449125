import type { ChatRow, Conversation, Page as Paged } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { lampbot, said, write } from './talk.ts';
import { patience_ms, shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
let rita: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', lampbot);
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

const rows = async () => (await admin.call<Paged<ChatRow>>('GET /conversations')).body.rows;
const read = async (id: string) =>
  (await admin.call<{ conversation: Conversation }>(`GET /conversations/${id}`)).body.conversation;
const desk = (by: Person, theme: 'light' | 'dark' = 'light', width = 1440) =>
  visit(browser, { url: server.url, cookie: by.cookie(), theme, width });

test('[K72] an admin erases a conversation, then the customer; the desk and the customer’s chat say so, and the chat begins anew', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const chat = await context.newPage();
  await chat.goto(host.url);
  await chat.getByRole('button', { name: 'Chat with us' }).click();
  await write(chat, 'where is my order 4471');
  await chat.locator('.row.bot').filter({ hasText: 'It is on its way.' }).waitFor();
  const [{ id }] = (await rows()) as [ChatRow];

  const colleague = await desk(rita);
  await colleague.page.goto(`/desk/${id}`);
  await said(colleague.page, 'where is my order 4471').waitFor();
  expect(await colleague.page.getByRole('button', { name: 'Erase…' }).count()).toBe(0);

  const { page, faults } = await desk(ana, 'dark');
  await page.goto(`/desk/${id}`);
  await said(page, 'where is my order 4471').waitFor();
  await page.getByRole('button', { name: 'Erase…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase for good?' });
  await dialog.getByText('Reports count as before').waitFor();
  await shot(page, 'erase-dialog');
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Erase the conversation' }).click();
  await page.getByText('The conversation was erased').waitFor();
  await page.getByRole('status').getByText('Erased', { exact: true }).waitFor();
  await said(page, 'Erased').first().waitFor();
  await said(page, 'where is my order 4471').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Write a reply').count()).toBe(0);
  await shot(page, 'erased');
  expect(await axeFaults(page)).toEqual([]);
  // Whoever else has it open sees the same.
  await said(colleague.page, 'Erased').first().waitFor();
  await said(colleague.page, 'where is my order 4471').waitFor({ state: 'detached' });

  await chat.getByText('This conversation was erased.').waitFor();
  expect(await chat.getByText('where is my order 4471').count()).toBe(0);
  await shot(chat, 'erased-widget');
  await write(chat, 'i want a refund');
  await chat.locator('.row.bot').filter({ hasText: 'within 30 days' }).waitFor();
  await chat.getByText('This conversation was erased.').waitFor({ state: 'hidden' });
  const next = await until(async () => (await rows()).find((row) => row.id !== id));

  // And the customer, on a phone.
  const phone = await desk(ana, 'light', 390);
  await phone.page.goto(`/desk/${next.id}`);
  await said(phone.page, 'i want a refund').waitFor();
  await phone.page.keyboard.press('i');
  await phone.page.getByRole('button', { name: 'Erase…' }).click();
  await phone.page.getByLabel('with every conversation they had').check();
  await shot(phone.page, 'erase-phone');
  expect(await axeFaults(phone.page)).toEqual([]);
  await phone.page.getByRole('button', { name: 'Erase the customer' }).click();
  await said(phone.page, 'Erased').first().waitFor();
  await said(phone.page, 'i want a refund').waitFor({ state: 'detached' });
  await until(async () => (await read(next.id)).contact.erased_at ?? undefined);
  // Their browser is let in anew, as somebody else.
  await chat.getByText('i want a refund').waitFor({ state: 'detached' });
  await write(chat, 'track my order');
  await chat.locator('.row.bot').filter({ hasText: 'It is on its way.' }).waitFor();
  const other = await until(async () =>
    (await rows()).find((row) => ![id, next.id].includes(row.id)),
  );
  expect((await read(other.id)).contact.id).not.toBe((await read(next.id)).contact.id);
  expect([...faults, ...colleague.faults, ...phone.faults]).toEqual([]);
  for (const one of [context, phone.context, colleague.context]) await one.close();
});
