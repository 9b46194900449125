import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
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
import { drawn, reads, region, shot, sideways, slowly, visit } from './visit.ts';

let planning: Planning;
inPlanning(
  'replies',
  { title: 'Replies', policy: { mode: 'threshold', threshold: 0.8 } },
  (begun) => {
    planning = begun;
  },
);

const costs = (page: Page) => page.getByLabel('What it costs');
async function tryMadeUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try with made-up outputs' }).click();
  await reads(weeks(page), 'plays the gate opens');
  await drawn(page);
}

test('[J22] a builder plans a gate with a file: α by keys, people, first weeks, groups, numbers', async () => {
  const { page, faults } = await planning.open();
  await tryMadeUp(page);
  await reads(region(page, 'Outputs of the past'), '6,000 judged outputs');
  const promise = region(page, 'The promise');
  await reads(promise, 'at most 2% is wrong, with probability 95%');
  const before = await costs(page).innerText();
  const slider = page.getByRole('slider', { name: 'Share of what passes that may be wrong' });
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await reads(promise, 'at most 2.5% is wrong');
  expect(await slider.getAttribute('aria-valuetext')).toBe('2.5%');
  expect(await costs(page).innerText()).not.toBe(before);
  await reads(region(page, 'Groups'), 'Over α');

  // The same by dragging in the plot: from the middle up, α is larger.
  const plot = page.getByRole('img', { name: 'Error against how much passes' });
  const box = await plot.boundingBox();
  if (!box) throw new Error('the plot is not drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const chosen = async () => Number.parseFloat((await slider.getAttribute('aria-valuetext')) ?? '');
  const dragTo = (part: number) =>
    page.mouse.move(box.x + box.width / 2, box.y + box.height * part, { steps: 6 });
  // Up over where the scale will reach farther, and down again without letting go.
  await dragTo(0.04);
  await expect.poll(chosen, slowly).toBeGreaterThanOrEqual(5);
  await dragTo(0.8);
  await expect.poll(chosen, slowly).toBeLessThan(2.5);
  await dragTo(0.04);
  await page.mouse.up();
  await expect.poll(chosen, slowly).toBeGreaterThanOrEqual(5);

  await promise.getByRole('button', { name: 'Numbers as a table' }).click();
  const numbers = region(page, 'Error against how much passes: numbers').getByRole('row');
  expect(await numbers.count()).toBeGreaterThan(100);
  const outputs = page.getByRole('textbox', { name: 'Outputs a day' });
  await outputs.fill('2000');
  await expect.poll(() => costs(page).innerText(), slowly).toContain('33.3 h');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[K134] a plan begins with what its gate promises, and outlives a look at another tab', async () => {
  const { server, browser, cookie } = planning;
  const agent = await server.keyFor('admin');
  const policy = { mode: 'guaranteed', alpha: 0.05, delta: 0.1 };
  await agent.call('PUT /gates/promised', { policy });
  const { page, context, faults } = await visit(browser, { url: server.url, cookie });
  await page.goto('/gates/promised?tab=plan');
  await tryMadeUp(page);
  await reads(region(page, 'The promise'), 'at most 5% is wrong, with probability 90%');
  const delta = page.getByLabel('Chance that the promise fails (δ)');
  await delta.fill('60');
  await page.getByText('From 0.0001% to 50%').waitFor();
  await delta.fill('10');
  await page.getByText('From 0.0001% to 50%').waitFor({ state: 'detached' });
  const slider = page.getByRole('slider', { name: 'Share of what passes that may be wrong' });
  await slider.press('ArrowLeft');
  const chosen = await slider.getAttribute('aria-valuetext');
  expect(chosen).not.toBe('5%');
  await page.getByRole('tab', { name: 'Versions' }).click();
  await region(page, 'Outputs of the past').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Plan' }).click();
  await reads(region(page, 'Outputs of the past'), '6,000 judged outputs');
  await slider.waitFor();
  expect(await slider.getAttribute('aria-valuetext')).toBe(chosen);
  expect(faults).toEqual([]);
  await context.close();
});

test('[J22] a file with columns of other names is read once they are named, its faults by line', async () => {
  const { page, faults } = await planning.open();
  const path = join(planning.folder, 'odd.csv');
  writeFileSync(path, `sure,fine\n${'0.9,1\n0.8,1\n0.2,0\n'.repeat(100)}lots,1\n`);
  await chooseFile(page, path);
  const panel = region(page, 'Outputs of the past');
  await reads(panel, 'no column is named like "score"');
  for (const [field, column] of [
    ['Confidence', 'sure'],
    ['Correct or wrong', 'fine'],
  ] as const) {
    await panel.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: column }).click();
    await drawn(page);
  }
  await reads(panel, '300 judged outputs');
  await reads(panel, 'Line 302, sure: must be a number from 0 to 1, not "lots"');
  await reads(region(page, 'The promise'), /would pass|Not yet/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[K135] [K137] several model versions are said and one is chosen; a field keeps the keys while it is planned anew', async () => {
  const { page, faults } = await planning.open();
  const path = join(planning.folder, 'versions.jsonl');
  const lines = Array.from({ length: 900 }, (_none, at) => {
    const version = at % 3 ? '8' : '7';
    return JSON.stringify({ score: (at % 100) / 100, correct: at % 7 > 0, version });
  });
  writeFileSync(path, lines.join('\n'));
  await chooseFile(page, path);
  const panel = region(page, 'Outputs of the past');
  await reads(
    panel,
    'outputs of 2 model versions: 8 (600), 7 (300). They are planned with together',
  );
  const plan_with = panel.getByRole('combobox', { name: 'Plan with' });
  await plan_with.press('Enter');
  await page.getByRole('option', { name: 'Only 7' }).click();
  await reads(panel, '300 judged outputs');
  await reads(panel, 'Only 7 is planned with.');
  expect(await focused(page)).toBe('Plan with');
  await reads(weeks(page), 'plays');

  const chance = page.getByRole('textbox', { name: 'Chance that the promise fails (δ)' });
  await chance.fill('10');
  await reads(region(page, 'The promise'), 'with probability 90%');
  await settled(page);
  expect(await focused(page)).toBe('Chance that the promise fails (δ)');
  expect(faults).toEqual([]);
  await page.context().close();
});
/** The name of the field that the keys go to. */
const focused = (page: Page) =>
  page.evaluate(
    () => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent,
  );

test('[J23] the page and the terminal make the same report of the same file', async () => {
  const { page, faults } = await planning.open();
  const path = join(planning.folder, 'outputs.csv');
  const lines = Array.from({ length: 900 }, (_none, at) => {
    const score = (at % 100) / 100;
    return `${score},${score > 0.4 || at % 3 ? 'correct' : 'wrong'},${at % 2 ? 'a' : 'b'}`;
  });
  writeFileSync(path, `score,label,group\n${lines.join('\n')}\n`);
  await chooseFile(page, path);
  await reads(weeks(page), 'plays the gate opens');
  const of_page = await savedReport(page);
  const at = join(planning.folder, 'terminal.html');
  expect(simulated(path, '--gate', 'replies', '--report', at).status).toBe(0);
  expect(partsOf(of_page)).toEqual(partsOf(readFileSync(at, 'utf8')));
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J24] the plan reads in both themes and on a phone, empty and filled, without a fault of axe', async () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context, faults } = await planning.open(width, theme);
      await drawn(page);
      await shot(page, `plan-empty-${theme}-${width}`);
      expect([theme, width, await axeFaults(page)]).toEqual([theme, width, []]);
      await tryMadeUp(page);
      await page.getByText('What it rests on, and').click();
      const found = await axeFaults(page);
      expect([theme, width, found, await sideways(page)]).toEqual([theme, width, [], 0]);
      await shot(page, `plan-${theme}-${width}`);
      for (const [at, name] of [
        [1, 'The promise'],
        [2, 'The first 28 days'],
        [3, 'Report'],
      ] as const) {
        await region(page, name).scrollIntoViewIfNeeded();
        await shot(page, `plan-${theme}-${width}-${at}`);
      }
      expect(faults).toEqual([]);
      await context.close();
    }
  }
});
