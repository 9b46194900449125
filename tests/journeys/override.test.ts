import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { counted, promising, weak } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

test('[G71] an admin lets more pass on the gate’s page, which says so first of all, and ends it', async () => {
  const gate = await promising(server, 'refunds');
  await gate.decide(await gate.submit(0.8));
  await counted(server);
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/refunds');
  await page.getByRole('button', { name: 'Let more pass…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passes at a confidence of').fill('0.6');
  await dialog
    .getByText('Of one output of the last thirty days 1 would pass; none do now.')
    .waitFor();
  expect(await dialog.getByRole('button', { name: 'Sign as Ana' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Why').fill('The queue is four days long before the holidays.');
  await expect.poll(() => axeFaults(page), slowly).toEqual([]);
  await shot(page, 'override-signing');
  await dialog.getByRole('button', { name: 'Sign as Ana' }).click();
  const notice = region(page, 'Not as promised');
  await notice.getByText(/^Not as promised until /).waitFor();
  await notice.getByText(/^Ana lets pass what the AI is at least 0.6 sure of, without/).waitFor();
  for (let at = 0; at < 12; at++) expect((await gate.submit(0.7)).verdict).toBe('pass');
  await counted(server);
  await page.reload();
  await notice.getByText(/^12 passed by it so far/).waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => axeFaults(page), slowly).toEqual([]);
  await shot(page, 'override');
  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/refunds');
    await region(other.page, 'Not as promised')
      .getByText(/^12 passed/)
      .waitFor();
    const wider = await other.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await expect.poll(() => axeFaults(other.page), slowly).toEqual([]);
    await shot(other.page, `override-${how.theme ?? how.width}`);
    await other.context.close();
  }
  await notice.getByRole('button', { name: 'End it now' }).click();
  await notice.waitFor({ state: 'hidden' });
  expect((await gate.submit(0.7)).verdict).toBe('hold');
  await region(page, 'What happened to it')
    .getByText(/^As promised again/)
    .waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[G72] the gate’s page says that the hours of today are spent, and what an admin can do', async () => {
  const gate = await promising(server, 'hours', { ...weak, people_hours: 0.1 });
  const [first] = await Promise.all([0.9, 0.8, 0.7].map((score) => gate.submit(score)));
  const values = { verdict: 'approve' };
  await gate.reviewer.call(`POST /cases/${first?.case_id}/answers`, { values, spent_ms: 600_000 });
  await counted(server);
  for (const how of [{}, { theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/gates/hours');
    const notice = region(page, 'People’s hours');
    await notice.getByText('The hours of today are spent: 2 wait for tomorrow').waitFor();
    await notice.getByRole('button', { name: 'Let more pass…' }).waitFor();
    await expect.poll(() => axeFaults(page), slowly).toEqual([]);
    const { theme, width } = how as { theme?: string; width?: number };
    await shot(page, `hours-${theme ?? width ?? 'light'}`);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[G70] a second reviewer is told that the first saw it otherwise than the AI, and no more', async () => {
  const [agent, reviewer] = await Promise.all([
    server.keyFor('builder'),
    server.keyFor('reviewer'),
  ]);
  await agent.call('PUT /gates/second', { policy: { mode: 'always' } });
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/second');
  await page.getByRole('tab', { name: /People|Who decides/ }).click();
  const second = page.getByLabel(/^A second person only where the first/);
  await second.check({ force: true });
  await page.getByText(/Where they say otherwise than the AI, a second is asked/).waitFor();
  await shot(page, 'second-opinion-editor');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Version 2 is in force').waitFor();
  const { body } = await agent.call<{ case_id: string }>('POST /gates/second/outputs', {
    ...{ input: 'May I return it?', content: 'Yes, within 14 days.', confidence: 0.4 },
  });
  const values = { verdict: 'reject', reason: 'It is thirty days' };
  await reviewer.call(`POST /cases/${body.case_id}/answers`, { values });
  await page.goto(`/desk/${body.case_id}`);
  const why = region(page, 'Why it is here');
  await why.getByText(/A second opinion: one person has decided otherwise than the AI/).waitFor();
  expect(await page.getByText('It is thirty days').count()).toBe(0);
  await shot(page, 'second-opinion');
  expect(faults).toEqual([]);
  await context.close();
});
