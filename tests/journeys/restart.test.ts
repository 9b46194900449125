import { Wheelhouse } from '@wheelhouse/sdk';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, personAt } from '../../server/src/testing/person.ts';
import { caller } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { type Program, startProgram } from './program.ts';
import { act, region, row, visit } from './visit.ts';

const key = 'wh_journey_key_0123456789abcdef';
let browser: Browser;
let program: Program;
beforeAll(async () => {
  built();
  [browser, program] = await Promise.all([
    openBrowser(),
    startProgram({ WHEELHOUSE_SEED: 'none', WHEELHOUSE_API_KEY: key }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await program?.clear();
});

test('[J4] stopped, then killed, in the middle of a wait: the page says it is old, and the decision arrives', async () => {
  const { url } = program;
  await caller(url, key).call('PUT /gates/refunds', {
    title: 'Refunds',
    policy: { mode: 'always' },
    action: { name: 'refund', arguments_schema: { type: 'object' } },
  });
  const link = await program.says(/(http\S+\/enrol\?token=\S+)/);
  const ana = personAt(url);
  const token = new URL(link).searchParams.get('token');
  await ana.call('POST /enrolments', { token, name: 'Ana', email: 'ana@example.com', password });
  const { page } = await visit(browser, { url, cookie: ana.cookie() });
  await page.goto('/desk');

  const agent = new Wheelhouse({ url, key });
  const live = () => page.getByRole('img', { name: /^Live/ }).first().waitFor();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await live();
    const { id } = await agent.submit('refunds', {
      action: { name: 'refund', arguments: { order: signal, amount: 40 } },
    });
    const outcome = agent.wait(id, { timeout_ms: 90_000 }).then((output) => output.outcome);
    outcome.catch(() => {});
    await row(page, signal).getByRole('button').click();
    await page.getByText('You hold this').waitFor();
    await page.getByLabel('Write a note').fill(`Kept over ${signal}`);

    await program.end(signal);
    await page.getByText(/Shown as of \d\d:\d\d/).waitFor();
    await page
      .getByRole('img', { name: /^Connection lost/ })
      .first()
      .waitFor();
    // What was on screen stays readable, and so does what was being written.
    await region(page, 'What would happen').filter({ hasText: signal }).waitFor();
    expect(await page.getByLabel('Write a note').inputValue()).toBe(`Kept over ${signal}`);

    await program.again();
    await live();
    await page.getByText(/Shown as of/).waitFor({ state: 'detached' });
    await act(page, /^Approve/).click();
    await expect(outcome).resolves.toMatchObject({ status: 'approved' });
    await expect(agent.claim(id)).resolves.toMatchObject({
      action: { arguments: { order: signal } },
    });
    await row(page, signal).waitFor({ state: 'detached' });
  }
});
