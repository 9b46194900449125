import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, password } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { reads, region, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  agent = await server.keyFor('admin');
  await newMember(server, ana, 'eva@example.com', 'reviewer');
  await agent.call('PUT /gates/refunds', {
    title: 'Refunds',
    queue: 'refunds',
    policy: { mode: 'always', undo_ms: 600_000 },
    action: {
      name: 'refund',
      arguments_schema: {
        type: 'object',
        properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
        required: ['order', 'amount'],
      },
    },
  });
  for (const order of ['K-1', 'K-2', 'K-3', 'K-4']) {
    await agent.call('POST /gates/refunds/outputs', {
      action: { name: 'refund', arguments: { order, amount: 70 } },
    });
  }
});

const shown = (page: Page, order: string) =>
  region(page, 'What would happen').filter({ hasText: order }).waitFor();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const hasFocus = (element: Element) => element === document.activeElement;
const outcomes = async () => {
  const { body } = await agent.call<{ rows: { title: string; outcome: string }[] }>(
    'GET /cases?view=resolved',
  );
  return body.rows.map(({ outcome }) => outcome).sort();
};

/** Presses Tab until what has the focus says this. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    if ((await focused(page)).includes(wanted)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to “${wanted}”.`);
}

/** Every button in sight that does something with the case shows its key. */
async function everyActShowsItsKey(page: Page): Promise<void> {
  const acts = region(page, 'What to do with this case').getByRole('button');
  const bare: string[] = [];
  for (const one of await acts.all()) {
    const name = (await one.getAttribute('aria-label')) ?? (await one.innerText());
    const shows_key = (await one.locator('kbd').count()) > 0;
    if (!shows_key && name !== 'More acts') bare.push(name);
  }
  expect(bare).toEqual([]);
}

test('[J5] [K4] from sign-in to the last case by keys alone, and each act shows its key', async () => {
  const { page, faults } = await visit(browser, { url: server.url });
  const press = (...keys: string[]) =>
    keys.reduce<Promise<void>>(
      (done, key) => done.then(() => page.keyboard.press(key)),
      Promise.resolve(),
    );
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').waitFor();
  await page.keyboard.type('eva@example.com');
  await press('Tab');
  await page.keyboard.type(password);
  await press('Enter');
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();

  await press('g', 'd');
  await reads(page.getByRole('button', { name: 'Take the next case' }), 'Enter');
  await press('Enter');
  await shown(page, 'K-1');
  await page.getByText('You hold this').waitFor();
  await everyActShowsItsKey(page);

  // Edit, with a value that is refused first, and approve.
  await press('e');
  const pane = region(page, 'Edit the arguments');
  await expect.poll(() => pane.getByLabel('order').evaluate(hasFocus), slowly).toBe(true);
  await everyActShowsItsKey(page);
  await press('Tab', 'ControlOrMeta+a');
  await page.keyboard.type('-5');
  await press('ControlOrMeta+Enter');
  await expect
    .poll(() => pane.getByLabel('amount').getAttribute('aria-invalid'), slowly)
    .toBe('true');
  await press('ControlOrMeta+a');
  await page.keyboard.type('35');
  await press('ControlOrMeta+Enter');
  await shown(page, 'K-2');

  // A note on the next one, and on without deciding it.
  await press('n');
  await page.keyboard.type('Ask the warehouse first.');
  await press('ControlOrMeta+Enter');
  await region(page, 'Notes').getByRole('paragraph').filter({ hasText: 'warehouse' }).waitFor();
  await press('Escape', 's');
  await press('ControlOrMeta+Enter');
  await region(page, 'Skip').getByText('Say why, in a few words.').waitFor();
  await page.keyboard.type('A friend of mine asked for it.');
  await press('ControlOrMeta+Enter');
  await shown(page, 'K-3');

  // Approve, and take it back.
  await press('a');
  await shown(page, 'K-4');
  await expect.poll(outcomes, slowly).toEqual(['approved', 'edited']);
  await press('u');
  await shown(page, 'K-3');
  await expect.poll(outcomes, slowly).toEqual(['edited']);
  await page.getByText('You hold this').waitFor();
  await press('r');
  await expect.poll(outcomes, slowly).toEqual(['edited', 'rejected']);

  // Through the list and back to it.
  await press('Escape');
  await press('j');
  await page.getByRole('article').waitFor();
  await press('k', '/');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), slowly)
    .toBe('Filter this list, and search all conversations');
  await press('Escape');

  // The sheet of all keys, and the finder.
  await press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  for (const label of ['Approve', 'Skip', 'Note', 'Undo the last decision', 'Find anything']) {
    await sheet.getByRole('listitem').filter({ hasText: label }).first().waitFor();
  }
  await press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await press('ControlOrMeta+k');
  const find = page.getByRole('dialog').getByLabel('Find anything');
  await expect.poll(() => find.evaluate(hasFocus), slowly).toBe(true);
  await page.keyboard.type('Home');
  await press('Enter');
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  // Tab reaches what has no letter of its own.
  await page.reload();
  // What is not there yet Tab goes past.
  await page.getByText('Open the desk').waitFor();
  await press('Tab');
  await tabTo(page, 'Skip to the room');
  await tabTo(page, 'Open the desk');
  await press('Enter');
  await page.getByRole('navigation', { name: 'Queues and views' }).waitFor();
  expect(faults).toEqual([]);
});
