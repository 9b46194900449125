import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { newMember } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { drawn, region, slowly, visit } from './visit.ts';

const command = fileURLToPath(new URL('../../plan/bin/wheelhouse.mjs', import.meta.url));

/** Where a builder plans one gate. */
export interface Planning {
  server: TestServer;
  browser: Browser;
  cookie: string;
  /** Of files that are planned with. */
  folder: string;
  open(width?: number, theme?: 'light' | 'dark'): ReturnType<typeof visit>;
}

/** Opens a house with a gate in it and somebody who may build.
 *  @param begin takes what the tests of the file go on with */
export function inPlanning(
  gate: string,
  definition: object,
  begin: (planning: Planning) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-plan-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  inHouse(async ({ browser, server, ana }) => {
    const cookie = (await newMember(server, ana, 'fay@example.com', 'builder')).cookie();
    const agent = await server.keyFor('admin');
    await agent.call(`PUT /gates/${gate}`, definition);
    const open: Planning['open'] = async (width = 1440, theme = 'light') => {
      const visited = await visit(browser, { url: server.url, cookie, width, theme });
      await visited.page.goto(`/gates/${gate}?tab=plan`);
      await visited.page.getByRole('button', { name: 'Try with made-up outputs' }).waitFor();
      return visited;
    };
    begin({ server, browser, cookie, folder, open });
  });
}

export const weeks = (page: Page) => region(page, 'The first 28 days');

export async function chooseFile(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(path);
}

/** Once nothing is planned anew any more. */
export async function settled(page: Page): Promise<void> {
  await drawn(page);
  await expect.poll(() => page.locator('[aria-busy=true]').count(), slowly).toBe(0);
}

export async function savedReport(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the report' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** The same at the terminal, in a process of its own. */
export const simulated = (...args: string[]) =>
  spawnSync(process.execPath, [command, 'gate', 'simulate', ...args], { encoding: 'utf8' });

/** What two reports of the same plan have in common: all but when they were made, and their pictures. */
export const partsOf = (report: string): string[] =>
  report
    .replace(/made on [\d :-]+ UTC/, '')
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .split('\n');
