import type { Conversation } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { row, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
const ids: string[] = [];
const many = 120;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  rita = await newMember(server, await firstAdmin(server), 'rita@example.com', 'reviewer');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  const targets = { first_reply_ms: 3_600_000 };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off', waiting, targets });
  for (let one = 0; one < many; one++) ids.push(await begin(`Customer ${one}`));
  // The bot has handed over all of them.
  await until(
    async () =>
      (await rita.call<{ waiting: number }>('GET /conversation-counts')).body.waiting === many,
  );
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function begin(name: string | null, text = 'my *lamp* is **broken**'): Promise<string> {
  const contact = name ? { name } : {};
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'shop', contact });
  const said = { from: 'contact', body: { kind: 'text', text } };
  await admin.call(`POST /conversations/${body.id}/messages`, said);
  return body.id;
}
const desk = (options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: rita.cookie(), ...options });

test('[K47] a hundred conversations and more are gone through to the end, and narrowed by keys alone', async () => {
  await admin.call(`PATCH /conversations/${ids[77]}`, { priority: 5, labels: ['lamps'] });
  const { page, context, faults } = await desk();
  await page.goto('/desk?view=open');
  // With none chosen, the pane says what to do.
  await page.getByText('Choose one in the list to read it.').waitFor();
  await row(page, 'my lamp is broken').first().waitFor();
  await page.goto('/desk');
  await row(page, 'Customer 77').waitFor();
  expect(await row(page, /./).first().textContent()).toContain('Customer 77');
  await row(page, /5\d:\d\d/)
    .first()
    .waitFor();
  // Enter begins with who stands first, a customer before any case.
  await page.getByRole('button', { name: 'Open who waits first' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Customer 77/ }).waitFor();
  await page.keyboard.press('Escape');
  const last = row(page, `Customer ${many - 1}`);
  await until(async () => {
    const more = page.getByRole('button', { name: 'Show more' });
    await more.scrollIntoViewIfNeeded({ timeout: 1_000 }).catch(() => {});
    return last.count();
  });
  expect(await row(page, /Customer \d/).count()).toBe(many);

  await page.keyboard.press('f');
  await page.getByLabel('Above the usual priority').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await row(page, 'Customer 77').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('section li').length === 1);
  expect(page.url()).toContain('urgent=true');
  await page.reload();
  await row(page, 'Customer 77').waitFor();
  expect(await row(page, /Customer \d/).count()).toBe(1);
  await page.keyboard.press('f');
  await page.getByRole('button', { name: 'Show all' }).click();
  await row(page, 'Customer 1').first().waitFor();
  // Typed words find one that no page has shown yet.
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('customer 118');
  await page.waitForFunction(() => document.querySelectorAll('section li').length === 1);
  expect(await row(page, 'Customer 118').count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K47] a customer without a name is called a customer, and the due time stands beside them', async () => {
  const id = await begin(null, 'hello there');
  const { page, context } = await desk({ width: 390 });
  await page.goto(`/desk/${id}`);
  const said = page.getByRole('list', { name: 'What was said' });
  await said.getByText('hello there').waitFor();
  expect(await said.getByText('Person', { exact: true }).count()).toBe(0);
  await said.getByText('Customer', { exact: true }).first().waitFor();
  await page.getByText('First reply').waitFor();
  await page
    .getByText(/due in 5\d:/)
    .first()
    .waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await context.close();
});

test('[K48] a conversation is put aside and taken back by keys alone', async () => {
  const id = await begin('Sleepy', 'call me tomorrow');
  await rita.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text: 'I will' } });
  const { page, context, faults } = await desk();
  await page.goto(`/desk/${id}?view=mine`);
  await row(page, 'Sleepy').waitFor();
  await page.getByText('You have the wheel').first().waitFor();
  await page.keyboard.press('z');
  const tomorrow = page.getByRole('menuitem', { name: /Tomorrow morning/ });
  await tomorrow.waitFor();
  // One hand is faster than a menu takes the focus: what closes it leaves nothing else.
  await page.keyboard.press('Escape');
  await tomorrow.waitFor({ state: 'detached' });
  for (const key of ['z', 'Escape', 'z']) await page.keyboard.press(key);
  await tomorrow.waitFor();
  // The key that opened it opens it again.
  await page.keyboard.press('Escape');
  await tomorrow.waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await tomorrow.waitFor();
  // A key that comes before the menu has the focus moves nothing in it.
  await until(async () => {
    await page.keyboard.press('ArrowDown');
    return tomorrow.evaluate((item) => item === document.activeElement);
  });
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Put aside until .*9:00/)
    .first()
    .waitFor();
  await row(page, 'Sleepy').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(page, 'Sleepy').waitFor();
  // While it stands aside the same key brings it back.
  await page.getByRole('button', { name: 'Bring it back' }).waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await page.getByRole('menuitem', { name: 'At a time…' }).click();
  await page.getByLabel('Until').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Snooze' }).last().click();
  await page.getByText('is past').waitFor();
  await page.getByLabel('Until').fill('2027-06-01T10:00');
  await page.getByRole('button', { name: 'Snooze' }).last().click();
  await row(page, 'Sleepy').waitFor({ state: 'detached' });
  await page.goto(`/desk/${id}?view=snoozed`);
  await row(page, 'Sleepy').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Transcript' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Markdown' }).click();
  expect((await download).suggestedFilename()).toBe(`${id}.md`);
  await page.keyboard.press('z');
  await page
    .getByText('Nothing in this list')
    .or(page.getByText('No conversation is put aside.'))
    .first()
    .waitFor();
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await context.close();
});

test('[K58] what was said is found while one types, and opens where it was said', async () => {
  const id = await begin('Olga', 'the okapi lamp is mine');
  for (let one = 0; one < 120; one++) {
    await admin.call(`POST /conversations/${id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text: `and another thing, ${one}` },
    });
  }
  const { page, context, faults } = await desk();
  await page.goto('/desk');
  await row(page, 'Customer').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('okapi');
  const hits = page.getByRole('region', { name: 'Found in all conversations' });
  await hits.getByText('okapi', { exact: true }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await hits.getByRole('button').first().click();
  await page.getByRole('list', { name: 'What was said' }).getByText('the okapi lamp').waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector('[data-seq="1"]')?.getBoundingClientRect();
    return box && box.top > 0 && box.bottom < innerHeight;
  });
  expect(faults).toEqual([]);
  await context.close();
});
