import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { customersOf, said } from './talk.ts';
import { region, sideways, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let tom: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'lead');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /gates/drafts', { policy: { mode: 'always' } });
  await admin.call('PUT /bots/shop', { title: 'Lampbot' });
  await admin.call('PUT /bots/careful', { title: 'Lampbot', gate: 'drafts' });
  for (const bot of ['shop', 'careful']) {
    await admin.call(`PUT /bots/${bot}/articles/islands`, {
      title: 'Islands',
      url: 'https://shop.example/islands',
      text: 'Ferries carry parcels to islands in six days.',
    });
  }
});

const desk = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const { ask, opened } = customersOf('shop', () => admin);

test('[K59] whoever takes over reads a brief, at a desk and on a phone, in both themes', async () => {
  const asked = 'Do ferries carry parcels to islands? I have A-4471, write to kim@example.org';
  const id = await opened('Kim', asked);
  await admin.call(`POST /conversations/${id}/hand-off`);
  for (const how of [{ theme: 'dark' }, { theme: 'light', width: 390 }] as const) {
    const { page, context, faults } = await desk(rita, how);
    await page.goto(`/desk/${id}`);
    const brief = region(page, 'Brief');
    await brief.waitFor();
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    if ('width' in how) await brief.getByRole('button', { name: /Brief/ }).click();
    await brief.getByText('Do ferries carry parcels to islands?').first().waitFor();
    await brief.getByText('A-4471', { exact: true }).waitFor();
    await brief.getByText('kim@example.org', { exact: true }).waitFor();
    await brief.getByText('Ferries carry parcels to islands in six days.').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await page.keyboard.press('v');
    await brief.getByText('A-4471', { exact: true }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[K60] what happened is there to read and change before the wheel is given back, and one key is enough', async () => {
  const id = await opened('Lee', 'I want to talk to a human');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await page.getByText('Why: asked for a person').waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await ask(id, 'Where is my order?');
  await said(page, 'Where is my order?').waitFor();
  const reply = page.getByLabel('Write a reply');
  await reply.fill('It comes on Friday.');
  await reply.press('Enter');
  await said(page, 'It comes on Friday.').waitFor();
  await reply.blur();
  await page.keyboard.press('b');
  const note = page.getByLabel('What happened (optional)');
  await expect
    .poll(() => note.inputValue(), slowly)
    .toBe('Settled: Where is my order? → It comes on Friday.');
  expect(await axeFaults(page)).toEqual([]);
  await note.fill('Settled: Where is my order? → On Friday, by ferry.');
  await note.press('Control+Enter');
  await said(page, 'On Friday, by ferry.').waitFor();
  await ask(id, 'and where is my order');
  await said(page, 'Our team answered this here: On Friday, by ferry.').waitFor();
  // The same without a question asked.
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await reply.and(page.locator(':focus')).waitFor();
  await reply.blur();
  await page.keyboard.press('Shift+B');
  await page.getByText('Lampbot (AI) has the wheel').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[K63] a reply is suggested and knowledge looked up with its source, by keys; whoever a note names is told', async () => {
  const id = await opened('Ann', 'Do ferries carry parcels to islands?');
  await admin.call(`POST /conversations/${id}/hand-off`);
  await ask(id, 'Do ferries carry parcels to islands?');
  const other = await desk(tom);
  await other.page.goto('/desk');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  const suggested = region(page, 'Suggested reply');
  await suggested.getByText('Ferries carry parcels to islands in six days.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  // No letter that acts is the first of two that lead to a room.
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.getByText('Use the suggested reply').waitFor();
  const shown_keys = await sheet
    .getByRole('listitem')
    .evaluateAll((rows) =>
      rows.map((one) => [...one.querySelectorAll('kbd')].map((cap) => cap.textContent ?? '')),
    );
  const leading = shown_keys.filter((caps) => caps.length === 2 && caps.join('').length === 2);
  expect(leading.length).toBeGreaterThan(3);
  const alone = shown_keys.filter((caps) => caps.length === 1).flat();
  expect(alone.filter((cap) => leading.some(([first]) => first === cap))).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('y');
  const reply = page.getByLabel('Write a reply');
  const whole =
    'Ferries carry parcels to islands in six days.\n\nSource: [Islands](https://shop.example/islands)';
  await expect.poll(() => reply.inputValue(), slowly).toBe(whole);
  // What is looked for never goes to the customer, found or not, until it is put away.
  for (const looked of ['?zebras', '/nothing-so']) {
    await reply.fill(looked);
    await page.getByText(/Nothing that the AI knows|no canned replies yet/).waitFor();
    await reply.press('Enter');
    expect(await reply.inputValue()).toBe(looked);
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  }
  await reply.press('Escape');
  await page.getByText('no canned replies yet').waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(false);
  await reply.fill('?ferries');
  await page.getByRole('option', { name: /Islands/ }).waitFor();
  await reply.press('Enter');
  await expect.poll(() => reply.inputValue(), slowly).toBe(whole);
  await reply.press('Enter');
  await said(page, 'Ferries carry parcels to islands in six days.').last().waitFor();
  await page.getByText('You have the wheel').first().waitFor();
  await page.getByText('Note', { exact: true }).click();
  const note = page.getByLabel('Write a note');
  await note.fill('@to');
  await page.getByRole('option', { name: 'tom' }).waitFor();
  await note.press('Enter');
  await note.pressSequentially('have a look');
  await note.press('Enter');
  await other.page.getByText('rita names you in a note').waitFor();
  expect([...faults, ...other.faults]).toEqual([]);
  await Promise.all([context.close(), other.context.close()]);
});

/** Of each reply of a member's what was made of the suggested one that it began as, if it did; the newest
 *  first. */
const suggestedIn = async (id: string) => {
  const { body } = await admin.call<{
    rows: { subject: string; data: { author_kind: string; suggested?: object } }[];
  }>('GET /audit?type=message.sent&limit=100');
  return body.rows
    .filter(({ subject, data }) => subject === id && data.author_kind === 'member')
    .map(({ data }) => data.suggested ?? null);
};

test('[K78] a suggested reply counts with how much of it was changed, also after a reload; one that was taken out counts for nothing', async () => {
  const id = await opened('Cleo', 'Do ferries carry parcels to islands?');
  await admin.call(`POST /conversations/${id}/hand-off`);
  const asked = 'Do ferries carry parcels to the islands?';
  await ask(id, asked);
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  const use = region(page, 'Suggested reply').getByRole('button', { name: /^Use/ });
  await use.click();
  const reply = page.getByLabel('Write a reply');
  const inputIs = (text: string) => expect.poll(() => reply.inputValue(), slowly).toBe(text);
  await inputIs(
    'Ferries carry parcels to islands in six days.\n\nSource: [Islands](https://shop.example/islands)',
  );
  const changed = 'Ferries carry parcels to islands in five days.';
  await reply.fill(changed);
  await page.reload();
  await inputIs(changed);
  await reply.press('Enter');
  await said(page, changed).waitFor();
  const kept = { written_by: null, distance: 3, words: 10 };
  await expect.poll(() => suggestedIn(id), slowly).toEqual([kept]);

  // Taken out whole, what is written then is one's own.
  await ask(id, asked);
  await use.click();
  await reply.fill('');
  await reply.fill('We will see.');
  await reply.press('Enter');
  await said(page, 'We will see.').waitFor();
  await expect.poll(() => suggestedIn(id), slowly).toEqual([null, kept]);
  expect(faults).toEqual([]);
  await context.close();

  const lead = await desk(tom);
  await lead.page.goto('/reports?span=day');
  const table = region(lead.page, 'Suggested replies');
  await table.getByRole('row').filter({ hasText: '30%' }).first().waitFor();
  expect(await axeFaults(lead.page)).toEqual([]);
  expect(lead.faults).toEqual([]);
  await lead.context.close();
});

test('[K63] a held question with buttons looks as the customer would see it, and what was picked looks picked', async () => {
  const { body } = await admin.call<{ id: string }>('POST /conversations', {
    bot: 'careful',
    contact: { name: 'Bo' },
  });
  await ask(body.id, 'something about parcels and elephants in Norway');
  const waiting = async () =>
    (await admin.call<{ rows: { id: string }[] }>('GET /cases?gate=drafts')).body.rows[0]?.id;
  await expect.poll(waiting, slowly).toBeTruthy();
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${await waiting()}`);
  const offered = page.getByRole('list', { name: 'Buttons for the customer' });
  await offered.getByText('Islands').waitFor();
  expect(await page.getByText('"buttons"').count()).toBe(0);
  await rita.call(`POST /cases/${await waiting()}/answers`, { values: { verdict: 'approve' } });
  await page.goto(`/desk/${body.id}`);
  await page.getByRole('list', { name: 'Offered to the customer' }).waitFor();
  await ask(body.id, 'Islands');
  const was = page.getByRole('list', { name: 'Was offered to the customer' });
  await was.getByLabel('Picked').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
