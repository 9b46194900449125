import type { Conversation, Message, Output, Page as PageOf, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { enrolFirst, type Program, startProgram } from './program.ts';
import { act, reads, region, row, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let program: Program;
let ana: Person;
beforeAll(async () => {
  built();
  browser = await openBrowser();
  program = await startProgram();
  ana = await enrolFirst(program);
});
afterAll(async () => {
  await browser?.close();
  await program?.clear();
});

/** A machine that learns the demo's intents meanwhile is slow. */
const patient = { timeout: 120_000, interval: 200 };

/** The words of one of the shop's buttons, sent. */
async function press(shop: Page, words: RegExp): Promise<void> {
  await shop.getByRole('button', { name: words }).click();
  await shop.getByRole('button', { name: 'Send' }).click();
}

/** What the bot would pay, or has paid, for the order; newest first. */
const paid = async () => {
  const { body } = await ana.call<PageOf<Output>>('GET /outputs?gate=shop-refunds&limit=50');
  return body.rows.filter(({ action }) => action?.arguments.order === 'KC-20712');
};
const told = (messages: Message[]) =>
  messages.flatMap(({ author_kind, body }) =>
    author_kind === 'bot' && 'text' in body ? [body.text ?? ''] : [],
  );

test('[K64] a customer of the demo shop asks for money back; the reviewer sees what would be paid, changes it, and it is paid once', async () => {
  const { page: shop, context: customer } = await visit(browser, { url: program.url });
  await expect.poll(async () => (await shop.goto('/demo'))?.status(), patient).toBe(200);

  // What only reads is done at once.
  await press(shop, /Where is my order KC-20418/);
  await shop.getByText('it is on its way').waitFor({ timeout: patient.timeout });

  // What costs money a person sees first, and the customer is told so.
  await press(shop, /refund of €58 for order KC-20712/);
  await shop.getByText('A person looks at this first.').waitFor();

  const cookie = ana.cookie();
  const { page, context, faults } = await visit(browser, { url: program.url, cookie });
  await page.goto('/desk?queue=conversations');
  await row(page, 'pay_back: KC-20712').click();
  const would = region(page, 'What would happen');
  for (const part of ['pay_back', 'KC-20712', '58', 'damaged']) await reads(would, part);
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'tool-case-light');
  const address = page.url();
  for (const [theme, width] of [
    ['dark', 1440],
    ['dark', 390],
  ] as const) {
    const other = await visit(browser, { url: program.url, cookie, theme, width });
    await other.page.goto(address);
    await reads(region(other.page, 'What would happen'), 'KC-20712');
    expect(await axeFaults(other.page)).toEqual([]);
    await shot(other.page, `tool-case-${theme}-${width}`);
    await other.context.close();
  }

  // Changed, with more than the tool may pay refused by the field, and approved.
  await act(page, /^Edit/).click();
  const amount = region(page, 'Edit the arguments').getByLabel('Amount in €');
  await amount.fill('900');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => amount.getAttribute('aria-invalid'), slowly).toBe('true');
  expect(told((await talk()).messages)).toHaveLength(1);
  await amount.fill('40');
  await page.keyboard.press('ControlOrMeta+Enter');
  await shop.getByText('€40.00 for KC-20712 goes back').waitFor();
  await shot(shop, 'tool-told');

  const [call] = await paid();
  expect(call).toMatchObject({ verdict: 'hold', outcome: { status: 'edited' } });
  expect(call?.outcome?.action?.arguments).toMatchObject({ amount: 40 });
  expect(call?.claimed_at).not.toBeNull();
  expect(told((await talk()).messages).filter((text) => text.includes('€40.00'))).toHaveLength(1);

  // Of what was paid 22.90 is left: it was paid once, by the shop's own books.
  await press(shop, /refund of €58 for order KC-20712/);
  await expect.poll(async () => (await paid()).some(({ outcome }) => !outcome), slowly).toBe(true);
  await page.goto('/desk?queue=conversations');
  await row(page, 'pay_back: KC-20712').click();
  await act(page, /^Approve/).click();
  await expect.poll(async () => (await talk()).conversation.reason, patient).toBe('tool');
  const asked = (await talk()).conversation.hand_off?.output_id;
  const why = await ana.call<Output>(`GET /outputs/${asked}`);
  expect(JSON.stringify(why.body.content)).toContain('only €22.90');
  expect(faults).toEqual([]);
  await context.close();
  await customer.close();
}, 600_000);

/** What was said with the customer of this test; the others the shop knows. */
async function talk(): Promise<Transcript> {
  const { body } = await ana.call<{ rows: Conversation[] }>('GET /conversations?limit=200');
  const own = body.rows.find(({ contact }) => contact.external_id === null);
  return (await ana.call<Transcript>(`GET /conversations/${own?.id}`)).body;
}
