import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { decided } from '../invariants/agreement-talk.ts';
import { promising } from '../invariants/promise-talk.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

test('[G82] [G83] a gate is told to learn what people agree with, and says what that is worth', async () => {
  const gate = await promising(server, 'refunds');
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/refunds');
  await page.getByRole('tab', { name: 'Policy' }).click();
  const learned_here = page.getByRole('radio', { name: /^Whether people agree/ });
  await learned_here.check();
  await page.getByText(/takes some 2\d\d decisions/).waitFor();
  await learned_here.scrollIntoViewIfNeeded();
  await shot(page, 'agreement-editor');
  await expect.poll(() => axeFaults(page), slowly).toEqual([]);
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Version 2 is in force').waitFor();

  await decided(server, gate, 20);
  await page.getByRole('tab', { name: 'Promise' }).click();
  await page.getByText(/^It first learns what people agree with/).waitFor();
  await shot(page, 'agreement-learning');
  await decided(server, gate, 180);
  await until(async () => (await gate.promise()).epochs[0]?.agreement);
  await decided(server, gate, 120);
  await until(async () => (await gate.promise()).state === 'certified');
  await page.reload();
  await page.getByText(/^Goes by whether people agree, learned from 200 decisions/).waitFor();
  await page.getByText(/What people agree with at a chance of at least [\d.]+ passes/).waitFor();
  await region(page, 'What happened to it').getByText('Learned what people agree with').waitFor();
  await page.getByText(/^In the mean the agreement was [\d.]+% apart/).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'agreement-learned');
  await page.getByText(/^In the mean the agreement/).scrollIntoViewIfNeeded();
  await shot(page, 'agreement-calibration');
  expect(faults).toEqual([]);
  await context.close();

  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/refunds');
    await other.page.getByText(/^Goes by whether people agree/).waitFor();
    expect(await axeFaults(other.page)).toEqual([]);
    await shot(other.page, `agreement-learned-${how.theme ?? how.width}`);
    await other.context.close();
  }
});
