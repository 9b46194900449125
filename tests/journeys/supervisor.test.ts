import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { lampbot, said, write } from './talk.ts';
import { patience_ms, reads, region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
let lena: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', lampbot);
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

const at = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
async function customerAt(url: string) {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  return { context, page };
}

/** In the dialog, not the button that opens it. */
const confirmed = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Stop all AI' });

test('[J16] a lead watches, whispers, takes the wheel and stops all AI, each page showing its part', async () => {
  const [customer, member, lead] = await Promise.all([customerAt(host.url), at(rita), at(lena)]);
  await lead.page.goto('/live');
  await lead.page.getByText('Nobody waits for a person.').waitFor();
  await write(customer.page, 'where is my order');
  await customer.page.getByText('It is on its way.').waitFor();
  await region(lead.page, 'With the AI now').getByRole('link').waitFor();
  await customer.page.getByRole('button', { name: 'Talk to a person' }).click();
  await reads(region(lead.page, 'Waiting for a person').getByRole('row'), 'asked for a person');
  await shot(lead.page, 'live-waiting');

  const { waiting } = (await lena.call<{ waiting: { rows: { id: string }[] } }>('GET /live')).body;
  const id = waiting.rows[0]?.id as string;
  await member.page.goto(`/desk/${id}`);
  await member.page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await member.page.keyboard.press('t');
  await member.page.getByText('You have the wheel').first().waitFor();
  await reads(region(lead.page, 'People').getByRole('row'), /^rita.*1 of/);
  await lead.page.getByText('Nobody waits for a person.').waitFor();

  // Watching: the row opens it, the member sees who looks, and the wheel stays where it is.
  await region(lead.page, 'Longest unanswered').getByRole('link').first().click();
  await lead.page.getByText('rita has the wheel').first().waitFor();
  await member.page.getByText('lena is looking too').waitFor();
  await lead.page.getByRole('button', { name: 'Whisper' }).waitFor();
  await lead.page.keyboard.press('w');
  await lead.page.getByLabel('What to say').fill('Offer the express parcel');
  await lead.page.keyboard.press('Control+Enter');
  await said(member.page, 'Offer the express parcel').waitFor();
  await member.page.getByText('Lead’s whisper to you, not shown to the customer').waitFor();
  await shot(member.page, 'whispered');
  await write(customer.page, 'are you there?');
  await said(member.page, 'are you there?').waitFor();
  expect(await customer.page.getByText('express parcel').count()).toBe(0);

  await lead.page.keyboard.press('t');
  await lead.page.getByLabel('Why (optional)').fill('I know this parcel');
  await lead.page.getByRole('button', { name: 'Take it over' }).last().click();
  await lead.page.getByText('You have the wheel').first().waitFor();
  await member.page.getByText('lena took the wheel from you').waitFor();
  await said(member.page, 'I know this parcel').waitFor();
  await customer.page.getByText('lena').first().waitFor();
  expect(await customer.page.getByText('I know this parcel').count()).toBe(0);

  const second = await customerAt(host.url);
  await write(second.page, 'where is my parcel');
  await second.page.getByText('It is on its way.').waitFor();
  await lead.page.goto('/live');
  // Once it is known that there is one to stop.
  const stop = lead.page.getByRole('button', { name: 'Stop all AI' });
  await expect.poll(() => stop.isEnabled(), slowly).toBe(true);
  await lead.page.keyboard.press('x');
  await confirmed(lead.page).click();
  await lead.page.getByText('All AI is stopped').waitFor();
  await member.page.getByText('All AI is stopped').waitFor();
  await shot(lead.page, 'live-stopped');
  await shot(member.page, 'desk-stopped');
  await write(second.page, 'i want a refund');
  await reads(region(lead.page, 'Waiting for a person').getByRole('row'), 'the AI is stopped');
  expect(await second.page.getByText('within 30 days').count()).toBe(0);
  expect([member.faults, lead.faults]).toEqual([[], []]);
  await lena.call('POST /resume-bots');
  await Promise.all([customer, second, member, lead].map(({ context }) => context.close()));
});

test('[K54] a stop is asked for first, stands where people work, and a lead has the AI go on', async () => {
  const [member, lead] = await Promise.all([at(rita), at(lena)]);
  await Promise.all([lead.page.goto('/live'), member.page.goto('/desk')]);
  await lead.page.getByRole('button', { name: 'Stop all AI' }).click();
  await lead.page.getByText('not even one that is in the middle of a reply').waitFor();
  await lead.page.getByRole('button', { name: 'Cancel' }).click();
  await lead.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await lena.call<{ rows: { stopped_at: null }[] }>('GET /bots')).body.rows).toMatchObject([
    { stopped_at: null },
  ]);
  await lead.page.getByRole('button', { name: 'Stop all AI' }).click();
  await confirmed(lead.page).click();
  await reads(member.page.getByRole('status', { name: 'Stopped AI' }), /by lena/);
  // Whoever is no lead sees it and cannot undo it.
  expect(await member.page.getByRole('button', { name: 'Let all go on' }).count()).toBe(0);
  await lead.page.getByRole('button', { name: 'Let all go on' }).click();
  await lead.page.getByRole('button', { name: 'Let it go on' }).click();
  await lead.page.getByText('All AI is stopped').waitFor({ state: 'detached' });
  await member.page.getByText('All AI is stopped').waitFor({ state: 'detached' });
  await Promise.all([member, lead].map(({ context }) => context.close()));
});

test('[K53] the live page is read in both themes and at the width of a phone', async () => {
  const { body } = await admin.call<{ id: string }>('POST /conversations', {
    bot: 'shop',
    contact: { name: `Ann ${'of a very long name '.repeat(8)}` },
  });
  await admin.call(`POST /conversations/${body.id}/hand-off`);
  for (const how of [{ theme: 'dark' }, { theme: 'light', width: 390 }, { width: 1024 }] as const) {
    const { page, context, faults } = await at(lena, how);
    await page.goto('/live');
    await region(page, 'Waiting for a person').getByRole('link', { name: 'Ann' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await shot(page, `live-${'width' in how ? how.width : how.theme}`);
    await admin.call(`POST /conversations/${body.id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text: 'Hello?' },
    });
    expect(faults).toEqual([]);
    await context.close();
  }
});
