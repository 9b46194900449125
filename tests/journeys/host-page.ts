import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { patience_ms } from './visit.ts';

/** A page of another site with the widget in it, under a content policy as strict as a page can have
 *  that still loads it. "?in=ar" is its language, "?tag=…" more attributes of the script tag. */
export async function hostPage(widget_of: string, bot = 'shop') {
  const host = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://shop').searchParams;
    const [language, more] = [asked.get('in') ?? 'en', asked.get('tag') ?? ''];
    response.writeHead(200, {
      'content-type': 'text/html',
      'content-security-policy': `default-src 'none'; script-src ${widget_of}; connect-src ${widget_of}`,
    });
    response.end(
      `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width"><title>Shop</title><body><h1>Lamps</h1><script src="${widget_of}/widget.js" data-bot="${bot}" ${more} async></script></body></html>`,
    );
  });
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(host.address() as AddressInfo).port}/`,
    close: () => host.close(),
  };
}

/** A customer at a page with the widget in it, which is loaded and not opened yet.
 *  @param before hears what the page does from its beginning */
export async function visitHost(
  browser: Browser,
  address: string,
  more: BrowserContextOptions = {},
  before: (page: Page) => void = () => {},
) {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', ...more });
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  before(page);
  await page.goto(address);
  await loaded(page);
  return { context, page, faults };
}

/** The widget is there, and does what it is told. */
export const loaded = (page: Page) => page.waitForFunction(() => 'Wheelhouse' in window);

/** Has the widget do something, as the host page does. */
export const askWidget = (page: Page, act: string, value?: string): Promise<void> =>
  page.evaluate(
    ([what, token]) =>
      (window as unknown as { Wheelhouse(...asked: unknown[]): void }).Wheelhouse(what, token),
    [act, value] as const,
  );
export const openChat = (page: Page): Promise<void> => askWidget(page, 'open');
