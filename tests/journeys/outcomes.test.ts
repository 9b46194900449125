import { Wheelhouse } from '@wheelhouse/sdk';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { act, region, row, visit } from './visit.ts';

const minute = 60_000;
const time = virtualTime();
let browser: Browser;
let server: TestServer;
let program: Caller;
let agent: Wheelhouse;
let page: Page;
let faults: string[];
let ana: Person;

const refund = {
  name: 'refund',
  arguments_schema: {
    type: 'object',
    properties: {
      order: { type: 'string' },
      amount: { type: 'number', minimum: 0, maximum: 5_000 },
    },
    required: ['order', 'amount'],
    additionalProperties: false,
  },
};

beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  ana = await firstAdmin(server);
  const ben = await newMember(server, ana, 'ben@example.com', 'reviewer');
  program = await server.keyFor('admin');
  agent = new Wheelhouse({ url: server.url, key: program.key });
  await program.call('PUT /gates/refunds', {
    title: 'Refunds',
    queue: 'refunds',
    policy: { mode: 'always' },
    action: refund,
  });
  await program.call('PUT /gates/urgent', {
    title: 'Urgent refunds',
    queue: 'refunds',
    policy: { mode: 'always', deadline: { expire_after_ms: 10 * minute } },
    action: refund,
  });
  await program.call('PUT /gates/second-thoughts', {
    title: 'Refunds that can be taken back',
    queue: 'refunds',
    policy: { mode: 'always', undo_ms: 30 * minute },
    action: refund,
  });
  browser = await openBrowser();
  ({ page, faults } = await visit(browser, { url: server.url, cookie: ben.cookie() }));
  await page.goto('/desk');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Asks for a refund, waits for its outcome, and opens its case at the desk. */
async function asked(gate: string, order: string, amount = 1200) {
  const { id } = await agent.submit(gate, {
    action: { name: 'refund', arguments: { order, amount } },
  });
  const outcome = agent.wait(id, { timeout_ms: 50_000 }).then((output) => output.outcome);
  outcome.catch(() => {});
  await row(page, order).getByRole('button').click();
  await region(page, 'What would happen').filter({ hasText: order }).waitFor();
  return { id, outcome };
}

const refusedWith = (code: string) => expect.objectContaining({ code });
const decided = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

test('[J2] approved: the caller that waits hears it, and may act once', async () => {
  const { id, outcome } = await asked('refunds', 'A-100');
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('not_decided'));
  await act(page, /^Approve/).click();
  await expect(outcome).resolves.toMatchObject({ status: 'approved' });
  await expect(agent.claim(id)).resolves.toMatchObject({
    action: { arguments: { order: 'A-100', amount: 1200 } },
  });
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('already_claimed'));
});

test('[J2] edited through the form made of its schema; a value it refuses is named first', async () => {
  const { id, outcome } = await asked('refunds', 'A-200');
  await act(page, /^Edit/).click();
  const pane = region(page, 'Edit the arguments');
  const amount = pane.getByLabel('amount');
  await amount.fill('9000');
  await act(page, /^Approve as edited/).click();
  await pane
    .getByText(/5,?000/)
    .first()
    .waitFor();
  expect(await amount.getAttribute('aria-invalid')).toBe('true');
  await amount.fill('800');
  await pane.getByText('was 1200').waitFor();
  await pane.getByRole('table', { name: 'What changes' }).getByText('1200').waitFor();
  await act(page, /^Approve as edited/).click();
  await expect(outcome).resolves.toMatchObject({
    status: 'edited',
    action: { arguments: { order: 'A-200', amount: 800 } },
  });
  await expect(agent.claim(id)).resolves.toMatchObject({
    action: { arguments: { amount: 800 } },
  });
});

test('[J2] rejected, with the reason for whoever asked', async () => {
  const { id, outcome } = await asked('refunds', 'A-300');
  await page.getByRole('button', { name: 'More acts' }).click();
  await page.getByRole('menuitem', { name: 'Reject with a reason' }).click();
  await page.getByLabel('Why is it rejected?').fill('The parcel came back empty.');
  await act(page, /^Reject/).click();
  await expect(outcome).resolves.toMatchObject({
    status: 'rejected',
    reason: 'The parcel came back empty.',
  });
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('not_approved'));
});

test('[J2] corrected afterwards by a lead: what nobody used is withdrawn, and both decisions are shown', async () => {
  const { id, outcome } = await asked('refunds', 'A-350');
  await act(page, /^Approve/).click();
  await expect(outcome).resolves.toMatchObject({ status: 'approved' });
  const lead = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await lead.page.goto(`/data/${id}`);
  await lead.page.getByRole('button', { name: /^Correct this decision/ }).waitFor();
  await lead.page.keyboard.press('x');
  const dialog = lead.page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Reject it' }).check();
  await dialog.getByLabel('Why the first decision was wrong').fill('It was paid back in May.');
  await dialog.getByRole('button', { name: 'Correct it' }).click();
  await dialog.waitFor({ state: 'detached' });
  const life = region(lead.page, 'Its life');
  await life.getByText('This no longer stands.').waitFor();
  await life.getByText('It was paid back in May.').waitFor();
  await lead.page.getByText('Corrected: rejected.').waitFor();
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('not_approved'));
  expect(lead.faults).toEqual([]);
  await lead.context.close();
});

test('[J2] taken back within its time, nothing has left; decided again, that is what leaves', async () => {
  const { id, outcome } = await asked('second-thoughts', 'A-400');
  await act(page, /^Approve/).click();
  const undo = page.getByRole('button', { name: /^Undo/ }).first();
  await undo.waitFor();
  expect(await program.call(`GET /outputs/${id}`)).toMatchObject({ body: { outcome: null } });
  expect(await program.call(`POST /outputs/${id}/claim`)).toMatchObject({
    status: 409,
    body: { code: 'undo_open' },
  });
  await undo.click();
  await region(page, 'What would happen').filter({ hasText: 'A-400' }).waitFor();
  await act(page, /^Reject/)
    .first()
    .click();
  await decided('Rejected');
  time.advance(31 * minute);
  await expect(outcome).resolves.toMatchObject({ status: 'rejected' });
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('not_approved'));
});

test('[J2] time ran out: the caller is told so, nothing may run, and the desk shows it closed', async () => {
  const { id, outcome } = await asked('urgent', 'A-500');
  time.advance(11 * minute);
  await expect(outcome).resolves.toMatchObject({ status: 'expired' });
  await expect(agent.claim(id)).rejects.toEqual(refusedWith('not_approved'));
  await region(page, 'What was decided').filter({ hasText: 'Ran out of time' }).waitFor();
  await row(page, 'A-500').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
