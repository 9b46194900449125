import type { Browser, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { customersOf, said } from './talk.ts';
import { region, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
let rita: Person;
let tom: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'lead');
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off' });
  const text = 'Ferries carry parcels to islands in six days.';
  await admin.call('PUT /bots/shop/articles/islands', { title: 'Islands', text });
  const thanks = { title: 'Thanks', text: 'thank you, {contact.name}.' };
  await admin.call('PUT /canned-replies/thanks', thanks);
});

const desk = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const { ask, opened } = customersOf('shop', () => admin);
const focused = (what: Locator) => what.and(what.page().locator(':focus')).waitFor();
const holds = (field: Locator, text: string) =>
  expect.poll(() => field.inputValue(), slowly).toBe(text);
const toasts = (page: Page) => page.getByRole('alert');

test('[K85] whoever takes the wheel writes at once, with canned words and knowledge where the caret stands', async () => {
  const id = await opened('Priya', 'Do ferries carry parcels to islands?');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await page.keyboard.press('t');
  const reply = page.getByLabel('Write a reply');
  await focused(reply);
  await page.getByText('You have the wheel').first().waitFor();
  await reply.pressSequentially('Hello and /tha');
  await page.getByRole('option', { name: /Thanks/ }).waitFor();
  await reply.press('Enter');
  await holds(reply, 'Hello and thank you, Priya.');
  await reply.pressSequentially(' Is it so ?');
  expect(await page.getByRole('option').count()).toBe(0);
  await reply.pressSequentially(' ?ferries');
  await page.getByRole('option', { name: /Islands/ }).waitFor();
  await reply.press('Enter');
  const whole =
    'Hello and thank you, Priya. Is it so ? Ferries carry parcels to islands in six days.' +
    '\n\nSource: Islands';
  await holds(reply, whole);
  await reply.press('Enter');
  await said(page, 'Hello and thank you, Priya.').waitFor();

  // A question that ends with a mark apart is sent as it is.
  await reply.fill('Ça va ?');
  await reply.press('Enter');
  await said(page, 'Ça va ?').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[K85] after a note the reply is next, and whom the note names is seen in it', async () => {
  const id = await opened('Olu', 'Hello, where is my lamp?');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await page.keyboard.press('n');
  const note = page.getByLabel('Write a note');
  await focused(note);
  await page.getByText('@ names a colleague', { exact: false }).first().waitFor();
  expect(await page.getByText('canned replies').count()).toBe(0);
  await note.fill('@tom look, not @tomorrow');
  await note.press('Enter');
  await said(page, 'look, not @tomorrow').waitFor();
  const named = page.getByRole('list', { name: 'What was said' }).locator('b');
  await expect.poll(() => named.allInnerTexts(), slowly).toEqual(['@tom']);
  const reply = page.getByLabel('Write a reply');
  await focused(reply);
  await page.getByText('/ canned replies').waitFor();
  await reply.pressSequentially('It is on its way.');
  await reply.press('Enter');
  await page.getByText('You have the wheel').first().waitFor();
  expect(await axeFaults(page)).toEqual([]);

  // Who may only leave a note goes on with notes.
  const other = await desk(tom);
  await other.page.goto(`/desk/${id}`);
  await other.page.getByText('rita has the wheel').first().waitFor();
  const barred = other.page.getByPlaceholder('rita answers the customer');
  expect(await barred.isDisabled()).toBe(true);
  await other.page.keyboard.press('n');
  const notes = other.page.getByLabel('Write a note');
  await notes.fill('I look');
  await notes.press('Enter');
  await said(other.page, 'I look').waitFor();
  await focused(notes);
  expect([...faults, ...other.faults]).toEqual([]);
  await Promise.all([context.close(), other.context.close()]);
});

test('[K85] a brief says what a customer wants once they say it', async () => {
  const id = await opened('Uwe', 'I want to talk to a person');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  const brief = region(page, 'Brief');
  await brief.getByText('Not said yet').waitFor();
  await ask(id, 'My lantern came in pieces.');
  await brief.getByText('My lantern came in pieces.').waitFor();
  await brief.getByText('said after a person was asked for').waitFor();
  expect(await brief.getByText('Not said yet').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K85] what the search finds is reached by the arrows and opened by Enter', async () => {
  const first = await opened('Vera', 'My zither is broken');
  const second = await opened('Willem', 'A zither for a birthday');
  const { page, context, faults } = await desk(rita);
  await page.goto('/desk?view=snoozed');
  const field = page.getByLabel('Filter this list, and search all conversations');
  await field.fill('zither');
  const hits = region(page, 'Found in all conversations').getByRole('button');
  await expect.poll(() => hits.count(), slowly).toBe(2);
  const settled = page.locator('section[aria-busy=false]');
  await settled.waitFor();
  await field.press('ArrowDown');
  await focused(hits.first());
  await page.keyboard.press('ArrowDown');
  await focused(hits.last());
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await focused(field);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk\/conv_/);
  const opens = () => [first, second].find((id) => page.url().includes(id));
  const from_row = opens();
  expect(from_row).toBeDefined();
  await page.goto('/desk?view=snoozed');
  await field.fill('birthday');
  await expect.poll(() => hits.count(), slowly).toBe(1);
  await settled.waitFor();
  await field.press('Enter');
  await page.waitForURL(new RegExp(second));
  expect(faults).toEqual([]);
  await context.close();
});

test('[K85] customers who wait are told of where the list that says so is not in sight', async () => {
  const sam = await newMember(server, ana, 'sam@example.com', 'reviewer');
  const ids = await Promise.all(
    ['Xena', 'Yan', 'Zoe'].map((name) => opened(name, 'Is somebody there?')),
  );
  const away = await desk(sam);
  const here = await desk(sam);
  for (const [{ page }, path] of [
    [away, '/'],
    [here, '/desk'],
  ] as const) {
    const live = page.waitForResponse((response) => response.url().endsWith('/events'));
    await page.goto(path);
    await live;
  }
  for (const id of ids) {
    const to = { member_id: sam.me.id };
    expect((await tom.call(`POST /conversations/${id}/hand-off`, to)).status).toBe(200);
  }
  await toasts(away.page).getByText('3 customers wait for you').waitFor();
  expect(await toasts(away.page).count()).toBe(1);
  await here.page.getByRole('button', { name: /Zoe/ }).getByText('sent to you by tom').waitFor();
  await expect.poll(() => toasts(here.page).count(), slowly).toBe(0);
  expect([...away.faults, ...here.faults]).toEqual([]);
  await Promise.all([away.context.close(), here.context.close()]);
});

test('[K86] from anywhere one key finds conversations and cases by their words', async () => {
  const id = await opened('Bram', 'My theodolite leans to one side');
  const held = { input: 'A theodolite, **new**', content: 'It is sold out' };
  await admin.call('PUT /gates/letters', { policy: { mode: 'always' } });
  const { body } = await admin.call<{ case_id: string }>('POST /gates/letters/outputs', held);
  const { page, context, faults } = await desk(rita);
  const field = page.getByRole('dialog').getByLabel('Find anything');
  const find = async (words: string, option: RegExp) => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await field.fill(words);
    await page.getByRole('dialog').getByRole('button', { name: option }).click();
  };
  await find('theodolite', /Bram.*leans to one side/);
  await page.waitForURL(new RegExp(id));
  await said(page, 'leans to one side').waitFor();
  // What it is about is said without its marks.
  await find('theodolite', /A theodolite, new/);
  await page.waitForURL(new RegExp(body.case_id));
  await page.getByRole('heading', { name: 'A theodolite, new' }).waitFor();
  await find(id, /Open this conversation/);
  await page.waitForURL(new RegExp(id));
  expect(faults).toEqual([]);
  await context.close();
});

test('[K87] what was resolved says so, and is reopened from its message or by the key of the wheel', async () => {
  const id = await opened('Cora', 'Is somebody there?');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await page.getByRole('button', { name: 'Resolve' }).waitFor();
  const over = async () => {
    // A message is shown before it is known that somebody waits.
    await page
      .getByText(/^waiting since/)
      .first()
      .waitFor();
    await page.keyboard.press('e');
    const asks = page.getByRole('dialog', { name: 'End this conversation?' });
    await asks.getByText('The customer waits for an answer.').waitFor();
    await asks.getByRole('button', { name: 'Resolve' }).click();
    await asks.waitFor({ state: 'detached' });
    await page.getByPlaceholder('Reply to the customer; that reopens it').waitFor();
  };
  await over();
  const told = page.getByRole('status').filter({ hasText: 'Resolved' });
  await told.getByRole('button', { name: 'Reopen' }).click();
  await page.getByText('You have the wheel').first().waitFor();
  await ask(id, 'Hello?');
  await said(page, 'Hello?').waitFor();
  await over();
  await page.getByRole('article').getByRole('button', { name: 'Reopen' }).waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
