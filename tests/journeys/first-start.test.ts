import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { type Program, startProgram } from './program.ts';
import { act, reads, region, slowly, toRoom, visit } from './visit.ts';

let browser: Browser;
let program: Program | undefined;
beforeAll(async () => {
  built();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await program?.clear();
});

const people = (page: Page) =>
  region(page, 'The loop').getByRole('listitem').filter({ hasText: 'People' });
const figure = async (text: Promise<string>) => Number((await text).replaceAll(',', ''));
const decidedAt = (page: Page) => () => figure(people(page).getByRole('link').first().innerText());
const waitingAt = (page: Page) => () =>
  figure(region(page, 'Figures').getByRole('link').first().innerText());

test('[J1] a first start, its one-time link, and the first decision by mouse', async () => {
  program = await startProgram();
  const link = await program.says(/(http\S+\/enrol\?token=\S+)/);
  const { page, context, faults } = await visit(browser, { url: program.url });
  await page.goto(link);
  await page.getByRole('heading', { name: 'Make the first account' }).waitFor();
  await page.getByLabel('Your name').fill('Ana Reyes');
  await page.getByLabel('E-mail').fill('ana@example.com');
  await page.getByLabel('Password').first().fill('a long enough sentence');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();

  // The shop fills while Home is looked at.
  await program.says(/went through its gates/);
  await reads(region(page, 'By gate'), 'Support messages');
  await reads(people(page), 'nothing decided yet');
  await expect.poll(waitingAt(page), slowly).toBeGreaterThan(10);

  await toRoom(page, 'Desk');
  const lists = page.getByRole('navigation', { name: 'Queues and views' });
  await lists.getByRole('link', { name: 'Agent actions' }).click();
  await page.getByRole('button', { name: 'Take the next case' }).click();
  await region(page, 'Why it is here').waitFor();
  await region(page, 'What would happen').waitFor();
  const article = page.getByRole('article');
  const first = await article.getAttribute('aria-label');
  await act(page, /^Approve/).click();
  await page.getByRole('status').filter({ hasText: 'Approved' }).waitFor();
  // The next one stands there already.
  await expect.poll(() => article.getAttribute('aria-label'), slowly).not.toBe(first);

  await toRoom(page, 'Home');
  await expect.poll(decidedAt(page), slowly).toBe(1);
  await reads(people(page), '1 approved');
  const before = await waitingAt(page)();
  // The next decision, in another tab, moves Home's numbers without a reload.
  const desk = await context.newPage();
  await desk.goto('/desk?queue=support');
  await desk.getByRole('button', { name: 'Take the next case' }).click();
  await desk.getByRole('radio').first().click();
  await act(desk, /^Submit answer/).click();
  await expect.poll(decidedAt(page), slowly).toBe(2);
  await reads(people(page), '1 answered');
  await expect.poll(waitingAt(page), slowly).toBe(before - 1);
  // The link was for one person, once.
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  expect(faults.filter((fault) => !/status of 410|status of 404/.test(fault))).toEqual([]);
});
