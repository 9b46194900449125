import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { lampbot, said, write } from './talk.ts';
import { patience_ms, row, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let tom: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
let shop: string;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'lead');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /gates/drafts', { policy: { mode: 'always' } });
  await admin.call('PUT /bots/shop', bot);
  await admin.call('PUT /bots/careful', { ...bot, gate: 'drafts' });
  await admin.call('PUT /canned-replies/thanks', { text: 'Thank you, {contact.name}!' });
  host = await hostPage(server.url);
  shop = host.url;
});
afterAll(() => host?.close());

const bot = { ...lampbot, greeting: 'Hello!' };

const desk = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });

test('[J13] a customer and a reviewer talk in two browsers; the wheel goes to the person and back', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const customer = await context.newPage();
  const at_desk = await desk(rita);
  const { page } = at_desk;
  await page.goto('/desk');
  await page.getByText('Nothing waits for a person.').waitFor();

  await customer.goto(shop);
  await customer.getByRole('button', { name: 'Chat with us' }).click();
  await write(customer, 'where is my order');
  await customer.getByText('It is on its way.').waitFor();
  await customer.getByRole('button', { name: 'Talk to a person' }).click();

  // One row, though a case stands for it too: who, the last words, and why.
  await row(page, 'asked for a person').waitFor();
  expect(await row(page, /./).count()).toBe(1);
  await page.keyboard.press('j');
  await said(page, 'where is my order').waitFor();
  await page.getByText('Why: asked for a person').waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await customer.getByText('You are talking to a person.').waitFor();

  const reply = page.getByLabel('Write a reply');
  await reply.fill('Hello, this is Rita');
  await reply.press('Enter');
  await customer.getByText('Hello, this is Rita').waitFor();
  await write(customer, 'good to hear you');
  await said(page, 'good to hear you').waitFor();

  // A colleague who opens it sees who has it, and that they look; a lead is offered to take it over.
  const other = await desk(tom);
  const id = /conv_\w+/.exec(page.url())?.[0] as string;
  await other.page.goto(`/desk/${id}`);
  await other.page.getByText('rita has the wheel').first().waitFor();
  await other.page.getByText('rita is looking too').waitFor();
  await page.getByText('tom is looking too').waitFor();
  expect(await other.page.getByLabel('Write a reply').isDisabled()).toBe(true);
  await other.page.getByRole('button', { name: 'Take it over' }).first().waitFor();
  await other.context.close();

  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('Escape');
  await page.goto(`/desk/${id}`);
  await said(page, 'good to hear you').waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('What happened (optional)').fill('Only wanted to say hello');
  await page.getByRole('button', { name: 'Give it back' }).last().click();
  await said(page, 'Only wanted to say hello').waitFor();
  await customer.getByText('You are talking to the AI assistant again.').waitFor();
  expect(await customer.getByText('Only wanted').count()).toBe(0);
  await write(customer, 'i want a refund');
  await customer.getByText('You can return it within 30 days.').waitFor();
  await said(page, 'You can return it within 30 days.').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(at_desk.faults).toEqual([]);
  await Promise.all([context.close(), at_desk.context.close()]);
});

test('[K41] what is written outlives a reload and a lost line, is said once, and Try again follows a refusal', async () => {
  const { id } = await opened('shop', 'Kim');
  const { page, context } = await desk(rita);
  await page.goto(`/desk/${id}`);
  const field = page.getByLabel('Write a reply');
  await field.fill('half a sent');
  await page.reload();
  await expect.poll(() => field.inputValue(), slowly).toBe('half a sent');
  await field.fill('/thanks');
  await page.getByRole('option', { name: /thanks/ }).waitFor();
  await field.press('Enter');
  await expect.poll(() => field.inputValue(), slowly).toBe('Thank you, Kim!');
  await context.setOffline(true);
  await field.press('Enter');
  await page.getByText('Not sent yet').waitFor();
  await context.setOffline(false);
  await page.getByText('Not sent yet').waitFor({ state: 'detached' });
  await said(page, 'Thank you, Kim!').waitFor();
  const { body } = await admin.call<{ messages: { body: { text?: string } }[] }>(
    `GET /conversations/${id}`,
  );
  expect(body.messages.filter(({ body: { text } }) => text === 'Thank you, Kim!')).toHaveLength(1);
  await tom.call(`POST /conversations/${id}/take`, { force: true });
  await page.getByText('tom has the wheel').first().waitFor();
  await context.close();
});

test('[K42] a held reply stands beside what was said, under the customer’s name', async () => {
  // One message: a second one would withdraw the case of the first, whichever is looked at.
  const begun = await admin.call<{ id: string }>('POST /conversations', {
    bot: 'careful',
    contact: { name: 'Lee' },
  });
  const { id } = begun.body;
  await admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'where is my order please' },
  });
  const { page, context } = await desk(rita);
  const case_of = async () =>
    (await admin.call<{ rows: { id: string }[] }>('GET /cases?gate=drafts')).body.rows[0]?.id;
  await expect.poll(case_of, slowly).toBeTruthy();
  await page.goto(`/desk/${await case_of()}`);
  await page.getByRole('region', { name: 'Lee' }).getByText('where is my order please').waitFor();
  expect(await page.getByText('"purpose"').count()).toBe(0);
  await context.close();
});

test('[K43] conversations are readable in both themes and at the width of a phone', async () => {
  const { id } = await opened('shop', 'Ann');
  await admin.call(`POST /conversations/${id}/hand-off`);
  for (const how of [{ theme: 'dark' }, { theme: 'light', width: 390 }] as const) {
    const { page, context, faults } = await desk(rita, how);
    await page.goto('/desk');
    await row(page, 'Ann').getByRole('button').click();
    await page.getByRole('heading', { name: 'Ann' }).waitFor();
    await page.getByLabel('Write a reply').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await shot(page, `draft-${how.theme}`);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[K44] a lead keeps, changes and removes canned replies on screen', async () => {
  const { page, context, faults } = await desk(tom);
  await page.goto('/settings/replies');
  await page.getByRole('button', { name: 'New reply' }).click();
  await page.getByLabel('Name').fill('hours');
  await page.getByLabel('Words').fill('We are here from nine.');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Change the reply hours' }).click();
  await page.getByRole('button', { name: 'Remove this reply' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('We are here from nine.').waitFor({ state: 'detached' });
  const { body } = await admin.call<{ rows: { name: string }[] }>('GET /canned-replies');
  expect(body.rows.map(({ name }) => name)).not.toContain('hours');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

async function opened(bot_name: string, name: string): Promise<{ id: string }> {
  const { body } = await admin.call<{ id: string }>('POST /conversations', {
    bot: bot_name,
    contact: { name, external_id: `customer-${name}`, attributes: { plan: 'gold' } },
  });
  await admin.call(`POST /conversations/${body.id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: `hello, this is ${name}` },
  });
  return body;
}
