import type { Browser, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { reads, region, row, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ana: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  agent = await server.keyFor('admin');
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

const submitTo = (queue: string, names: string[]) =>
  agent.call(
    `POST /gates/${queue}/outputs`,
    names.map((name) => ({ action: { name: 'pay', arguments: { name, sum: 20_000 } } })),
  );

/** A queue with a payment to each of some names, and a list of nothing else. */
async function atQueue(queue: string, names: string[], more: object = {}) {
  await agent.call(`PUT /gates/${queue}`, {
    queue,
    policy: { mode: 'always', undo_ms: 600_000 },
    action: { name: 'pay', arguments_schema: { type: 'object' } },
  });
  await submitTo(queue, names);
  const visited = await visit(browser, { url: server.url, cookie: ana.cookie(), ...more });
  await visited.page.goto(`/desk?queue=${queue}`);
  await row(visited.page, 'pay: ').first().waitFor();
  return visited;
}

test('[C19] [K1] a list is searched whole; what is decided together is named first, and what hides is left out', async () => {
  const many = Array.from({ length: 70 }, (_, at) => `Firm ${at}`);
  const { page, faults } = await atQueue('bills', [
    ...many,
    'Late hi\u200bdden',
    'Late one',
    'Late two',
  ]);
  const filter = page.getByLabel('Filter this list');
  await filter.fill('nobody at all');
  await reads(region(page, 'Cases'), 'Nothing in this list says “nobody at all”.');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  // They came last, so they stand on a page that was never asked for.
  await filter.fill('late');
  for (const name of ['U+200B', 'Late one', 'Late two']) await row(page, name).waitFor();
  await filter.blur();

  // Keys mean the selected cases now, and the case beside says so.
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await reads(region(page, 'What to do with this case'), 'Several cases are selected');
  await page.keyboard.press('Shift+x');
  await reads(region(page, 'Selected cases'), '3 selected');
  await page.keyboard.press('a');
  const confirm = page.getByRole('dialog', { name: 'Approve: 3 cases' });
  for (const name of ['Late one', 'Late two']) await confirm.getByText(name).waitFor();
  await reads(confirm, 'One of them hides characters and is left out.');
  await reads(confirm.getByRole('button', { name: /^Approve 2/ }), 'Enter');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('status').filter({ hasText: '2 of 2 decided' }).waitFor();
  const { body: left } = await agent.call<{ rows: object[] }>('GET /cases?queue=bills&q=late');
  expect(left.rows).toMatchObject([{ title: 'pay: Late hi\u200bdden · 20,000' }]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await filter.fill('firm');
  const boxes = region(page, 'Cases').getByRole('checkbox');
  await page.getByRole('button', { name: 'Select cases' }).click();
  await boxes.first().click();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await reads(region(page, 'Selected cases'), '3 selected');
  await page.keyboard.press('Escape');
  await region(page, 'Selected cases').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J9] [K3] what was undone is offered no more; a note and a reason half written outlive a reload', async () => {
  const { page } = await atQueue('undone', ['Undo me', 'Then me']);
  await row(page, 'Undo me').getByRole('button').click();
  await page.getByText('You hold this').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('status').filter({ hasText: 'Approved' }).waitFor();
  await page.keyboard.press('u');
  await page.getByRole('status').filter({ hasText: 'Taken back' }).waitFor();
  expect(await page.getByRole('status').filter({ hasText: 'Approved' }).count()).toBe(0);
  await page.getByText('You hold this').waitFor();

  await page.keyboard.press('n');
  await page.keyboard.type('Ask the bank, @an');
  await page.getByRole('option', { name: /^Ana/ }).waitFor();
  expect(await inSight(page.getByRole('listbox', { name: 'Colleagues' }))).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  const why = region(page, 'Skip').getByLabel('Why do you skip it?');
  await page.waitForFunction(() => document.activeElement?.matches('textarea, input'));
  await page.keyboard.type('A friend of mine');
  expect(await why.inputValue()).toBe('A friend of mine');
  await page.reload();
  await expect.poll(() => why.inputValue(), slowly).toBe('A friend of mine');
  const note = page.getByLabel('Write a note');
  expect(await note.inputValue()).toBe('Ask the bank, @Ana ');
  await note.press('ControlOrMeta+Enter');
  await region(page, 'Notes').locator('b').filter({ hasText: '@Ana' }).waitFor();
  expect(await note.inputValue()).toBe('');
  await page.context().close();
});

test('[K31] an AI’s words are marked whatever their shape, seen before they are taken over, and read by their own direction', async () => {
  await agent.call('PUT /gates/drafts', {
    policy: { mode: 'always' },
    form: {
      questions: [
        { kind: 'text', name: 'summary', title: 'Summary' },
        { kind: 'choice', name: 'tone', options },
      ],
    },
  });
  const summary = 'مرحبا، وصلني المصباح مكسورا.';
  const drafted = await agent.call<{ case_id: string }>('POST /gates/drafts/outputs', {
    input: 'Where is my lamp?',
    content: { summary, tone: 'two' },
  });
  const said = await agent.call<{ case_id: string }>('POST /gates/bills/outputs', {
    content: { note: 'The supplier is known.' },
    action: { name: 'pay', arguments: { lines: [{ sum: 2_000_000 }, { sum: 3, vat: 1 }] } },
  });
  const { page, faults } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto(`/desk/${drafted.body.case_id}`);
  const asked = region(page, 'What is asked');
  await reads(asked, summary);
  await reads(asked, 'tone: two');
  await page.getByText('Take it').waitFor();
  await page.keyboard.press('f');
  const field = asked.getByRole('textbox');
  await expect.poll(() => field.inputValue(), slowly).toBe(summary);
  expect(await field.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');

  await page.goto(`/desk/${said.body.case_id}`);
  await reads(region(page, 'What the AI proposes').getByRole('heading'), /AI$/);
  const lines = region(page, 'What would happen').getByRole('table');
  await reads(lines.getByRole('row').nth(1), '2000000');
  expect(await lines.getByRole('columnheader').allInnerTexts()).toEqual(['sum', 'vat']);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[K5] with the next case at hand, a decision asks the server for what it must and nothing else', async () => {
  const { page } = await atQueue('quick', ['Quick 1', 'Quick 2', 'Quick 3']);
  await page.keyboard.press('Enter');
  await page.getByText('You hold this').waitFor();
  await row(page, 'next').waitFor();
  const asked: string[] = [];
  let last = Date.now();
  const quiet = () => expect.poll(() => Date.now() - last > 1_500, slowly).toBe(true);
  page.on('request', (request) => {
    last = Date.now();
    const path = new URL(request.url()).pathname.replace(/(case|out)_[0-9a-z]+/, '$1');
    asked.push(`${request.method()} ${path.replace('/api/v1', '')}`);
  });
  await quiet();
  asked.length = 0;
  await page.keyboard.press('a');
  await page.getByRole('status').filter({ hasText: 'Approved' }).waitFor();
  await row(page, 'next').waitFor();
  await quiet();
  expect([...new Set(asked)].sort()).toEqual([
    'GET /cases/case/notes',
    'GET /outputs/out/life',
    'GET /queues',
    'POST /cases/case/answers',
    'POST /queues/quick/claim',
  ]);
  await page.context().close();
});

test('[J7] [J8] on a phone: the next case at the thumb, a way back, and cases selected by touch', async () => {
  const phone = { width: 390, height: 844 };
  const { page, faults } = await atQueue('phone', ['Phone 1', 'Phone 2'], phone);
  await page.getByRole('button', { name: 'Select cases' }).click();
  for (const name of ['Phone 1', 'Phone 2']) await row(page, name).getByText(name).click();
  await reads(region(page, 'Selected cases'), '2 selected');
  await region(page, 'Selected cases').getByRole('button', { name: 'None' }).click();
  await page.getByRole('button', { name: 'Take the next case' }).click();
  await page.getByText('You hold this').waitFor();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await region(page, 'Cases').waitFor();
  await page.goto(`/desk/case_${'0'.repeat(26)}`);
  await page.getByRole('heading', { name: 'There is no such case' }).waitFor();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await region(page, 'Cases').waitFor();
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  await page.context().close();
});
