import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { openShop, type Shop } from './shop.ts';
import { drawn, region, shot, sideways, visit } from './visit.ts';

let browser: Browser;
let shop: Shop;
beforeAll(async () => {
  built();
  [browser, shop] = await Promise.all([openBrowser(), openShop()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test(`[J7] every page, ${theme}, ${size.width} px wide: axe, sideways, console, requests`, async () => {
      const found: string[] = [];
      for (const stranger of [true, false]) {
        const { page, context, faults } = await visit(browser, {
          url: shop.url,
          theme,
          ...size,
          ...(stranger ? {} : { cookie: shop.cookie }),
        });
        for (const { name, path, shows, public: open } of shop.pages) {
          if (Boolean(open) !== stranger) continue;
          await page.goto(path);
          await page.getByText(shows).filter({ visible: true }).first().waitFor();
          await drawn(page);
          await shot(page, `${name}-${theme}-${size.width}`);
          found.push(...(await axeFaults(page)).map((fault) => `${path}: ${fault}`));
          const over = await sideways(page);
          if (over > 0) found.push(`${path}: scrolls sideways by ${over} px`);
          found.push(...faults.splice(0).map((fault) => `${path}: ${fault}`));
        }
        await context.close();
      }
      expect(found).toEqual([]);
    });
  }
}

/** Where a thing stands in the window, in CSS pixels. */
const boxOf = async (what: Locator) => {
  const box = await what.boundingBox();
  if (!box) throw new Error('It is not drawn.');
  return { start: box.x, end: box.x + box.width, top: box.y, bottom: box.y + box.height };
};

for (const size of sizes) {
  test(`[K37] plots, ${size.width} px wide: their scale is seen, and covers no words`, async () => {
    const { page, context } = await visit(browser, { ...shop, ...size });
    await page.goto('/');
    const hours = region(page, 'Hour by hour');
    const now = hours.getByRole('link').last();
    await now.waitFor();
    const [card, zero, bar] = await Promise.all(
      [hours, hours.getByText('0', { exact: true }), now].map(boxOf),
    );
    expect(zero?.start).toBeGreaterThan(card?.start ?? 0);
    expect(zero?.end).toBeLessThan(bar?.start ?? 0);
    // The plot begins at now, and not a pixel further.
    expect(bar?.end).toBeLessThanOrEqual(card?.end ?? 0);
    expect((card?.end ?? 0) - (bar?.end ?? 0)).toBeLessThan(24);

    await page.goto('/gates/support-intents');
    const caption = page.getByText('Share held, at each threshold');
    const [words, top] = await Promise.all(
      [caption, page.getByText('100%', { exact: true })].map(boxOf),
    );
    expect(top?.top).toBeGreaterThanOrEqual(words?.bottom ?? 0);
    await context.close();
  });
}

test('[K40] on a phone, too few decisions are not read as so many that agree', async () => {
  const { page, context } = await visit(browser, { ...shop, width: 390, height: 844 });
  for (const path of ['/', '/gates']) {
    await page.goto(path);
    const cell = (text: string | RegExp) => page.getByRole('cell').filter({ hasText: text });
    const few = cell('Not enough yet').first();
    await few.waitFor();
    const said = (of: Locator) => of.evaluate((box) => getComputedStyle(box, '::after').content);
    expect(await said(few)).toBe('none');
    expect(await said(cell(/\d%–\d+%, n/).first())).toContain('agree');
  }
  await context.close();
});
