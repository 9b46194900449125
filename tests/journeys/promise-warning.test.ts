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

/** A sixth waits; the rest passes, once that is proven, by scores within a range. */
async function come(gate: Promising, n: number, from: number, to: number): Promise<void> {
  const some = await Promise.all(
    Array.from({ length: n }, (_none, at) =>
      gate.submit(at % 6 ? from + ((at * 7) % n) * ((to - from) / n) : 0.2 + at / n / 4),
    ),
  );
  await Promise.all(some.map((one, at) => one.case_id && gate.decide(one, at % 6 > 0)));
  await counted(server);
}

test('[K140] [K142] other scores than while it was proven are marked over time and said, where as much waits as did', async () => {
  const gate = await promising(server, 'shifted', { ...weak, spot_check: 0.2 });
  const tier = async () => (await gate.promise()).epochs[0]?.tiers[0];
  for (let day = 0; day < 5; day++) {
    await until(async () => {
      await come(gate, 60, 0.8, 0.995);
      return (await tier())?.certificate;
    });
    await dayPasses(server, 'shifted');
  }
  await until(async () => {
    await come(gate, 24, 0.8, 0.83);
    return (await tier())?.warned_at;
  });
  for (const how of [{}, { theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: ana.cookie(), ...how },
    });
    await page.goto('/gates/shifted');
    const over_time = page.getByRole('figure').filter({
      has: page.getByRole('img', { name: /^How sure the AI was/ }),
    });
    await reads(over_time, /Warned: other confidences/);
    await over_time.getByRole('button', { name: 'Numbers as a table' }).click();
    await reads(over_time.getByRole('row').last(), /Warned: other confidences/);
    await page
      .getByText(/Warned for m: far more comes under 0\.8.* than when it was proven/)
      .waitFor();
    await page.getByText(/The traffic is not what it was when this was proven/).waitFor();
    const what_if = region(page, 'What if the limit had been another?');
    await what_if.getByRole('img', { name: 'Share that passes, by day' }).waitFor();
    expect([how, await axeFaults(page), await sideways(page)]).toEqual([how, [], 0]);
    const name = `promise-warned-${how.theme ?? how.width ?? 'light'}`;
    const whole = await page.evaluate(() => document.querySelector('main')?.scrollHeight ?? 0);
    await page.setViewportSize({ width: how.width ?? 1440, height: Math.min(7_000, whole + 200) });
    await expect.poll(() => what_if.locator('.uplot').count(), slowly).toBe(2);
    await shot(page, name);
    await what_if.scrollIntoViewIfNeeded();
    await shot(page, name.replace('warned', 'what-if-days'));
    expect(faults).toEqual([]);
    await context.close();
  }
});
