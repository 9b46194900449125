import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

interface VisitOptions {
  url: string;
  /** `name=value`, as sign-in gave it; without it the visitor is a stranger. */
  cookie?: string;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
}

/** Someone at a browser of their own: cookies, storage and window apart from everyone else's. */
export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What no page may do: errors in its console, exceptions, requests to anyone but its server. */
  faults: string[];
}

/** A wait ends when what it waits for is there; this is for a slow, busy machine. */
export const patience_ms = 60_000;

export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, cookie, width = 1440, height = 900, theme = 'light' } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    hasTouch: width < 600,
  });
  context.setDefaultTimeout(patience_ms);
  if (cookie) {
    const [name, value] = cookie.split('=') as [string, string];
    await context.addCookies([{ name, value, url }]);
  }
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const to = new URL(request.url());
    if (/^https?:$/.test(to.protocol) && to.origin !== url) faults.push(`request: ${to.href}`);
  });
  return { context, page, faults };
}

/** A region of the page by its name. */
export const region = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('region', { name });

/** The row of a list that says this. */
export const row = (page: Page, text: string | RegExp): Locator =>
  region(page, 'Cases').getByRole('listitem').filter({ hasText: text });

/** What can be done with the case at hand. */
export const act = (page: Page, name: string | RegExp): Locator =>
  region(page, 'What to do with this case').getByRole('button', { name });

/** Waits until something reads as wanted. */
export async function reads(what: Locator, wanted: string | RegExp): Promise<void> {
  await what.filter({ hasText: wanted }).first().waitFor();
}

/** Goes to a room by its link at the side. */
export async function toRoom(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: title }).click();
  await page
    .getByRole('link', { name: title, exact: true })
    .and(page.locator('[aria-current]'))
    .waitFor();
}

/** What stands for something that is still being fetched. */
const unready = '[aria-busy=true], .mantine-Skeleton-root';

/** Waits until nothing on the page is still being fetched. */
export async function drawn(page: Page): Promise<void> {
  await expect.poll(() => page.locator(unready).count(), slowly).toBe(0);
}

/** For `expect.poll`: as patient as every other wait. */
export const slowly = { timeout: patience_ms, interval: 100 };

/** A folder for pictures of what a journey walks through: with
 *  `WHEELHOUSE_TEST_SCREENSHOTS=FOLDER npx vitest run tests/journeys/pages.test.ts` there is one of
 *  every page, in both themes and widths. Those in docs/screenshots are its home, case, gate and output,
 *  light, 1440 px wide. */
const pictures = process.env.WHEELHOUSE_TEST_SCREENSHOTS;
export async function shot(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** How far the page, or the room in it, can be scrolled sideways, in CSS pixels. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const inside = document.querySelectorAll('main, main > *');
    const boxes = [document.documentElement, document.body, ...inside];
    return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
  });
