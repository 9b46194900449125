import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

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
