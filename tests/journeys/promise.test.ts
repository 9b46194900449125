import type { Gate } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { promising } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { reads, region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
});

test('[K130] a promise says what it promises, where it stands and by what evidence, in both themes and on a phone', async () => {
  const gate = await promising(server, 'refunds');
  await gate.submit(0.7);
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/refunds');
  const promise = region(page, 'The promise');
  await promise.getByText(/^At most \d+% of what passes is wrong, with \d+% confidence/).waitFor();
  await promise.getByText('Learning', { exact: true }).waitFor();
  await page.getByText(/it takes at least some \d+ more/).waitFor();
  await shot(page, 'promise-learning');

  await gate.certify();
  for (let at = 0; at < 30; at++) await gate.submit(0.5 + at / 60);
  await page.reload();
  await promise.getByText('Certified', { exact: true }).waitFor();
  await page.getByText(/^Certified\. What the AI is at least [\d.]+ sure of passes/).waitFor();
  await region(page, 'What happened to it').getByText('Certified at 0.9').waitFor();
  await page.getByRole('button', { name: 'Numbers as a table' }).first().click();
  await page.getByRole('table').first().waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'promise-certified');
  expect(faults).toEqual([]);
  await context.close();

  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/refunds');
    await region(other.page, 'The promise').getByText('Certified', { exact: true }).waitFor();
    await other.page.locator('.uplot').first().waitFor();
    expect(await axeFaults(other.page)).toEqual([]);
    const wider = await other.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await shot(other.page, `promise-certified-${how.theme ?? how.width}`);
    expect(other.faults).toEqual([]);
    await other.context.close();
  }
});

test('[K138] where nothing came under a promise yet its page leads to what comes next', async () => {
  await promising(server, 'untouched');
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/untouched');
  await reads(region(page, 'The promise'), 'Nothing has come under this promise yet');
  const begin = region(page, 'To begin');
  await begin.getByRole('link', { name: 'policy' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await region(page, 'What came, over time').count()).toBe(0);
  await begin.getByRole('link', { name: 'Plan it with outputs of the past' }).click();
  await page.getByRole('button', { name: 'Try with made-up outputs' }).waitFor();
  expect(await page.getByRole('tab', { name: 'Plan' }).getAttribute('aria-selected')).toBe('true');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K132] a room with plots opens in a browser that names no valid language', async () => {
  await promising(server, 'posix');
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'language', {
      ...{ get: () => 'en-US@posix', configurable: true },
    }),
  );
  await page.goto('/gates/posix');
  await region(page, 'The promise').getByText('Learning', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[G89] a promise at a gate whose form nothing answers to is warned of in the editor', async () => {
  await admin.call('PUT /gates/free', {
    policy: { mode: 'guaranteed', alpha: 0.05, delta: 0.05 },
    form: { questions: [{ name: 'reply', kind: 'text' }] },
  });
  const { page, context, faults } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/gates/free?tab=policy');
  await page.getByRole('note').filter({ hasText: 'The form asks no verdict' }).waitFor();
  await admin.call('POST /gates/free/outputs', { content: { answer: 'yes' }, confidence: 0.9 });
  await page.reload();
  await page.getByText('every decision would count as wrong').waitFor();
  await shot(page, 'promise-form');
  expect(faults).toEqual([]);
  await context.close();
});

test('[K131] a gate is given a promise in the editor, and says what proving it takes', async () => {
  await admin.call('PUT /gates/plain', { policy: { mode: 'always' } });
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/plain');
  await page.getByRole('radio', { name: /^Guaranteed/ }).check({ force: true });
  // 5% at 95%: 110 clean ones at every look, and a fifth of all that only tells where to begin.
  await page.getByText(/takes some 138 decisions/).waitFor();
  await page.getByLabel('At most wrong').fill('2');
  await page.getByText(/takes some 349 decisions/).waitFor();
  await page.getByLabel('Risk high').fill('1');
  await page.getByText(/takes some 799 decisions for the strictest limit/).waitFor();
  await shot(page, 'promise-editor');
  // What could never be proven is said at its field, of each limit.
  for (const [label, usual] of [
    ['At most wrong', '2'],
    ['Risk high', '1'],
  ] as const) {
    const field = page.getByLabel(label);
    await field.fill('0.00001');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText(/^From 0.0001% to under 100%/).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(usual);
    await page.getByText(/^From 0.0001% to under 100%/).waitFor({ state: 'detached' });
  }
  // What the change would do fades while it is worked out.
  await expect.poll(() => axeFaults(page), slowly).toEqual([]);
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Version 2 is in force').waitFor();
  const { body } = await admin.call<Gate>('GET /gates/plain');
  expect(body.policy).toMatchObject({
    ...{ mode: 'guaranteed', alpha: 0.02, delta: 0.05, tiers: { high: 0.01 }, spot_check: 0.05 },
  });
  await page.getByRole('tab', { name: 'Promise' }).click();
  await region(page, 'The promise')
    .getByText(/, 1% at high risk, with 95% confidence/)
    .waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
