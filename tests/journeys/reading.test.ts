import pg from 'pg';
import type { Browser, Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { customersOf, said } from './talk.ts';
import { region, shot, sideways, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let tom: Awaited<ReturnType<typeof newMember>>;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'lead');
  const late = { silent_after_ms: 900_000, silent_grace_ms: 900_000, call_back_after_ms: 900_000 };
  const waiting = { ...late, tell_after_ms: 900_000 };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off', waiting });
  const often = { ...late, tell_after_ms: 200 };
  await admin.call('PUT /bots/hasty', { title: 'Lampbot', posture: 'off', waiting: often });
  const text = Array.from({ length: 9 }, (_, at) => `Boat ${at} carries parcels to islands.`);
  const article = { title: 'Islands', text: `${text.join(' ')} The last of them is slow.` };
  await admin.call('PUT /bots/shop/articles/islands', article);
});

const desk = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const { ask, opened } = customersOf('shop', () => admin);
const hasty = customersOf('hasty', () => admin);
const told = 'The customer was told that they still wait';
const inSight = (what: Locator) =>
  expect
    .poll(
      () =>
        what.evaluate((item) => {
          const pane = item.closest('ol')?.parentElement as HTMLElement;
          const [own, around] = [item.getBoundingClientRect(), pane.getBoundingClientRect()];
          return own.top >= around.top - 1 && own.bottom <= around.bottom + 1;
        }),
      slowly,
    )
    .toBe(true);

test('[K88] what a customer was told again and again stands once, with how often and when last; a day has its name', async () => {
  const id = await hasty.opened('Ada', 'Is somebody there?');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await said(page, 'times, last').waitFor();
  expect(await said(page, told).count()).toBe(1);
  await hasty.ask(id, 'Hello?');
  await said(page, 'Hello?').waitFor();
  await expect.poll(() => said(page, told).count(), slowly).toBe(2);
  expect(await said(page, 'Today').count()).toBe(0);
  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  await client.query(
    `update messages set at = at - interval '1 day' where conversation_id = $1 and seq < 3`,
    [id],
  );
  await client.end();
  await page.reload();
  await said(page, 'Today').waitFor();
  expect(await said(page, 'Yesterday').count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'reading-told');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K88] why a person was asked for before is said no more once a colleague sent it on', async () => {
  const id = await opened('Bea', 'Where is my lamp?');
  const { page, context, faults } = await desk(rita);
  await page.goto(`/desk/${id}`);
  await page.getByText('it is off').first().waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  // What is told of the next hand-off comes late.
  let come = () => {};
  const late = new Promise<void>((done) => {
    come = done;
  });
  await page.route('**/brief', (route) => late.then(() => route.continue()));
  await rita.call(`POST /conversations/${id}/hand-off`, {
    member_id: tom.me.id,
    note: 'Lamps are yours.',
  });
  await page.getByText('Lamps are yours.').first().waitFor();
  await region(page, 'Brief').waitFor();
  expect(await page.getByText('it is off').count()).toBe(0);
  come();
  expect(faults).toEqual([]);
  await context.close();
});

test('[K89] on a phone a time stays whole, and a suggested reply is read to its end', async () => {
  const id = await opened('Cem', 'Do boats carry parcels to islands?');
  await rita.call(`POST /conversations/${id}/messages`, {
    audience: 'team',
    body: { kind: 'text', text: 'Look at the timetable.' },
  });
  for (const theme of ['light', 'dark'] as const) {
    const { page, context, faults } = await desk(rita, { width: 390, theme });
    await page.goto(`/desk/${id}`);
    const suggested = region(page, 'What could be answered');
    await suggested.getByText('Boat 0 carries').waitFor();
    const times = page.getByRole('list', { name: 'What was said' }).locator('time');
    await times.first().waitFor();
    // As long as they come in any language.
    const lines = await times.evaluateAll((all) =>
      all.map((time) => {
        time.textContent = '12:59 in the afternoon';
        return time.getClientRects().length;
      }),
    );
    expect(new Set(lines)).toEqual(new Set([1]));
    expect(await sideways(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, `reading-suggested-${theme}`);
    await suggested.focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => suggested.evaluate((of) => of.scrollHeight - of.scrollTop - of.clientHeight))
      .toBeLessThan(2);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[K91] a conversation is opened at the message that was found, which is marked, also after a reload', async () => {
  const id = await opened('Dov', 'My astrolabe has no needle');
  for (let one = 0; one < 60; one++) await ask(id, `More words of number ${one}`);
  const { page, context, faults } = await desk(rita);
  await page.goto('/');
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  const finder = page.getByRole('dialog');
  await finder.getByLabel('Find anything').fill('astrolabe');
  await finder.getByRole('button', { name: /Dov.*astrolabe/ }).waitFor();
  // By keys alone: what the server found stands after what the page knows by itself.
  const chosen = finder.locator('[data-selected]');
  for (let one = 0; one < 8 && !/Dov/.test((await chosen.textContent()) ?? ''); one++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(id));
  const marked = page.locator('[aria-current=true][data-seq]');
  const isThere = async () => {
    await marked.getByText('My astrolabe has no needle').waitFor();
    await inSight(marked);
    expect(await marked.count()).toBe(1);
  };
  await isThere();
  await shot(page, 'reading-found');
  await page.reload();
  await isThere();
  // What comes meanwhile does not move it.
  await ask(id, 'And one word more');
  await page.getByRole('button', { name: 'New messages' }).waitFor();
  await isThere();
  expect(await axeFaults(page)).toEqual([]);
  // The next conversation begins at its end.
  const next = await opened('Eli', 'A spyglass, please');
  await page.goto(`/desk/${next}`);
  await said(page, 'A spyglass, please').waitFor();
  expect(await marked.count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});
