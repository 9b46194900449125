import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { seededChance } from '../../core/src/learn/chance.ts';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { drawn, reads, region, shot, sideways, slowly, visit } from './visit.ts';

const command = fileURLToPath(new URL('../../plan/bin/wheelhouse.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-losses-'));
let browser: Browser;
let server: TestServer;
let cookie: string;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  const agent = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  cookie = (await newMember(server, ana, 'fay@example.com', 'builder')).cookie();
  await agent.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.8 } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Outputs with a loss from 0 to 1, smaller where the AI is surer, beside the verdict of somebody stern. */
function lossy(): string {
  const path = join(folder, 'losses.csv');
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

async function planned(path: string, width = 1440, theme: 'light' | 'dark' = 'light') {
  const visited = await visit(browser, { url: server.url, cookie, width, theme });
  const { page } = visited;
  await page.goto('/gates/replies?tab=plan');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(path);
  await reads(region(page, 'The first 28 days'), 'plays');
  return visited;
}
const settled = async (page: Page) => {
  await drawn(page);
  await expect.poll(() => page.locator('[aria-busy=true]').count(), slowly).toBe(0);
};

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
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  const of_page = readFileSync(await (await download).path(), 'utf8');
  const at = join(folder, 'terminal.html');
  const args = [command, 'gate', 'simulate', path, '--gate', 'replies', '--report', at];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toContain('The mean loss of what passes is at most 0.02');
  const parts = (report: string) =>
    report
      .replace(/made on [\d :-]+ UTC/, '')
      .replaceAll(/<svg.*?<\/svg>/gs, '')
      .split('\n');
  expect(parts(of_page)).toEqual(parts(readFileSync(at, 'utf8')));
  expect(faults).toEqual([]);
  await page.context().close();
});

test('[J28] a loss is chosen in place of a label, and a label in place of a loss', async () => {
  const path = join(folder, 'both.csv');
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
  const path = join(folder, 'copies.csv');
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
