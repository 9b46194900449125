import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { reads, region, shot, sideways, toRoom, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let lena: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  await admin.call('PUT /bots/shop', { title: 'Shop bot', posture: 'off' });
});

test('[K55] [K56] a report is read with what it counts, cut by its address, and had as files', async () => {
  const at_desk = await visit(browser, { url: server.url, cookie: lena.cookie() });
  const { page } = at_desk;
  await page.goto('/');
  await toRoom(page, 'Reports');
  await page.getByText('Nothing happened in this stretch of time').waitFor();
  for (const name of ['Kim', 'Lee', 'Mo']) {
    const { body } = await admin.call<{ id: string }>('POST /conversations', {
      bot: 'shop',
      contact: { name },
    });
    const text = { from: 'contact', body: { kind: 'text', text: 'Hello' } };
    await admin.call(`POST /conversations/${body.id}/messages`, text);
    await admin.call(`POST /conversations/${body.id}/hand-off`);
    await rita.call(`POST /conversations/${body.id}/take`);
    const reply = { body: { kind: 'text', text: 'Hi' } };
    await rita.call(`POST /conversations/${body.id}/messages`, reply);
    await rita.call(`POST /conversations/${body.id}/resolve`);
  }
  await page.keyboard.press('r');
  await page.getByText('3 asked for a person').waitFor();
  await page.getByText(/clock of .+; read at/).waitFor();
  await reads(region(page, 'People').getByRole('row'), /^rita\s*3/);
  await region(page, 'What each figure counts').getByText('Wilson').first().waitFor();
  await page.getByRole('combobox', { name: 'Stretch of time' }).click();
  await page.getByRole('option', { name: 'Last 24 hours' }).click();
  await page.waitForURL(/span=day/);
  await page.reload();
  await page.getByText('3 asked for a person').waitFor();
  expect(await page.getByRole('combobox', { name: 'Stretch of time' }).inputValue()).toBe(
    'Last 24 hours',
  );
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'People as CSV' }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines[0]).toMatch(/^member,member_id,stints,handling_median_ms,/);
  expect(lines[1]).toMatch(/^rita,mem_\w+,3,/);
  await shot(page, 'reports');
  expect(await axeFaults(page)).toEqual([]);
  expect(at_desk.faults).toEqual([]);
  await at_desk.context.close();
  for (const how of [{ theme: 'dark' }, { width: 390 }] as const) {
    const other = await visit(browser, { url: server.url, cookie: lena.cookie(), ...how });
    await other.page.goto('/reports?span=day');
    await other.page.getByText('3 asked for a person').waitFor();
    expect(await axeFaults(other.page)).toEqual([]);
    expect(await sideways(other.page)).toBeLessThanOrEqual(0);
    await shot(other.page, `reports-${'width' in how ? how.width : how.theme}`);
    await other.context.close();
  }
});
