import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { axeFaults } from './axe.ts';
import {
  chooseFile,
  inPlanning,
  type Planning,
  partsOf,
  savedReport,
  settled,
  simulated,
  weeks,
} from './plan-talk.ts';
import { drawn, reads, region, shot, sideways, slowly } from './visit.ts';

let planning: Planning;
const promise = { mode: 'guaranteed', alpha: 0.05, delta: 0.05 };
inPlanning(
  'refunds',
  { policy: { ...promise, tiers: { high: 0.02 }, cost_tiers: [{ from_usd: 500, alpha: 0.03 }] } },
  (begun) => {
    planning = begun;
  },
);

/** Outputs with a risk and a cost, mostly right where the AI is sure. */
function costly(): string {
  const path = join(planning.folder, 'costly.csv');
  const lines = Array.from({ length: 2_400 }, (_none, at) => {
    const score = ((at * 7_919) % 1_000) / 1_000;
    const right = score > 0.3 || (at * 31) % 5 > 1;
    return `${score},${right ? 'correct' : 'wrong'},${['high', 'low', ''][at % 3]},${(at * 17) % 600}`;
  });
  writeFileSync(path, `score,label,risk,cost\n${lines.join('\n')}\n`);
  return path;
}

test('[J25] a plan begins with the tiers of its gate; each limit is moved by itself, and all come to one day', async () => {
  const { page, faults } = await planning.open();
  await page.getByRole('button', { name: 'Try with made-up outputs' }).click();
  await reads(weeks(page), 'plays the gate opens for the first of its tiers');
  const promise = region(page, 'The promise');
  await reads(
    promise,
    'at most 2% of risk high, 3% of cost from $500 and 5% of all others is wrong',
  );
  const tiers = region(page, 'Tiers');
  for (const name of ['Risk high', 'Cost from $500', 'All others', 'All together']) {
    await reads(tiers, name);
  }
  const slider = page.getByRole('slider', { name: 'Share of what passes that may be wrong' });
  expect(await slider.getAttribute('aria-valuetext')).toBe('5%');
  await promise.getByRole('combobox', { name: 'Limit of' }).click();
  await page.getByRole('option', { name: 'Risk high' }).click();
  await expect.poll(() => slider.getAttribute('aria-valuetext'), slowly).toBe('2%');
  for (let key = 0; key < 12; key++) await slider.press('ArrowRight');
  await reads(
    promise,
    'at most 5% of risk high, 3% of cost from $500 and 5% of all others is wrong',
  );
  await reads(tiers, /Risk high\s*5%/);
  // A limit that loosens as more is at stake: the gate would refuse it, and it is said at once.
  await promise.getByRole('combobox', { name: 'Limit of' }).click();
  await page.getByRole('option', { name: 'Cost from $500' }).click();
  for (let key = 0; key < 12; key++) await slider.press('ArrowRight');
  await reads(promise, 'A gate would refuse a limit that is looser than the 0.05 of "alpha"');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J26] a file that tells no risk says so, and is planned once its column is named or none is taken', async () => {
  const path = join(planning.folder, 'plain.csv');
  writeFileSync(
    path,
    `score,label,danger\n${'.9,correct,high\n.8,correct,low\n.1,wrong,\n'.repeat(300)}`,
  );
  const { page, faults } = await planning.open();
  await chooseFile(page, path);
  const panel = region(page, 'Outputs of the past');
  await reads(panel, 'limits of its own by risk and cost, and');
  await panel.getByRole('combobox', { name: 'Risk' }).click();
  await page.getByRole('option', { name: 'danger' }).click();
  await reads(panel, 'limits of its own by cost, and');
  expect(await panel.getByRole('combobox', { name: 'Risk' }).inputValue()).toBe('danger');
  await panel.getByRole('button', { name: 'Plan without' }).click();
  await reads(panel, '900 judged outputs');
  await reads(region(page, 'Tiers'), /Risk high\s*2%\s*300/);
  await reads(region(page, 'Tiers'), /Cost from \$500\s*3%\s*0/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J25] the terminal makes the same report of the same file and tiers', async () => {
  const { page, faults } = await planning.open();
  const path = costly();
  await chooseFile(page, path);
  await reads(weeks(page), 'plays the gate opens');
  await settled(page);
  const of_page = await savedReport(page);
  const at = join(planning.folder, 'terminal.html');
  const limits = ['--alpha', '.05', '--tiers', 'high=.02', '--cost-tiers', '500=.03'];
  const done = simulated(path, ...limits, '--gate', 'refunds', '--report', at);
  expect(done.stdout).toMatch(/\n {2}Risk high +2% +\d+ +/);
  expect(partsOf(of_page)).toEqual(partsOf(readFileSync(at, 'utf8')));
  expect(of_page).toContain('<h2>Tiers</h2>');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J24] a plan with tiers reads in both themes and on a phone, and so does its report', async () => {
  const report = join(planning.folder, 'shown.html');
  const limits = ['--alpha', '.05', '--tiers', 'high=.02', '--cost-tiers', '500=.03'];
  simulated(costly(), ...limits, '--report', report);
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context, faults } = await planning.open(width, theme);
      await page.getByRole('button', { name: 'Try with made-up outputs' }).click();
      await reads(weeks(page), 'plays the gate opens');
      await drawn(page);
      const found = await axeFaults(page);
      expect([theme, width, found, await sideways(page)]).toEqual([theme, width, [], 0]);
      for (const name of ['The promise', 'Tiers']) {
        await region(page, name).scrollIntoViewIfNeeded();
        await shot(page, `plan-tiers-${theme}-${width}-${name.at(-1)}`);
      }
      expect(faults).toEqual([]);
      await page.setContent(readFileSync(report, 'utf8'));
      const over = await page.evaluate(() => document.body.scrollWidth - window.innerWidth);
      expect([theme, width, over]).toEqual([theme, width, 0]);
      await shot(page, `plan-tiers-report-${theme}-${width}`);
      await context.close();
    }
  }
});
