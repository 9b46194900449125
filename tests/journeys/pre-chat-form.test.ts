import type { Bot, ChatRow, Conversation, Page as Paged, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage, loaded, openChat, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';
import { shot, visit as visitDesk } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
const questions = [
  { kind: 'text', name: 'name', required: false, multiline: false },
  { kind: 'text', name: 'email', required: true, multiline: false },
  {
    kind: 'choice',
    name: 'topic',
    options: [
      { value: 'lamps', label: 'Lamps' },
      { value: 'parcels', label: 'A parcel' },
    ],
  },
];
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  const bot = { title: 'Lampbot', greeting: 'Hello!', posture: 'off' };
  await ana.call('PUT /bots/shop', bot);
  const form = { skippable: false, questions };
  await ana.call('PUT /bots/asks', { ...bot, pre_chat_form: form });
  const scale = { kind: 'rating', name: 'hurry', title: 'How urgent?', required: false };
  const more = {
    ...form,
    skippable: true,
    title: 'Two words first',
    questions: [...questions, scale],
  };
  await ana.call('PUT /bots/may', { ...bot, pre_chat_form: more });
  host = await hostPage(server.url, 'asks');
});
afterAll(() => host?.close());

const visit = (more: object = {}, search = '', url = host.url) =>
  visitHost(browser, url + search, more);
const first = (page: Page) => page.locator('.first');
/** What has the focus, by its label. */
const held = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('wheelhouse-chat')?.shadowRoot;
    const names = root?.activeElement?.getAttribute('aria-labelledby');
    return names ? root?.getElementById(names)?.textContent : root?.activeElement?.tagName;
  });
/** The conversation that was active last, as the desk reads it. */
async function newest(): Promise<Conversation | undefined> {
  const { body } = await ana.call<Paged<ChatRow>>('GET /conversations?limit=1');
  const [row] = body.rows;
  if (!row) return undefined;
  return (await ana.call<Transcript>(`GET /conversations/${row.id}`)).body.conversation;
}

test('[K67] what is asked first is answered by keys alone, said where it is wrong, sent once the line is back, and not asked again', async () => {
  const { context, page, faults } = await visit();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: 'Before we begin' }).waitFor();
  await expect.poll(() => held(page)).toBe('Name (optional)');
  expect(await page.getByLabel('Write a message').isVisible()).toBe(false);
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'first');
  await page.keyboard.type('Kim Rivera');
  await page.keyboard.press('Enter');
  const email = page.getByRole('textbox', { name: 'E-mail' });
  await page.getByText('An answer is needed here.').first().waitFor();
  await expect.poll(() => held(page)).toBe('E-mail');
  expect(await email.getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.type('kim at home');
  await page.keyboard.press('Enter');
  await page.getByText('This is not an e-mail address.').waitFor();
  await shot(page, 'first-faults');
  expect(await axeFaults(page)).toEqual([]);
  // The line goes; what is answered and written waits for it.
  await context.setOffline(true);
  await email.fill('kim@example.com');
  await page.getByRole('combobox', { name: 'What is it about?' }).selectOption('parcels');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await first(page).waitFor({ state: 'hidden' });
  await expect.poll(() => held(page)).toBe('TEXTAREA');
  await page.keyboard.type('Where is my parcel?');
  await page.keyboard.press('Enter');
  await page.getByText('Sending').waitFor();
  expect(await newest()).toBe(undefined);
  await context.setOffline(false);
  await page.getByText('Sending').waitFor({ state: 'detached' });
  const { contact, title } = await until(newest);
  expect([contact.name, contact.email, title]).toEqual([
    'Kim Rivera',
    'kim@example.com',
    'Kim Rivera',
  ]);
  expect(contact.attributes).toEqual({ topic: 'parcels' });
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.getByText('Where is my parcel?').waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByText('Where is my parcel?').waitFor({ state: 'detached' });
  await page.getByLabel('Write a message').waitFor();
  expect(await first(page).isVisible()).toBe(false);
  expect(faults).toEqual([]);
  await context.close();

  // The desk shows it beside the conversation.
  const desk = await visitDesk(browser, { url: server.url, cookie: ana.cookie() });
  await desk.page.goto(`/desk/${(await until(newest)).id}`);
  await desk.page.getByText('Where is my parcel?').first().waitFor();
  const panel = desk.page.getByRole('complementary', { name: 'Customer' });
  if (!(await panel.isVisible())) await desk.page.keyboard.press('i');
  await panel.getByText('kim@example.com').waitFor();
  await panel.getByText('parcels').waitFor();
  await desk.context.close();
});

test('[K67] an answer that the server does not take is said at its question, with all that was filled in', async () => {
  const { context, page, faults } = await visit();
  await openChat(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('Kim\u202egnp.exe');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('kim@example.com');
  await page.getByRole('combobox').selectOption('lamps');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await page.getByText('This was not taken. Please change it.').waitFor();
  await expect.poll(() => held(page)).toBe('Name (optional)');
  expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe('kim@example.com');
  await page.getByRole('textbox', { name: 'Name' }).fill('Kim');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await page.getByLabel('Write a message').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

test('[K67] it reads in six languages, from right to left, in the dark and on a phone; skipped, it is gone', async () => {
  const other = await hostPage(server.url, 'may');
  const words = {
    de: ['Worum geht es?', 'Überspringen'],
    fr: ['De quoi s’agit-il ?', 'Passer'],
    es: ['¿De qué se trata?', 'Omitir'],
    pt: ['De que se trata?', 'Saltar'],
    en: ['What is it about?', 'Skip'],
    ar: ['ما الموضوع؟', 'تخطَّ'],
  };
  for (const [language, [topic, skip]] of Object.entries(words)) {
    const phone = language === 'ar' || language === 'en';
    const size = phone ? { viewport: { width: 390, height: 844 } } : {};
    const dark = language === 'de' || language === 'ar';
    const look = { ...size, colorScheme: dark ? ('dark' as const) : ('light' as const) };
    const { context, page, faults } = await visit(look, `?in=${language}`, other.url);
    await openChat(page);
    await page.getByRole('form', { name: 'Two words first' }).waitFor();
    await page.getByRole('combobox', { name: topic as string }).waitFor();
    await page.getByRole('radiogroup', { name: 'How urgent?' }).waitFor();
    const direction = await first(page).evaluate((one) => getComputedStyle(one).direction);
    expect(direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
    await shot(page, `first-${language}`);
    expect([language, await axeFaults(page)]).toEqual([language, []]);
    await page.getByRole('button', { name: skip as string, exact: true }).click();
    await first(page).waitFor({ state: 'hidden' });
    await page.reload();
    await loaded(page);
    await openChat(page);
    await page.locator('textarea').last().waitFor();
    expect(await first(page).isVisible()).toBe(false);
    expect(faults).toEqual([]);
    await context.close();
  }
  other.close();
});

test('[K67] a builder sets on the bot’s page what is asked first', async () => {
  const { context, page, faults } = await visitDesk(browser, {
    url: server.url,
    cookie: ana.cookie(),
    theme: 'dark',
  });
  await page.goto('/bots/shop?tab=behaviour');
  const panel = page.getByRole('region', { name: 'What it asks first' });
  await panel.getByLabel('Ask before the chat').check({ force: true });
  await panel.getByLabel('May be skipped').uncheck({ force: true });
  await panel.getByLabel('Heading of the form').fill('Who are you?');
  await panel.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('menuitem', { name: 'Topic' }).click();
  await panel
    .getByRole('group', { name: 'Question 3' })
    .getByLabel('Options')
    .fill('lamps: Lamps\noil: Oil');
  await panel.getByRole('group', { name: 'Question 1' }).getByLabel('Name').fill('No name');
  await page.keyboard.press('Control+s');
  await page
    .getByText('1 thing')
    .or(page.getByText('One thing is still to mend'))
    .first()
    .waitFor();
  await panel.getByRole('group', { name: 'Question 1' }).getByLabel('Name').fill('name');
  await shot(page, 'first-builder');
  await panel.scrollIntoViewIfNeeded();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  const { body } = await ana.call<Bot>('GET /bots/shop');
  expect(body.definition.pre_chat_form).toMatchObject({
    title: 'Who are you?',
    skippable: false,
    questions: [
      { name: 'name', required: false },
      { name: 'email', required: true },
      {
        name: 'topic',
        options: [
          { value: 'lamps', label: 'Lamps' },
          { value: 'oil', label: 'Oil' },
        ],
      },
    ],
  });
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
