import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { act, reads, region, row, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ana: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  agent = await server.keyFor('admin');
});

const refund = (text: string) =>
  agent.call('POST /gates/refunds/outputs', {
    action: { name: 'refund', arguments: { order: text, amount: 12 } },
  });

test('[J8] an empty workspace says so on its pages, each with a next step', async () => {
  const { page, faults } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/');
  await page.getByRole('heading', { name: 'No gate stands here yet' }).waitFor();
  await page.getByRole('link', { name: 'Make the first gate' }).click();
  await page.getByRole('heading', { name: 'New gate', level: 1 }).waitFor();
  await page.goto('/gates');
  await page.getByRole('heading', { name: /no gate/i }).waitFor();
  await page.goto('/desk');
  await page.getByRole('heading', { name: 'Nothing waits', exact: true }).waitFor();
  await reads(region(page, 'Cases'), 'What a gate holds appears here by itself.');
  await page.goto('/data');
  await page.getByRole('heading', { name: 'No output yet' }).waitFor();
  await page.getByRole('link', { name: 'Open the gates' }).waitFor();
  await page.goto('/settings/webhooks');
  await page.getByText('Nothing is told of what happens yet').waitFor();
  await page.getByRole('button', { name: 'New webhook' }).waitFor();
  await page.goto('/nowhere');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J8] who may only look is told so, and finds every act that decides turned off', async () => {
  await agent.call('PUT /gates/refunds', {
    title: 'Refunds',
    policy: { mode: 'always' },
    action: { name: 'refund', arguments_schema: { type: 'object' } },
  });
  await refund('V-1');
  const vera = await newMember(server, ana, 'vera@example.com', 'viewer');
  const { page, faults } = await visit(browser, { url: server.url, cookie: vera.cookie() });
  await page.goto('/desk');
  await page.getByText('Your role lets you look at cases, not decide them.').waitFor();
  await row(page, 'V-1').getByRole('button').click();
  const said = page.getByRole('note').filter({ hasText: 'Your role lets you look at cases' });
  await said.waitFor();
  for (const name of [/^Approve/, /^Reject/, /^Skip/, /^Cannot judge/]) {
    expect(await act(page, name).isDisabled()).toBe(true);
  }
  for (const key of ['a', 'r', 's', 'Enter']) await page.keyboard.press(key);
  await page.goto('/settings/keys');
  await page.getByRole('alert').filter({ hasText: 'Not for your role' }).waitFor();
  const open = await agent.call<{ rows: { state: string; holders: unknown[] }[] }>('GET /cases');
  expect(open.body.rows).toMatchObject([{ state: 'waiting', holders: [] }]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J8] cut off, a page says since when it is old and catches up by itself', async () => {
  const { page, context } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/desk');
  await row(page, 'V-1').waitFor();
  await page.getByRole('img', { name: /^Live/ }).first().waitFor();
  await context.setOffline(true);
  await page.getByText(/Shown as of \d\d:\d\d\. Reconnecting/).waitFor();
  await row(page, 'V-1').waitFor();
  await refund('V-2');
  await context.setOffline(false);
  await row(page, 'V-2').waitFor();
  await page.getByText(/Shown as of/).waitFor({ state: 'detached' });
  await page.context().close();
});

test('[J8] [K1] what hides in an action is made visible, and a key alone does not approve it', async () => {
  await refund('A\u202e1-X\u200b');
  const { page } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/desk');
  await row(page, 'U+202E').getByRole('button').click();
  const frame = region(page, 'What would happen');
  await reads(frame, 'U+202E');
  await reads(frame, 'U+200B');
  await page.getByText('You hold this').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.getByText('Approve (needs the click here)').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByText('You hold this').waitFor();
  await act(page, /^Approve/).click();
  await page.getByRole('status').filter({ hasText: 'Approved' }).waitFor();
  await page.context().close();
});
