import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { reads, region, row, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ana: Person;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await newMember(server, ana, 'cleo@example.com', 'reviewer');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A queue with a letter about each of some things, and someone at it. */
async function atQueue(queue: string, names: string[], who: Person = ana) {
  await agent.call(`PUT /gates/${queue}`, {
    queue,
    policy: { mode: 'always', undo_ms: 600_000 },
  });
  const { body } = await agent.call<{ results: { output: { case_id: string } }[] }>(
    `POST /gates/${queue}/outputs`,
    names.map((name) => ({ content: name })),
  );
  const visited = await visit(browser, { url: server.url, cookie: who.cookie() });
  await visited.page.goto(`/desk?queue=${queue}`);
  for (const name of names) await row(visited.page, name).waitFor();
  return { ...visited, body };
}

test('[K33] a key that closes a dialog leaves the case open and what is selected selected', async () => {
  const { page, faults } = await atQueue('dialogs', ['the first', 'the second']);
  await page.keyboard.press('Enter');
  await page.getByText('You hold this').waitFor();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Find a colleague').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('You hold this').waitFor();

  await page.keyboard.press('Escape');
  await page.getByRole('article').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Select cases' }).click();
  await page.keyboard.press('Shift+x');
  for (const key of ['a', 'r']) {
    await page.keyboard.press(key);
    await dialog.getByRole('list', { name: 'The cases' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await reads(region(page, 'Selected cases'), '2 selected');
  }
  expect(faults).toEqual([]);
  await page.context().close();
});
