import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { alarm, asOwner, promising, weak } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { reads, region, shot, sideways, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  const of = { model: 'shop', model_version: '3' };
  const alarmed = await promising(server, 'refund-replies', { ...weak, spot_check: 1 });
  await alarmed.certify(of);
  await alarm(server, alarmed, of);
  // As it was saved before it was refused that time alone approves at such a gate.
  const deadline = { expire_after_ms: 3_600_000, fallback: 'reject' };
  await promising(server, 'saved-before', { ...weak, deadline });
  const approves = { fallback: 'approve', approve_in_words: 'Small sums' };
  await asOwner(server, (client) =>
    client.query(
      `update policy_versions set definition = jsonb_set(definition::jsonb, '{policy,deadline}',
         definition::jsonb #> '{policy,deadline}' || $1::jsonb)::json
       where gate = 'saved-before'`,
      [JSON.stringify(approves)],
    ),
  );
});

const ways = [{}, { theme: 'dark' as const }, { width: 390, height: 844 }];

test('[K150] [K159] an alarm is said on Home, in what needs someone and beside its gate, and in the record', async () => {
  for (const how of ways) {
    const name = how.theme ?? how.width ?? 'light';
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/');
    const row = region(page, 'Needs someone now').getByRole('link', { name: /Refund replies/ });
    await reads(row, /Alarmed more was wrong than promised/);
    const by_gate = page.getByRole('row').filter({ hasText: 'Refund replies' });
    await reads(by_gate, /Guaranteed · Alarmed/);
    expect([how, await axeFaults(page), await sideways(page)]).toEqual([how, [], 0]);
    await shot(page, `promise-alarm-home-${name}`);
    await row.click();
    await region(page, 'The promise').getByText('Alarmed', { exact: true }).waitFor();
    await page.goto('/audit?about=settings');
    await page.getByText(/^“refund-replies”: alarm for shop 3: .* spot checks$/).waitFor();
    await page.getByText(/^“refund-replies”: certified at 0\.9\d* for shop 3$/).waitFor();
    expect([how, await axeFaults(page), await sideways(page)]).toEqual([how, [], 0]);
    await shot(page, `promise-alarm-audit-${name}`);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[K159] a gate from before it was refused that time approves says what time does, and where to change it', async () => {
  for (const how of ways) {
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/gates/saved-before');
    const notice = page.getByRole('status').filter({ hasText: 'because time is up' });
    await reads(notice, 'What nobody decides in time ends neither yes nor no.');
    expect([how, await axeFaults(page), await sideways(page)]).toEqual([how, [], 0]);
    await shot(page, `promise-expiry-${how.theme ?? how.width ?? 'light'}`);
    await notice.getByRole('link', { name: 'People and time' }).click();
    await page.getByRole('tab', { name: 'People and time', selected: true }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  }
});
