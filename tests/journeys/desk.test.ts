import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { region, row, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ana: Person;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('admin');
  ana = await firstAdmin(server);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const options = ['one', 'two', 'three', 'four', 'five', 'six'].map((value) => ({ value }));

/** A form that is longer than any screen. */
const openLongForm = (title: string) =>
  agent.call<{ id: string }>('POST /cases', {
    queue: 'forms',
    title,
    parts: [{ kind: 'text', name: 'input', text: 'Something to look at. '.repeat(40) }],
    form: {
      questions: [
        { kind: 'choice', name: 'first', options },
        { kind: 'rating', name: 'second' },
        { kind: 'choice', name: 'third', options },
        { kind: 'ranking', name: 'fourth', options },
        { kind: 'rating', name: 'fifth', title: 'How good is it?' },
      ],
    },
  });

const inSight = (what: Locator) =>
  what.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });

/** How far the page as a whole can be scrolled down: its parts scroll, it does not. */
const overflow = (page: Page) =>
  page.evaluate(
    () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
  );

test('[K30] [J7] keys move to a question in sight, and a long form leaves the page where it is', async () => {
  const { body } = await openLongForm('A long form');
  const { page, faults } = await visit(browser, {
    url: server.url,
    cookie: ana.cookie(),
    height: 600,
  });
  await page.goto(`/desk/${body.id}`);
  const asked = region(page, 'What is asked');
  await asked.waitFor();
  expect(await overflow(page)).toBe(0);
  for (const key of [']', ']', ']', ']']) await page.keyboard.press(key);
  const last = asked.getByRole('group', { name: 'How good is it?' });
  await expect.poll(() => inSight(last), slowly).toBe(true);
  await page.keyboard.press('4');
  await expect.poll(() => last.getByLabel('4').isChecked(), slowly).toBe(true);
  await page.keyboard.press('a');
  const first = asked.getByRole('group', { name: 'first' });
  await expect.poll(() => inSight(first), slowly).toBe(true);
  expect(await overflow(page)).toBe(0);
  await row(page, 'A long form').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});
