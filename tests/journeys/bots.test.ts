import type { Bot } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { hostPage } from './host-page.ts';
import { inHouse } from './house.ts';
import { drawn, patience_ms, shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let bea: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  bea = await newMember(server, ana, 'bea@example.com', 'builder');
  await ana.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
});

const open = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const csv = [
  'title,body,address',
  'Islands,Ferries carry parcels to islands in six days.,https://shop.example/islands',
  'Warranty,Lamps have a warranty of five years.,https://shop.example/warranty',
  ',no title,',
].join('\n');

async function ask(page: Page, text: string) {
  const field = page.getByLabel('Write as a customer');
  await field.fill(text);
  await field.press('Enter');
  return page.getByRole('region', { name: text });
}

test('[J14] [K51] a builder makes a bot from a file, tries it, mends it, and a customer gets the answer', async () => {
  const { page } = await open(bea);
  await page.goto('/bots');
  await page.getByText('No bot stands here yet').waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('Title').fill('Shop');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Shop' }).waitFor();

  // Knowledge from a file, with a word for the line that was wrong.
  await page.locator('input[type=file]').setInputFiles({
    name: 'faq.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv),
  });
  await page.getByText('2 new · 1 left out').waitFor();
  await page.getByText('Line 4:').waitFor();
  await page.getByRole('button', { name: 'Warranty', exact: true }).waitFor();

  // Tried: what it rests on, and what the gate makes of it.
  const good = await ask(page, 'Do ferries carry parcels to islands?');
  await good.getByText('Ferries carry parcels to islands in six days.').first().waitFor();
  await good.getByText('Gate replies').waitFor();
  await good
    .getByText(/% of the question/)
    .first()
    .waitFor();
  const wrong = await ask(page, 'who repairs broken kettles');
  await wrong.getByRole('button', { name: 'This was wrong' }).click();
  await page.getByRole('menuitem', { name: 'Write an article that answers it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Repairs');
  await dialog.getByLabel('Text, in Markdown').fill('We repair broken kettles in our workshop.');
  await dialog.getByText('As the bot says it: 1 passage').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const again = await ask(page, 'who repairs broken kettles?');
  await again.getByText('We repair broken kettles in our workshop.').first().waitFor();

  // What is not saved is tried too; then it is saved, by keys.
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Intents' }).click();
  for (const name of ['track', 'refund']) {
    await page.getByRole('button', { name: 'New intent' }).click();
    await page.getByLabel('Title').fill(name);
    await page.getByLabel('Name', { exact: true }).fill(name);
    const phrases = Array.from({ length: 5 }, (_, at) => `please ${name} my order ${at}`);
    await page.getByLabel('Example phrases').fill(phrases.join('\n'));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('Answer').fill(`This is how you ${name}.`);
  }
  const unsaved = await ask(page, 'please refund my order 3');
  await unsaved.getByText('This is how you refund.').first().waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Version 2 answers from the next message on.').waitFor();
  await page.getByRole('tab', { name: 'Put it on your site' }).click();
  await page.getByText('data-bot="shop"').waitFor();

  const host = await hostPage(server.url);
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  context.setDefaultTimeout(patience_ms);
  const customer = await context.newPage();
  await customer.goto(host.url);
  await customer.getByRole('button', { name: 'Chat with us' }).click();
  const field = customer.getByLabel('Write a message');
  await field.fill('Do ferries carry parcels to islands?');
  await field.press('Enter');
  await customer.getByText('Ferries carry parcels to islands in six days.').waitFor();
  await context.close();
  host.close();
});

test('[K50] what is not saved is kept, and who was faster is not overwritten', async () => {
  await bea.call('PUT /bots/two', { title: 'Two' });
  const { page } = await open(bea);
  await page.goto('/bots/two?tab=behaviour');
  await page.getByLabel('Greeting').fill('Hello from Bea');
  await ana.call('PUT /bots/two', { title: 'Two', greeting: 'Hello from Ana' });
  await page.getByText('saved version 2 while you were editing').waitFor();
  expect(await page.getByLabel('Greeting').inputValue()).toBe('Hello from Bea');
  // Leaving asks first.
  let asked = '';
  page.once('dialog', (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Bots', exact: true }).first().click();
  await expect.poll(() => asked).toContain('not saved');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Not saved', { exact: true }).waitFor();
  expect((await ana.call<Bot>('GET /bots/two')).body.definition.greeting).toBe('Hello from Ana');
  await page.getByRole('button', { name: 'Keep mine in place of theirs' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 3 answers').waitFor();
});

test('[W30] [K39] what is promised and who is needed is set beside each other, and a wrong one is refused at its field', async () => {
  await bea.call('PUT /bots/care', {
    title: 'Care',
    intents: [{ name: 'bills', examples: ['my bill'], answer: 'Here.' }],
  });
  const { page } = await open(bea);
  await page.goto('/bots/care?tab=behaviour');
  const first = page.getByLabel('First reply within');
  await first.fill('0');
  const skills = page.getByRole('region', { name: 'Who takes over' }).getByLabel('Skills').first();
  await skills.fill('Bad skill!');
  await skills.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  const promises = page.getByRole('region', { name: 'What customers are promised' });
  await promises.getByText('is more than nothing').waitFor();
  await page
    .getByRole('region', { name: 'Who takes over' })
    .getByText(/^Bad skill!: /)
    .waitFor();
  await first.fill('5');
  await page.getByLabel('Resolution within').fill('240');
  await skills.press('Backspace');
  await skills.fill('billing');
  await skills.press('Enter');
  await page.getByText('No member has billing').waitFor();
  await page.getByLabel('An offer goes on after').fill('2');
  await shot(page, 'bot-care');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Intents' }).click();
  await page.getByText('bills').first().click();
  const topic = page.getByLabel('Skills').first();
  await topic.fill('invoices');
  await topic.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2 answers').waitFor();
  const { definition } = (await ana.call<Bot>('GET /bots/care')).body;
  expect(definition).toMatchObject({
    targets: { first_reply_ms: 300_000, resolution_ms: 14_400_000 },
    skills: ['billing'],
    waiting: { offer_ms: 120_000 },
    intents: [{ skills: ['invoices'] }],
  });
  await page.context().close();
});

test('[K52] the room for bots reads well in both themes and at the width of a phone', async () => {
  await bea.call('PUT /bots/wide', {
    title: 'W'.repeat(120),
    intents: [{ name: 'one', examples: ['a'], answer: 'b' }],
  });
  await bea.call('PUT /bots/wide/articles/a', { title: 'T'.repeat(300), text: 'Words.' });
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page } = await open(bea, { width, theme });
      for (const path of [
        '/bots',
        ...['', '?tab=intents', '?tab=behaviour', '?tab=site', '?tab=try'].map(
          (tab) => `/bots/wide${tab}`,
        ),
      ]) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await drawn(page);
        const where = `${path} ${theme} ${width}`;
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect([where, wide]).toEqual([where, false]);
        expect([where, await axeFaults(page)]).toEqual([where, []]);
      }
      await page.context().close();
    }
  }
});
