import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { type firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { reads, region, row, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ana: Awaited<ReturnType<typeof firstAdmin>>;
let cleo: typeof ana;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  agent = await server.keyFor('admin');
  cleo = await newMember(server, ana, 'cleo@example.com', 'reviewer');
});

/** A queue with a letter about each of some things, and someone at it. */
async function atQueue(queue: string, names: string[], who: Person = ana, more: object = {}) {
  await agent.call(`PUT /gates/${queue}`, {
    queue,
    policy: { mode: 'always', undo_ms: 600_000, ...more },
  });
  const case_ids: string[] = [];
  for (const content of names) {
    const { body } = await agent.call<{ case_id: string }>(`POST /gates/${queue}/outputs`, {
      content,
    });
    case_ids.push(body.case_id);
  }
  const visited = await visit(browser, { url: server.url, cookie: who.cookie() });
  await visited.page.goto(`/desk?queue=${queue}`);
  for (const name of names) await row(visited.page, name).waitFor();
  return { ...visited, case_ids };
}

test('[K33] a key that closes a dialog leaves the case open and what is selected selected', async () => {
  const { page, faults } = await atQueue('dialogs', ['the first', 'the second']);
  // While it fades, a dialog stands there without what was in it; where nothing moves it goes whole.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
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
  await page.getByRole('button', { name: /^Approve all/ }).waitFor();
  for (const key of ['a', 'r']) {
    await page.keyboard.press(key);
    await dialog.getByRole('list', { name: 'The cases' }).waitFor();
    // As it is for a moment before the dialog takes the focus: the page under it has no keys then either.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await reads(region(page, 'Selected cases'), '2 selected');
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[K34] a case given to someone else is theirs at once: who has it, that the draft is kept, and on to the next', async () => {
  const { page, case_ids } = await atQueue('given', ['the cold tea', 'the wet bread'], cleo);
  await row(page, 'the cold tea').getByRole('button').click();
  await page.getByText('You hold this').waitFor();
  await row(page, 'next').waitFor();
  await page.keyboard.press('Shift+r');
  await region(page, 'Reject').getByRole('textbox').fill('It was hot.');
  await ana.call(`PUT /cases/${case_ids[0]}/assignment`, { assigned_to: ana.me.id });
  const note = page.getByRole('note').filter({ hasText: 'This was given to Ana.' });
  await reads(note, 'Your draft is kept.');
  await page.getByText('You hold this').waitFor({ state: 'detached' });
  await row(page, 'the cold tea').getByText('yours').waitFor({ state: 'detached' });
  // A key that does nothing says why.
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await reads(page.getByRole('status'), 'It is not yours to decide');
  await note.getByRole('button', { name: /^Take the next case/ }).click();
  await page.getByRole('article', { name: 'the wet bread' }).waitFor();
  await page.getByText('You hold this').waitFor();
  await page.context().close();
});

test('[K34] cut off for longer than the hold lasts, it says so, and so does an answer nobody confirmed', async () => {
  const { page, context } = await atQueue('cut', ['the lost glove', 'the lost shoe'], ana, {
    lease_ms: 8_000,
  });
  await page.keyboard.press('Enter');
  await page.getByText('You hold this').waitFor();
  await context.setOffline(true);
  await page.getByRole('note').filter({ hasText: 'your hold has probably run out' }).waitFor();
  await page.getByText('You hold this').waitFor({ state: 'detached' });
  await row(page, 'perhaps yours').first().waitFor();
  await page.keyboard.press('a');
  await page.getByRole('alert').filter({ hasText: 'Not confirmed' }).waitFor();
  await row(page, 'not confirmed').waitFor();
  await context.setOffline(false);
  await row(page, 'not confirmed').waitFor({ state: 'detached' });
  await context.close();
});

test('[K35] a case that is left is free for others, and so is the one that stood ready behind it', async () => {
  const { page } = await atQueue('left', ['the red door', 'the blue door', 'the green door']);
  const held = async () => {
    type Row = { holders: object[] };
    const { body } = await agent.call<{ rows: Row[] }>('GET /cases?queue=left');
    return body.rows.filter(({ holders }) => holders.length > 0).length;
  };
  await page.keyboard.press('Enter');
  await row(page, 'next').waitFor();
  expect(await held()).toBe(2);
  await page.keyboard.press('Escape');
  await page.getByRole('article').waitFor({ state: 'detached' });
  await expect.poll(held, slowly).toBe(0);
  // Left while the next one is still on its way, it is given back as it comes.
  let asked = 0;
  await page.route('**/queues/left/claim', async (route) => {
    asked += 1;
    if (asked === 2) await page.waitForTimeout(1_500);
    await route.continue();
  });
  await page.keyboard.press('Enter');
  await page.getByText('You hold this').waitFor();
  await expect.poll(() => asked, slowly).toBe(2);
  await page.keyboard.press('Escape');
  await page.waitForResponse('**/queues/left/claim');
  await expect.poll(held, slowly).toBe(0);
  await page.context().close();
});

test('[K36] decided together: what is another’s is left out by name, what failed is named, and all is taken back at once', async () => {
  const names = ['the tall lamp', 'the short lamp', 'the old lamp'];
  const { page, case_ids } = await atQueue('lamps', names);
  await ana.call(`PUT /cases/${case_ids[2]}/assignment`, { assigned_to: cleo.me.id });
  await row(page, 'for cleo').waitFor();
  await page.getByRole('button', { name: 'Select cases' }).click();
  await page.keyboard.press('Shift+x');
  await page.getByRole('button', { name: /^Approve all/ }).click();
  const confirm = page.getByRole('dialog', { name: 'Approve: 3 cases' });
  await reads(confirm.getByRole('listitem').filter({ hasText: 'the old lamp' }), 'given to cleo');
  await reads(confirm, 'One of them is not yours to decide and is left out.');
  // Given away between looking and deciding, so that only the server can say it.
  await page.route('**/api/v1/cases/batch', async (route) => {
    await ana.call(`PUT /cases/${case_ids[1]}/assignment`, { assigned_to: cleo.me.id });
    await route.continue();
  });
  await confirm.getByRole('button', { name: /^Approve 2/ }).click();
  const said = page.getByRole('alert').filter({ hasText: '1 of 2 decided' });
  await reads(said, /“the short lamp”: .*assigned/);
  // The message does not lie on what is still selected.
  const bar = region(page, 'Selected cases');
  await reads(bar, '1 selected');
  const [message, below] = [await said.boundingBox(), await bar.boundingBox()];
  expect((message?.y ?? 0) + (message?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  const resolved = async () => {
    const { body } = await agent.call<{ rows: object[] }>('GET /cases?view=resolved&queue=lamps');
    return body.rows.length;
  };
  expect(await resolved()).toBe(1);
  await page.keyboard.press('u');
  await page.getByRole('status').filter({ hasText: '1 of 1 taken back' }).waitFor();
  expect(await resolved()).toBe(0);
  await row(page, 'the tall lamp').waitFor();
  await page.context().close();
});
