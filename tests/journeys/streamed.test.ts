import type { Page as Rows } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage } from './host-page.ts';
import { said, write } from './talk.ts';
import { patience_ms, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let model: ModelServer;
let server: TestServer;
let admin: Caller;
let rita: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
beforeAll(async () => {
  built();
  model = await modelServer();
  server = await startServer({ url_pattern: inject('engine'), settings: model.settings });
  admin = await server.keyFor('admin');
  rita = await newMember(server, await firstAdmin(server), 'rita@example.com', 'reviewer');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', bot);
  host = await hostPage(server.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
  await model?.close();
});

const bot = {
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'track my order', 'order status'],
      answer: 'Your order is on its way.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return it'],
      answer: 'You can return a lamp within 30 days. The refund arrives within five working days.',
    },
  ],
};
const short = 'Your order is on its way [1].';
/** It would take minutes to say. */
const long = `You can return a lamp within 30 days [1]. ${'The refund arrives within five working days [1]. '.repeat(400)}`;
/** What it says when it is asked anew. */
const back = 'You can return a lamp within 30 days [1]. A lamp comes back within 30 days. [1]';

test('[J15] [K96] [K97] the wheel is taken in the middle of a streamed reply: what was seen stands, cut off, and nothing follows; given back the bot goes on', async () => {
  model.behave((request) => {
    const refund = request.messages.at(-1)?.content.includes('"customer":"i want a refund"');
    return refund ? { text: long, pace_ms: 40 } : { text: short };
  });
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const customer = await context.newPage();
  await customer.goto(host.url);
  await customer.getByRole('button', { name: 'Chat with us' }).click();
  await write(customer, 'where is my order');
  await customer.getByText('Your order is on its way.').waitFor();

  const { body } = await admin.call<Rows<{ id: string }>>('GET /conversations');
  const [{ id }] = body.rows as [{ id: string }];
  const at_desk = await visit(browser, { url: server.url, cookie: rita.cookie() });
  const { page } = at_desk;
  await page.goto(`/desk/${id}`);
  await page.getByText('where is my order').first().waitFor();

  await write(customer, 'i want a refund');
  const reply = customer.getByText('You can return a lamp within 30 days.');
  await reply.getByText('The refund arrives within five working days.').or(reply).waitFor();
  // The desk shows as much of it as the customer sees, and says that it goes on.
  await page.getByText('Still writing; the customer sees this much').waitFor();
  const growing = page.locator('[data-writing]').getByText('You can return a lamp');
  const shown = (await growing.innerText()).length;
  await expect.poll(async () => (await growing.innerText()).length, slowly).toBeGreaterThan(shown);
  await page.getByText('The AI is writing').first().waitFor();
  expect(await page.getByText(/^waiting /).count()).toBe(0);
  await shot(page, 'desk-writing');
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await customer.getByText('You are talking to a person.').waitFor();
  await customer.getByText('broken off').waitFor();
  const cut = said(page, 'Broken off: the customer saw this much');
  await cut.waitFor();
  expect(await page.getByText('Still writing').count()).toBe(0);
  await shot(page, 'desk-broken-off');
  const seen = await reply.innerText();
  // The model had much more to say; it is told to stop, and whatever it says reaches nobody.
  await expect.poll(() => model.aborted.length, slowly).toBe(1);
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await reply.innerText()).toBe(seen);
  expect(await reply.count()).toBe(1);

  await page.getByLabel('Write a reply').fill('Hello, this is Rita');
  await page.getByLabel('Write a reply').press('Enter');
  await customer.getByText('Hello, this is Rita').waitFor();
  await page.goto(`/desk/${id}`);
  await page.getByText('Hello, this is Rita').first().waitFor();
  await page.keyboard.press('b');
  await page.getByLabel('What happened (optional)').fill('The refund is under way');
  await page.getByRole('button', { name: 'Give it back' }).last().click();
  await customer.getByText('You are talking to the AI assistant again.').waitFor();
  await write(customer, 'where is my order now');
  await expect.poll(() => customer.getByText('Your order is on its way.').count(), slowly).toBe(2);
  // The bot goes on well informed: it was told what the person noted, and the customer was not.
  expect(model.asked.at(-1)?.messages.at(-1)?.content).toContain('The refund is under way');
  expect(await customer.getByText('The refund is under way').count()).toBe(0);
  expect(await reply.innerText()).toBe(seen);
  expect(at_desk.faults).toEqual([]);
  await Promise.all([context.close(), at_desk.context.close()]);
});

test('[K97] [W111] given back at once, without a word, the bot answers what it was answering', async () => {
  let first = true;
  model.behave(() => {
    const slow = first;
    first = false;
    return slow ? { text: long, pace_ms: 40 } : { text: back };
  });
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const customer = await context.newPage();
  await customer.goto(host.url);
  await customer.getByRole('button', { name: 'Chat with us' }).click();
  await write(customer, 'i want a refund');
  await customer.getByText('You can return a lamp within 30 days.').waitFor();
  const { body } = await admin.call<Rows<{ id: string }>>('GET /conversations');
  const [{ id }] = body.rows as [{ id: string }];
  const at_desk = await visit(browser, { url: server.url, cookie: rita.cookie() });
  const { page } = at_desk;
  await page.goto(`/desk/${id}`);
  await page.getByText('Still writing; the customer sees this much').waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+B');
  await customer.getByText('You are talking to the AI assistant again.').waitFor();
  await customer.getByText('A lamp comes back within 30 days.').waitFor();
  await said(page, 'A lamp comes back within 30 days.').waitFor();
  expect(await said(page, 'Broken off: the customer saw this much').count()).toBe(1);
  expect(await customer.getByText('broken off').count()).toBe(1);
  await shot(page, 'desk-given-back');
  expect(at_desk.faults).toEqual([]);
  await Promise.all([context.close(), at_desk.context.close()]);
});
