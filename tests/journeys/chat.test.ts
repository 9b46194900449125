import type { Conversation } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { patience_ms } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
let shop: string;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', bot);
  host = await hostPage(server.url);
  shop = host.url;
});
afterAll(() => host?.close());

const bot = {
  title: 'Lampbot',
  greeting: 'Hello! Ask me about **your order**.',
  gate: 'replies',
  intents: [
    {
      name: 'where',
      examples: [
        'where is my order',
        'where is my parcel',
        'has my order shipped',
        'track my order',
      ],
      answer: 'It is on its way.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return and refund'],
      answer: 'You can return it within 30 days.',
    },
  ],
};

test('[J12] a customer chats with a bot and a person in a page of another site', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(shop);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await page.getByText('Hello! Ask me about your order.').waitFor();
  const write = page.getByLabel('Write a message');
  await write.fill('where is my order');
  await write.press('Enter');
  await page.getByText('It is on its way.').waitFor();
  expect(await page.getByText('Lampbot · AI assistant').count()).toBe(2);

  await page.getByRole('button', { name: 'Talk to a person' }).click();
  await page.getByText('You are next.').waitFor();
  const { body } = await ana.call<{ rows: Conversation[] }>('GET /conversations?view=waiting');
  const { id } = body.rows[0] as Conversation;
  await ana.call(`POST /conversations/${id}/take`, {});
  await page.getByText('Ana is here now. You are talking to a person.').waitFor();
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Hello, <b>this</b> is [Ana](javascript:alert(1))' },
  });
  await page.getByText('Ana · Person').waitFor();
  // What is said is text, whatever it looks like.
  expect(await page.locator('wheelhouse-chat').getByText('<b>this</b>').count()).toBe(1);
  expect(await page.getByRole('link', { name: 'Ana' }).count()).toBe(0);

  // The line is lost and found again: it says so at once, and goes on where it was.
  await context.setOffline(true);
  await page.getByText('No connection. What you write').waitFor();
  await context.setOffline(false);
  await page.getByText('No connection. What you write').waitFor({ state: 'hidden' });
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Are you out of the tunnel?' },
  });
  await page.getByText('Are you out of the tunnel?').waitFor();

  await context.setOffline(true);
  await write.fill('written in a tunnel');
  await write.press('Enter');
  await page.getByText('Sending').waitFor();
  await page.reload().catch(() => {});
  await context.setOffline(false);
  await page.goto(shop);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await page.getByText('written in a tunnel').waitFor();
  await page.getByText('Sending').waitFor({ state: 'detached' });
  const arrived = await until(async () => {
    const { body: read } = await ana.call<{ messages: { body: { text?: string } }[] }>(
      `GET /conversations/${id}`,
    );
    const texts = read.messages.map(({ body: { text } }) => text);
    return texts.filter((text) => text === 'written in a tunnel').length;
  });
  expect(arrived).toBe(1);

  await ana.call(`POST /conversations/${id}/hand-back`, { summary: 'Only a note for us' });
  await page.getByText('You are talking to the AI assistant again.').waitFor();
  expect(await page.getByText('Only a note').count()).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Chat with us' }).waitFor();
  const offline = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;
  expect(faults.filter((fault) => !offline.test(fault))).toEqual([]);
  await context.close();
});
