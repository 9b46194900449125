import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { shot } from './visit.ts';

let browser: Browser;
let server: TestServer;
let host: Awaited<ReturnType<typeof hostPage>>;
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const in_three_days = names[(new Date().getUTCDay() + 3) % 7] as string;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  const admin = await server.keyFor('admin');
  const hours = { zone: 'UTC', weekly: { [in_three_days]: [['09:00', '17:00']] } };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', greeting: 'Hello!', hours });
  host = await hostPage(server.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
});

/** A weekday as a language calls it. */
const weekday = (language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.now() + 3 * 86_400_000,
  );

test.each([
  ['in Arabic on an English page', 'en', 'data-language="ar"', 'en-GB', 'ar', /[٩9]:[٠0]{2}/],
  ['in German on an Arabic page', 'ar', 'data-language="de"', 'fr-FR', 'de', /\b0?9:00\b/],
  ['in English as the browser’s region writes it', 'en', '', 'en-GB', 'en', /\b09:00(?! ?[AP]M)/i],
  ['in American English', 'en', '', 'en-US', 'en', /(?<!\d)9:00\sAM/],
  ['in the page’s own region', 'en-GB', '', 'en-US', 'en', /\b09:00(?! ?[AP]M)/i],
  ['in a language that is none', 'en', 'data-language="en_!"', 'en-US', 'en', /(?<!\d)9:00\sAM/],
])(
  '[K101] days and times are in the widget’s language, %s',
  async (_how, page_in, tag, locale, language, time) => {
    const address = `${host.url}?in=${page_in}&tag=${encodeURIComponent(tag)}`;
    const told = await visitHost(browser, address, { locale, timezoneId: 'UTC' });
    const { context, page, faults } = told;
    await openChat(page);
    await page.locator('button.ask').click();
    const line = page.locator('.line').first();
    await line.waitFor();
    const words = (await line.textContent()) ?? '';
    expect(words).toContain(weekday(language));
    expect(words).toMatch(time);
    await page.locator('.head').click();
    const about = (await page.locator('.about').textContent()) ?? '';
    const american = time.source.endsWith('AM');
    if (language === 'en') {
      expect(about).toMatch(american ? /(?<!\d)[1-9]\d?:\d\d\s[AP]M/ : /\b\d\d:\d\d(?!\s?[AP]M)/i);
    }
    // Nothing of another language in an Arabic sentence.
    if (language === 'ar') expect(words + about).not.toMatch(/[A-Za-z]/);
    await shot(page, `dates-${language}-${locale}`);
    await page.locator('.more button').first().click();
    await page.locator('.menu button').first().click();
    await page.locator('.line').first().waitFor({ state: 'detached' });
    await page.locator('.more button').first().click();
    await page.locator('.menu button').nth(1).click();
    const row = page.locator('.rows button .fine');
    const day = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
    await row.waitFor();
    expect(await row.textContent()).toContain(day.format(Date.now()));
    expect(faults).toEqual([]);
    await context.close();
  },
);

test('[K101] a browser whose own language is no language has the chat all the same', async () => {
  const { context, page, faults } = await visitHost(browser, host.url, { timezoneId: 'UTC' });
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix'] });
    Object.defineProperty(navigator, 'language', { get: () => 'en-US@posix' });
  });
  await page.reload();
  await openChat(page);
  await page.locator('button.ask').click();
  await page.locator('.line').first().waitFor();
  expect(await page.locator('.line').first().textContent()).toContain(weekday('en'));
  expect(faults).toEqual([]);
  await context.close();
});
