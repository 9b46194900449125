import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { act, reads, region, row, slowly, type Visit, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let cleo: Visit;
let page: Page;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  const person = await newMember(server, ana, 'cleo@example.com', 'reviewer');
  await agent.call('PUT /gates/refunds', {
    title: 'Refunds',
    policy: { mode: 'always' },
    action: {
      name: 'refund',
      arguments_schema: {
        type: 'object',
        properties: { order: { type: 'string' }, amount: { type: 'number', title: 'Amount' } },
      },
    },
  });
  browser = await openBrowser();
  cleo = await visit(browser, { url: server.url, cookie: person.cookie() });
  page = cleo.page;
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const ask = async (order: string) => {
  const { body } = await agent.call<{ id: string; case_id: string }>(
    'POST /gates/refunds/outputs',
    { action: { name: 'refund', arguments: { order, amount: 90 } } },
  );
  return body;
};
const stateOf = async (case_id: string) =>
  (await agent.call<{ state: string }>(`GET /cases/${case_id}`)).body.state;
const heading = (text: string) => page.getByRole('heading', { level: 1, name: text });
const open = async (order: string) => {
  await row(page, order).getByRole('button').click();
  await heading(order).waitFor();
  await page.getByText('You hold this').waitFor();
};
const answers = '**/api/v1/cases/*/answers';

test('[J9] a decision that the server fails on comes back, is said aloud, and can be made again', async () => {
  const first = await ask('A-1');
  const second = await ask('A-2');
  await page.goto('/desk');
  await open('A-1');
  await page.route(answers, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'internal', status: 500, detail: 'Something broke.' }),
    }),
  );
  await page.keyboard.press('a');
  // The next one stands there at once; then the first is back in the list, and nothing was decided.
  await heading('A-2').waitFor();
  const said = page.getByRole('alert').filter({ hasText: 'Not decided' });
  await reads(said, 'A-1');
  await reads(said, 'Nothing was decided.');
  await row(page, 'A-1').waitFor();
  expect(await stateOf(first.case_id)).toBe('waiting');
  await page.unroute(answers);
  await said.getByRole('button', { name: 'Open it' }).click();
  await heading('A-1').waitFor();
  await page.getByText('You hold this').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('status').filter({ hasText: 'Approved' }).waitFor();
  await expect.poll(() => stateOf(first.case_id), slowly).toBe('resolved');
  expect(await stateOf(second.case_id)).toBe('waiting');
});

test('[J9] a draft outlives a reload', async () => {
  const { case_id, id } = await ask('B-1');
  await page.goto('/desk');
  await open('B-1');
  await page.keyboard.press('e');
  await page.getByLabel('Amount').fill('12');
  await reads(region(page, 'Edit the arguments'), '12');
  await page.reload();
  await heading('B-1').waitFor();
  await page.getByText(/^Your draft from/).waitFor();
  await expect.poll(() => page.getByLabel('Amount').inputValue(), slowly).toBe('12');
  await page.getByText('You hold this').waitFor();
  await act(page, /^Approve as edited/).click();
  await expect.poll(() => stateOf(case_id), slowly).toBe('resolved');
  const { body } = await agent.call<{ outcome: object }>(`GET /outputs/${id}`);
  expect(body.outcome).toMatchObject({
    status: 'edited',
    action: { arguments: { order: 'B-1', amount: 12 } },
  });
});

test('[J9] [K104] decided while cut off, it is said that nobody knows until it is known that it did not arrive, and what was typed is kept', async () => {
  const { case_id } = await ask('C-1');
  await page.goto('/desk');
  await open('C-1');
  await page.keyboard.press('e');
  await page.getByLabel('Amount').fill('7');
  await reads(region(page, 'Edit the arguments'), '7');
  await cleo.context.setOffline(true);
  await act(page, /^Approve as edited/).click();
  const unsure = page.getByRole('alert').filter({ hasText: 'Not confirmed' });
  await reads(unsure, 'Your draft is kept');
  expect(await stateOf(case_id)).toBe('waiting');
  // It stays for as long as nobody knows.
  await page.waitForTimeout(14_000);
  await reads(unsure, 'You are told once the connection is back');
  await cleo.context.setOffline(false);
  const said = page.getByRole('alert').filter({ hasText: 'Your answer did not arrive' });
  await reads(said, 'Your draft is kept');
  await unsure.waitFor({ state: 'detached' });
  await said.getByRole('button', { name: 'Open it' }).click();
  await heading('C-1').waitFor();
  await expect.poll(() => page.getByLabel('Amount').inputValue(), slowly).toBe('7');
  await act(page, /^Approve as edited/).click();
  await expect.poll(() => stateOf(case_id), slowly).toBe('resolved');
});
