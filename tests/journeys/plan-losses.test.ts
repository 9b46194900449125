import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededChance } from '../../core/src/learn/chance.ts';
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
import { reads, region, shot, sideways } from './visit.ts';

let planning: Planning;
inPlanning('replies', { policy: { mode: 'threshold', threshold: 0.8 } }, (begun) => {
  planning = begun;
});

/** Outputs with a loss from 0 to 1, smaller where the AI is surer, beside the verdict of somebody stern. */
function lossy(): string {
  const path = join(planning.folder, 'losses.csv');
  const chance = seededChance(6);
  const share = () => chance() / 2 ** 32;
  const lines = Array.from({ length: 2_000 }, () => {
    const score = share() ** 0.3;
    const loss = share() < score ** 0.5 ? 0 : share() / 2;
    return `${score.toFixed(5)},${loss.toFixed(3)},${share() < 0.5 ? 'shop' : 'phone'}`;
  });
  writeFileSync(path, `score,loss,group\n${lines.join('\n')}\n`);
  return path;
}

async function planned(path: string, width?: number, theme?: 'light' | 'dark') {
  const visited = await planning.open(width, theme);
  await chooseFile(visited.page, path);
  await reads(weeks(visited.page), 'plays');
  return visited;
}

test('[J28] losses are planned on the page in words of their mean, and the terminal makes the same report', async () => {
  const path = lossy();
  const { page, faults } = await planned(path);
  const promise = region(page, 'The promise');
  await reads(promise, 'The mean loss of what passes is at most 0.02, with probability 95%.');
  const slider = page.getByRole('slider', { name: 'Mean loss of what passes' });
  expect(await slider.getAttribute('aria-valuetext')).toBe('0.02');
  await reads(page.getByLabel('What it costs'), /Mean loss at most\s*0\.0\d/);
  await reads(region(page, 'The first 28 days'), 'called wrong with its loss for a chance');
  await reads(region(page, 'Groups'), 'Mean loss among them');
  await promise.getByRole('button', { name: 'Numbers as a table' }).click();
  await reads(region(page, 'Mean loss against how much passes: numbers'), 'Loss in all');
  await settled(page);
  const of_page = await savedReport(page);
  const at = join(planning.folder, 'terminal.html');
  const done = simulated(path, '--gate', 'replies', '--report', at);
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toContain('The mean loss of what passes is at most 0.02');
  expect(partsOf(of_page)).toEqual(partsOf(readFileSync(at, 'utf8')));
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J28] a loss is chosen in place of a label, and a label in place of a loss', async () => {
  const path = join(planning.folder, 'both.csv');
  writeFileSync(path, `score,correct,damage\n${'.9,1,0\n.8,0,.25\n.7,1,.125\n'.repeat(200)}`);
  const { page, faults } = await planned(path);
  const panel = region(page, 'Outputs of the past');
  const promise = region(page, 'The promise');
  await reads(promise, 'at most 2% is wrong');
  await panel.getByRole('combobox', { name: 'Or its loss, 0 to 1' }).click();
  await page.getByRole('option', { name: 'damage' }).click();
  await reads(promise, 'The mean loss of what passes is at most 0.02');
  await panel.getByRole('combobox', { name: 'Correct or wrong' }).click();
  await page.getByRole('option', { name: 'correct' }).click();
  await reads(promise, 'at most 2% is wrong');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J29] copies and answers that differ in capitals alone are said where the file is', async () => {
  const path = join(planning.folder, 'copies.csv');
  const lines = Array.from({ length: 60 }, (_none, at) => {
    const answer = at % 6 ? 'refund' : 'Refund ';
    return `0.${at + 10}${(at * 37) % 100},refund,${answer}\n`;
  });
  writeFileSync(path, `score,label,predicted\n${lines.join('').repeat(20)}`);
  const { page, faults } = await planned(path);
  const panel = region(page, 'Outputs of the past');
  await reads(
    panel,
    '1,200 outputs are no more than 60 different lines, most of them there 20 times',
  );
  await reads(
    panel,
    '200 outputs count as wrong that differ from the right answer in capitals or blanks',
  );
  await shot(page, 'plan-hints');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J24] a plan of losses reads in both themes and on a phone', async () => {
  const path = lossy();
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context, faults } = await planned(path, width, theme);
      await settled(page);
      const found = await axeFaults(page);
      expect([theme, width, found, await sideways(page)]).toEqual([theme, width, [], 0]);
      for (const name of ['The promise', 'The first 28 days', 'Groups']) {
        await region(page, name).scrollIntoViewIfNeeded();
        await shot(page, `plan-losses-${theme}-${width}-${name.at(-1)}`);
      }
      expect(faults).toEqual([]);
      await context.close();
    }
  }
});
