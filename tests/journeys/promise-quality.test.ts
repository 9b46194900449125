import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, promising } from '../invariants/promise-talk.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse((house) => {
  ({ browser, server, ana } = house);
});

/** As many outputs as a gate has in a month, counted as if they had come. */
const month = (epoch_id: string) =>
  asOwner(server, (client) =>
    client.query(
      `insert into gate_days (workspace_id, epoch_id, day, tier, phase, bin, weight, passed,
         probability, n, labelled, wrong)
       select workspace_id, $1, current_date - 3, 'all', 'test', bin, 1, bin >= 100,
         case when bin >= 100 then 0.05 else 1 end, n, case when bin >= 100 then n / 20 else n end,
         case when bin >= 100 then (220 - bin) / 6 else n / 2 end
       from gate_epochs, (values (60, 400), (105, 900), (140, 1800), (180, 4200), (215, 7700))
         as scores (bin, n) where id = $1`,
      [epoch_id],
    ),
  );

test('[K143] the Promise tab tells how often the AI is right, with bounds, and that it is an estimate', async () => {
  const gate = await promising(server, 'right');
  const { page, context, faults } = await visit(browser, {
    ...{ url: server.url, cookie: ana.cookie() },
  });
  await gate.submit(0.9);
  await counted(server);
  await page.goto('/gates/right');
  const panel = region(page, 'How often the AI is right');
  const table = panel.getByRole('table', { name: 'How often the AI is right' });
  await table.getByRole('row', { name: /^What passed 0 nothing passed – –/ }).waitFor();
  await table.getByRole('row', { name: /^Everything.* 1 too little was judged/ }).waitFor();

  await gate.certify();
  await month((await gate.promise()).epochs[0]?.id as string);
  await panel.getByText('90 days').click();
  const passed = /^What passed 14,600 9\d(\.\d+)?%, 9\d(\.\d+)?–9\d(\.\d+)?% .* × the judgements/;
  await table.getByRole('row', { name: passed }).waitFor();
  await panel.getByText(/^Of 14,600 that passed 730 spot checks were judged/).waitFor();
  await panel.getByText(/No certificate is made of it/).scrollIntoViewIfNeeded();
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'promise-quality');
  expect(faults).toEqual([]);
  await context.close();

  for (const how of [{ theme: 'dark' as const }, { width: 390, height: 844 }]) {
    const other = await visit(browser, { url: server.url, cookie: ana.cookie(), ...how });
    await other.page.goto('/gates/right');
    const own = region(other.page, 'How often the AI is right');
    await own.getByText(/730 spot checks were judged/).scrollIntoViewIfNeeded();
    expect(await axeFaults(other.page)).toEqual([]);
    const wider = await other.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    await shot(other.page, `promise-quality-${how.theme ?? how.width}`);
    expect(other.faults).toEqual([]);
    await other.context.close();
  }
});
