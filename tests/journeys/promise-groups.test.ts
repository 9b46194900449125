import type { Browser, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, promising, weak } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

test('[G61] the Promise tab tells of each group what passes, how much of it is wrong, and where too few were checked', async () => {
  const gate = await promising(server, 'replies', { ...weak, spot_check: 1 });
  await gate.certify({ groups: { language: 'de', channel: 'mail' } });
  const pass = (groups: object, count: number, wrong: number) =>
    Promise.all(
      Array.from({ length: count }, async (_none, at) => {
        const one = await gate.submit(0.93, { groups });
        await gate.decide(one, at >= wrong);
      }),
    );
  await pass({ language: 'de', channel: 'mail' }, 40, 1);
  await pass({ language: 'fr', channel: 'chat' }, 3, 1);
  await pass({ language: 'ar', channel: 'chat' }, 14, 12);
  for (let at = 0; at < 9; at++) await gate.submit(0.2, { groups: { language: 'fr' } });
  await counted(server);

  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/replies');
  const groups = region(page, 'Groups');
  const languages = groups.getByRole('table', { name: 'Groups by language' });
  await languages.getByRole('row', { name: /^de .*within α: 40 spot checks/ }).waitFor();
  await languages.getByRole('row', { name: /^fr .*too few to tell: 3 spot checks of/ }).waitFor();
  await languages.getByRole('row', { name: /^ar .*Over α: 85\.7%/ }).waitFor();
  const channels = groups.getByRole('table', { name: 'Groups by channel' });
  await channels.getByRole('row', { name: /^Not given 9 0%/ }).waitFor();
  await groups.getByRole('img', { name: /by language/ }).scrollIntoViewIfNeeded();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'promise-groups');
  expect(faults).toEqual([]);
  await context.close();

  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/replies');
    const panel = region(other.page, 'Groups');
    await panel
      .getByText(/^Over α/)
      .first()
      .scrollIntoViewIfNeeded();
    expect(await axeFaults(other.page)).toEqual([]);
    const wider = await other.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await shot(other.page, `promise-groups-${how.theme ?? how.width}`);
    expect(other.faults).toEqual([]);
    await other.context.close();
  }
});

test('[G62] a gate is told in the editor to prove each group by itself, and by risk as well it says why not', async () => {
  const gate = await promising(server, 'each');
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await page.goto('/gates/each');
  await page.getByRole('tab', { name: 'Policy' }).click();
  await page.getByLabel('At most wrong').fill('5');
  await page.getByLabel('Confidence', { exact: true }).fill('95');
  await page.getByLabel('Groups by').fill('language');
  for (const value of ['de', 'fr']) {
    await page.getByRole('combobox', { name: 'Groups' }).fill(value);
    await page.keyboard.press('Enter');
  }
  await page.getByText(/takes some 1\d\d decisions of each group/).waitFor();
  await page.getByLabel('Risk high').fill('1');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page
    .getByText(/divided by group, or by risk and cost/)
    .first()
    .waitFor();
  await page.getByLabel('Risk high').fill('');
  await shot(page, 'promise-certify-by');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await page.getByText('Version 2 is in force').waitFor();
  await page.getByRole('tab', { name: 'Promise' }).click();
  await region(page, 'The promise')
    .getByText(/for each language by itself \(de, fr, all others\)/)
    .waitFor();
  await gate.submit(0.9, { groups: { language: 'fr' } });
  await region(page, 'language: fr').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

/** Down in one go: what is answered in between takes the plot from nobody's hand. */
async function dragLimit(page: Page, panel: Locator) {
  const plot = panel.getByRole('img', { name: 'Wrong of what passes, against how much passes' });
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the plot is not drawn');
  const limit = panel.getByLabel('At most wrong of what passes');
  const chosen = async () => Number.parseFloat(await limit.inputValue());
  const dragTo = (part: number) =>
    page.mouse.move(box.x + box.width / 2, box.y + box.height * part, { steps: 4 });
  await dragTo(0.6);
  await page.mouse.down();
  await expect.poll(chosen).not.toBe(30);
  const first = await chosen();
  await panel.getByRole('row', { name: /^At (?!30%)/ }).waitFor();
  await dragTo(0.75);
  await expect.poll(chosen).toBeLessThan(first);
  await page.mouse.up();
}

test('[G63] [G98] the Promise tab tells what another limit would have done, and what it cannot tell', async () => {
  const gate = await promising(server, 'past');
  await gate.certify();
  await asOwner(server, async (client) => {
    await client.query('update gate_days set day = day - 2');
    await client.query("update gate_epochs set began_at = began_at - interval '3 days'");
  });
  await Promise.all(
    Array.from({ length: 60 }, async (_none, at) => {
      const one = await gate.submit(at < 20 ? 0.3 : 0.95);
      if (one.case_id) await gate.decide(one, at % 9 !== 0);
    }),
  );
  await counted(server);
  for (const how of [{}, { theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/gates/past');
    const panel = region(page, 'What if the limit had been another?');
    const answers = panel.getByRole('table', { name: 'As it was, and as it would have been' });
    await answers.getByRole('row', { name: /^At 30% 40 .* to .*judged/ }).waitFor();
    await panel.getByLabel('At most wrong of what passes').fill('0.1');
    await answers.getByRole('row', { name: /^At 0\.1% 0 \(0%\) .* nothing passes/ }).waitFor();
    await panel.getByText(/0\.1% would not have been proven/).waitFor();
    await panel.getByLabel('At most wrong of what passes').fill('30');
    await answers.getByRole('row', { name: /^At 30% 40/ }).waitFor();
    await panel.getByText(/30% is proven from .* and would bear \d+ more/).waitFor();
    await dragLimit(page, panel);
    await panel.getByText(/Nothing under 0\.3 was ever judged/).scrollIntoViewIfNeeded();
    expect(await axeFaults(page)).toEqual([]);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await shot(page, `promise-what-if-${how.theme ?? how.width ?? 'light'}`);
    expect(faults).toEqual([]);
    await context.close();
  }
});
