import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { counted, type Promising, promising, weak } from '../invariants/promise-talk.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { dayPasses } from './day-passes.ts';
import { inHouse } from './house.ts';
import { reads, region, shot, sideways, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

async function work(gate: Promising, rights: boolean[], more: object = {}): Promise<void> {
  const some = await Promise.all(
    rights.map((_right, at) => gate.submit(0.55 + ((at * 7) % 9) / 20, more)),
  );
  await Promise.all(some.map((one, at) => one.case_id && gate.decide(one, rights[at] as boolean)));
  await counted(server);
}
const mostly = (n: number, wrong_every: number) =>
  Array.from({ length: n }, (_none, at) => at % wrong_every !== 2);

test('[K133] [K139] [K164] spot checks over time stand with their interval beside what is promised, with certificates and alarms', async () => {
  const gate = await promising(server, 'stream', { ...weak, spot_check: 1 });
  const v1 = { model_version: '1' };
  const v2 = { model_version: '<img src="https://example.com/x" onerror="alert(1)">' };
  await gate.certify(v1);
  await dayPasses(server, 'stream');
  for (let day = 0; day < 3; day++) {
    await work(gate, mostly(20, 12), v1);
    await dayPasses(server, 'stream');
  }
  await gate.certify(v2);
  await work(gate, mostly(16, 9), v2);
  await until(async () => {
    await work(
      gate,
      mostly(12, 1).map(() => false),
      v1,
    );
    return (await gate.promise()).state === 'alarmed';
  });
  await work(gate, mostly(16, 5), v1);

  for (const how of [{}, { theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/gates/stream');
    const checks = region(page, 'Spot checks over time');
    await checks.locator('.uplot').nth(1).waitFor();
    const alarmed = checks.getByRole('region', { name: 'Spot checks of m 1' });
    await reads(alarmed, /Alarm/);
    const plots = page.getByRole('button', { name: /^Numbers as a table: ./ });
    const called = await plots.evaluateAll((all) => all.map((one) => one.ariaLabel));
    expect(called.length).toBeGreaterThan(5);
    expect(new Set(called).size).toBe(called.length);
    const axes = await page.locator('figure > p').allInnerTexts();
    expect(axes.length).toBeGreaterThan(called.length);
    expect(axes.filter((text) => !text.trim())).toEqual([]);
    await alarmed.getByRole('button', { name: 'Numbers as a table' }).click();
    const table = alarmed.getByRole('table');
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      ...['Day', '95% interval, high', '95% interval, low', 'Wrong of what was checked'],
      ...['Checked so far', 'Wrong', 'What happened'],
    ]);
    expect(await table.getByRole('row').count()).toBe(5);
    await reads(table.getByRole('row').last(), /Alarm/);
    await page.getByRole('slider', { name: 'Outputs from' }).press('ArrowLeft');
    expect([how, await axeFaults(page), await sideways(page)]).toEqual([how, [], 0]);
    const name = `promise-stream-${how.theme ?? how.width ?? 'light'}`;
    const whole = await page.evaluate(() => document.querySelector('main')?.scrollHeight ?? 0);
    await page.setViewportSize({ width: how.width ?? 1440, height: Math.min(6_000, whole + 200) });
    await expect.poll(() => checks.locator('.uplot').count(), slowly).toBeGreaterThan(1);
    await shot(page, name);
    expect(faults).toEqual([]);
    await context.close();
  }
  await filed();
});

/** The report of the same gate, saved, opened and printed. */
async function filed(): Promise<void> {
  const { page, context, faults } = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await page.goto('/gates/stream');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('promise-stream.html');
  const text = await readFile(await file.path(), 'utf8');
  const filed = await context.newPage();
  const asked: string[] = [];
  filed.on('request', ({ url }) => asked.push(url()));
  await filed.setContent(text);
  expect([asked, await filed.locator('img, script, [onerror]').count()]).toEqual([[], 0]);
  for (const part of [
    ...['At most 30% of what passes is wrong', 'm <img src=', 'Certificate', 'cert_', 'e-value'],
    ...['95% at every look', 'Alarm for m 1: more of what passed was wrong', 'Began to learn'],
    ...['Attempt at the proof', 'it had to reach', 'Share by weight', 'Has to reach'],
    ...['How sure the AI was', 'How often the AI is right', 'Groups', 'Errors by how much passes'],
    ...['by the server’s clock', 'Whether the score means what it says'],
    ...['What it rests on', 'made by Ana', 'Wheelhouse 0.'],
  ]) {
    await reads(filed.locator('main'), part);
  }
  const plots = filed.getByRole('img', { name: 'Share of spot checks that were wrong' });
  expect(await plots.count()).toBeGreaterThan(0);
  expect(await axeFaults(filed)).toEqual([]);
  // A caption is read whole on a phone, however wide its table is.
  await filed.setViewportSize({ width: 390, height: 844 });
  const cut_off = await filed
    .locator('caption span')
    .evaluateAll(
      (spans) => spans.filter((span) => span.getBoundingClientRect().right > 390).length,
    );
  expect(cut_off).toBe(0);
  await shot(filed, 'promise-report-phone');
  await filed.setViewportSize({ width: 1000, height: 844 });
  await shot(filed, 'promise-report');
  const pdf = (await filed.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
  expect(faults).toEqual([]);
  await context.close();
}
