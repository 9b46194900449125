import { readFile } from 'node:fs/promises';
import type { Conversation, Preference, PreferenceQuestion, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';
import { shot, sideways, visit as visitDesk } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
const refund =
  'You can return a lamp within **30 days**. The refund arrives within five working days.';
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  await ana.call('PUT /gates/open', { policy: { mode: 'threshold', threshold: 0 } });
  await ana.call('PUT /bots/shop', {
    title: 'Lampbot',
    gate: 'open',
    hand_off_below: 0,
    clarifies: false,
    preference_share: 1,
    intents: [
      {
        name: 'refund',
        examples: [
          'i want a refund',
          'give me my money back',
          'refund please',
          'return and refund',
        ],
        answer: refund,
      },
      {
        name: 'where',
        examples: ['where is my order', 'where is my parcel', 'track my order', 'has it shipped'],
        answer: 'Your order is on its way.',
      },
    ],
  });
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

async function asked(more: object = {}, search = '') {
  const { context, page, faults } = await visitHost(browser, host.url + search, more);
  await openChat(page);
  await page.locator('textarea').last().fill('i want a refund');
  await page.keyboard.press('Enter');
  await page.locator('.preference').waitFor();
  return { context, page, faults };
}
const kept = async () =>
  (await ana.call<{ rows: Preference[] }>('GET /preferences?bot=shop')).body.rows;
const picks = (page: Page) => page.locator('.preference .pick');

test('[K68] which of two answers is better is chosen by keys, also without a connection, and the chosen one is said', async () => {
  const { context, page, faults } = await asked();
  await page.getByRole('group', { name: 'Which of these two answers is better?' }).waitFor();
  expect(await page.locator('.preference .bubble').count()).toBe(2);
  await shot(page, 'prefer');
  expect(await axeFaults(page)).toEqual([]);
  const text = (await page.locator('.preference .bubble').nth(1).innerText()).trim();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'This one is better: Answer 2' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => picks(page).nth(1).getAttribute('aria-pressed')).toBe('true');
  expect(await kept()).toEqual([]);
  await context.setOffline(false);
  await page.locator('.preference').waitFor({ state: 'detached' });
  await page.locator('.row.bot').filter({ hasText: text }).waitFor();
  expect(await page.locator('.row.bot').count()).toBe(1);
  const [choice] = await until(async () => {
    const rows = await kept();
    return rows.length ? rows : undefined;
  });
  expect(choice?.chosen_side).toBe('second');
  const read = await ana.call<Transcript>(`GET /conversations/${choice?.conversation_id}`);
  const said = read.body.messages.filter(({ author_kind }) => author_kind === 'bot');
  expect(said.map(({ output_id }) => output_id)).toEqual([choice?.chosen_output_id]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K68] it reads in six languages, from right to left, in the dark and on a phone, and whoever writes on gets on', async () => {
  const words: Record<string, keyof PreferenceQuestion | string> = {
    de: 'Welche dieser beiden Antworten ist besser?',
    fr: 'Laquelle de ces deux réponses est la meilleure ?',
    es: '¿Cuál de estas dos respuestas es mejor?',
    pt: 'Qual destas duas respostas é melhor?',
    ar: 'أي هاتين الإجابتين أفضل؟',
  };
  for (const [language, title] of Object.entries(words)) {
    const phone = language === 'ar' ? { viewport: { width: 390, height: 844 } } : {};
    const scheme = language === 'de' || language === 'ar' ? 'dark' : 'light';
    const { context, page, faults } = await asked(
      { ...phone, colorScheme: scheme },
      `?in=${language}`,
    );
    await page.getByRole('group', { name: title }).waitFor();
    await shot(page, `prefer-${language}`);
    expect([language, await axeFaults(page)]).toEqual([language, []]);
    await page.locator('textarea').last().fill('where is my order');
    await page.keyboard.press('Enter');
    await page.locator('.row.bot').first().waitFor();
    expect(await page.locator('.preference').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('[K68] at the desk both answers stand while the customer chooses, and then which was chosen', async () => {
  const { page, context } = await asked();
  const { body } = await ana.call<{ rows: Conversation[] }>(
    'GET /conversations?view=bot&order=active&limit=1',
  );
  const looks = [{ theme: 'light' }, { theme: 'dark' }, { theme: 'dark', width: 390 }] as const;
  const desks = await Promise.all(
    looks.map((how) => visitDesk(browser, { url: server.url, cookie: ana.cookie(), ...how })),
  );
  const both = (desk: Page) => desk.getByRole('listitem', { name: 'Which of two answers' });
  for (const { page: desk } of desks) {
    await desk.goto(`/desk/${body.rows[0]?.id}`);
    await both(desk).getByText('has not chosen yet').waitFor();
    await both(desk).getByText('30 days').waitFor();
    await both(desk).getByText('Your order is on its way.').waitFor();
    expect(await both(desk).getByText('the AI’s own choice').count()).toBe(1);
    expect(await axeFaults(desk)).toEqual([]);
  }
  await picks(page).nth(1).click();
  for (const [at, { page: desk, context: own, faults }] of desks.entries()) {
    await both(desk).getByText('chose answer 2').waitFor();
    const chosen = both(desk).getByRole('listitem').filter({ hasText: 'Chosen' });
    await chosen.getByText('Answer 2').waitFor();
    expect(await chosen.count()).toBe(1);
    expect(await axeFaults(desk)).toEqual([]);
    expect(await sideways(desk)).toBe(0);
    await shot(desk, `prefer-desk-${at}`);
    expect(faults).toEqual([]);
    await own.close();
  }
  await context.close();
});

test('[K68] the share is set on the bot’s page, and reports show what was chosen, by place, to take along', async () => {
  const first = await asked();
  await picks(first.page).first().click();
  await first.page.locator('.preference').waitFor({ state: 'detached' });
  await first.context.close();
  const { context, page, faults } = await visitDesk(browser, {
    url: server.url,
    cookie: ana.cookie(),
  });
  await page.goto('/bots/shop?tab=behaviour');
  const share = page.getByLabel('Asks which of two answers is better');
  expect(await share.inputValue()).toBe('100 %');
  await share.fill('25');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  const bot = await ana.call<{ definition: { preference_share: number } }>('GET /bots/shop');
  expect(bot.body.definition.preference_share).toBe(0.25);
  await page.goto('/reports');
  const table = page.getByRole('region', { name: 'Which of two answers is better', exact: true });
  await table.getByText('Whichever stood first').waitFor();
  await table
    .getByText(/% \(\d+%–\d+%, n \d+\)/)
    .first()
    .waitFor();
  await table.scrollIntoViewIfNeeded();
  await shot(page, 'prefer-report');
  const saving = page.waitForEvent('download');
  await table.getByRole('button', { name: 'The choices as JSON lines, to train on' }).click();
  const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\n');
  const rows = lines.map((one) => JSON.parse(one) as Preference);
  expect(rows).toEqual(await kept());
  expect(rows.length).toBeGreaterThan(0);
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
