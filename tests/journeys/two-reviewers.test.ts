import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { act, reads, region, row, slowly, type Visit, visit } from './visit.ts';

const minute = 60_000;
const time = virtualTime();
let browser: Browser;
let server: TestServer;
let agent: Caller;
let people: Person[];
let [cleo, dora]: Visit[] = [];

beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  people = [
    await newMember(server, ana, 'cleo@example.com', 'reviewer'),
    await newMember(server, ana, 'dora@example.com', 'reviewer'),
  ];
  await agent.call('PUT /gates/letters', {
    title: 'Letters',
    queue: 'letters',
    policy: { mode: 'always', lease_ms: 5 * minute },
  });
  browser = await openBrowser();
  [cleo, dora] = await Promise.all(
    people.map((person) => visit(browser, { url: server.url, cookie: person.cookie() })),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const submit = (reply: string) =>
  agent.call('POST /gates/letters/outputs', { input: { text: `About ${reply}` }, content: reply });
const both = () => [cleo as Visit, dora as Visit] as const;

test('[J3] [K5] one holds it, the other sees who and cannot decide; decided, it leaves both lists', async () => {
  const [{ page: hers }, { page: theirs }] = both();
  await Promise.all([hers.goto('/desk'), theirs.goto('/desk')]);
  await submit('the late parcel');
  await row(theirs, 'the late parcel').waitFor();
  await row(hers, 'the late parcel').getByRole('button').click();
  await hers.getByText('You hold this').waitFor();
  await reads(row(theirs, 'the late parcel'), 'held by cleo');
  await row(theirs, 'the late parcel').getByRole('button').click();
  await theirs.getByRole('note').filter({ hasText: 'Cleo works on this now' }).waitFor();
  for (const name of [/^Approve/, /^Reject/, /^Skip/]) {
    expect(await act(theirs, name).isDisabled()).toBe(true);
  }
  // Keys are no way round it.
  await theirs.keyboard.press('a');
  await act(hers, /^Approve/).click();
  await region(theirs, 'What was decided').filter({ hasText: 'Approved' }).waitFor();
  await reads(region(theirs, 'What was decided'), 'cleo');
  for (const page of [hers, theirs]) {
    await row(page, 'the late parcel').waitFor({ state: 'detached' });
  }
});

test('[J3] two decisions on one case: the first stands, the second is taken back aloud and names who won', async () => {
  const [{ page: hers }, { page: theirs, faults }] = both();
  // Dora's page hears nothing from now on, as behind a dead connection.
  await theirs.route('**/api/v1/events', (route) => route.abort());
  await theirs.goto('/desk');
  const said = await submit('the broken cup');
  const { case_id } = said.body as { case_id: string };
  await theirs.goto(`/desk/${case_id}`);
  await theirs.getByRole('button', { name: 'Take it' }).click();
  await theirs.getByText('You hold this').waitFor();
  // Her hold lapses unseen, and Cleo decides.
  time.advance(6 * minute);
  await hers.goto(`/desk/${case_id}`);
  // Until the lapsed place is swept, within a second, a claim comes away with empty hands.
  const held = async () => {
    if (await hers.getByText('You hold this').isVisible()) return true;
    const claim = hers.getByRole('button', { name: 'Take it' });
    if (await claim.isVisible()) await claim.click({ timeout: 5_000 }).catch(() => {});
    return false;
  };
  await expect.poll(held, slowly).toBe(true);
  await act(hers, /^Approve/).click();
  await hers.getByRole('status').filter({ hasText: 'Approved' }).waitFor();

  await act(theirs, /^Reject/).click();
  const word = theirs.getByRole('alert').filter({ hasText: 'Not decided' });
  await reads(word, /Cleo was first: approved/);
  await word.getByRole('button', { name: /Open it/ }).click();
  await region(theirs, 'What was decided').filter({ hasText: 'Approved' }).waitFor();
  const kept = await agent.call<{ resolution: { outcome: string } }>(`GET /cases/${case_id}`);
  expect(kept.body.resolution).toMatchObject({ outcome: 'approved' });
  expect(faults.filter((fault) => !/ERR_FAILED|status of 409/.test(fault))).toEqual([]);
  await theirs.unroute('**/api/v1/events');
});

test('[J3] both take the next at once and get different cases', async () => {
  const [{ page: hers }, { page: theirs }] = both();
  await Promise.all(['one', 'two', 'three', 'four'].map((name) => submit(`the ${name}th shoe`)));
  await Promise.all([hers.goto('/desk'), theirs.goto('/desk')]);
  await Promise.all(
    [hers, theirs].map((page) => page.getByRole('button', { name: 'Take the next case' }).click()),
  );
  for (const page of [hers, theirs]) await page.getByText('You hold this').waitFor();
  const [one, other] = await Promise.all(
    [hers, theirs].map((page) => page.getByRole('article').getAttribute('aria-label')),
  );
  expect(one).not.toBe(other);
  for (const page of [hers, theirs]) await act(page, /^Approve/).click();
  const left = async () =>
    (await agent.call<{ rows: unknown[] }>('GET /cases?view=waiting')).body.rows.length;
  await expect.poll(left, slowly).toBe(2);
});
