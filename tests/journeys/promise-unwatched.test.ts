import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, promising, type Submitted, weak } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { reads, region, shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

/** As if all that waits had come so many days before. */
const days = (count: number) =>
  asOwner(server, async (client) => {
    const back = `- interval '${count} days'`;
    await client.query(`update cases set created_at = created_at ${back}`);
    await client.query(`update gate_epochs set began_at = began_at ${back}`);
    await client.query(`update gate_tiers set unwatched_at = unwatched_at ${back}`);
  });

test('[G54] a promise that nobody watches says so on its page and to leads at home, and that it holds, and is as it was once they judge', async () => {
  const gate = await promising(server, 'refunds', { ...weak, spot_check: 1 });
  await gate.certify();
  const some: Submitted[] = [];
  for (let at = 0; at < 30; at++) some.push(await gate.submit(0.9 + at / 400));
  await days(4);
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/refunds');
  const promise = region(page, 'The promise');
  await promise.getByText('Certified, not watched', { exact: true }).waitFor();
  await reads(promise, 'but it has not been watched since');
  await page.getByText(/: 30 spot checks have waited for more than three days/).waitFor();
  await page.getByText(/^Not watched for m: 30 spot checks wait for people/).waitFor();
  await days(2);
  await page.reload();
  await page.getByRole('link', { name: 'A lead is asked who judges them' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'promise-unwatched');

  await page.goto('/');
  const attention = region(page, 'Needs someone now');
  await attention.getByText('nobody judges the spot checks of what passes').first().waitFor();
  await shot(page, 'home-unwatched');
  await attention.getByRole('link', { name: /Not watched/ }).click();
  await promise.getByText('Certified, not watched', { exact: true }).waitFor();

  await days(2);
  await promise.getByText('Unwatched', { exact: true }).waitFor();
  await reads(promise, 'Everything of what is not watched waits until they are judged');
  expect(faults).toEqual([]);
  await context.close();
  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/refunds');
    await region(other.page, 'The promise').getByText('Unwatched', { exact: true }).waitFor();
    expect(await axeFaults(other.page)).toEqual([]);
    await shot(other.page, `promise-unwatched-${how.theme ?? how.width}`);
    await other.context.close();
  }

  await Promise.all(some.map((one) => gate.decide(one)));
  await counted(server);
  const after = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await after.page.goto('/gates/refunds');
  await region(after.page, 'The promise').getByText('Certified', { exact: true }).waitFor();
  await after.page.getByText('Watched again for m: its spot checks are judged').waitFor();
  await after.context.close();
});
