import type { ConversationRow, Page as Paged } from '@wheelhouse/core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { shot, visit as visitDesk } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
let asks: Awaited<ReturnType<typeof hostPage>>;
const mood = {
  kind: 'choice',
  name: 'mood',
  title: 'How are you?',
  required: false,
  multiple: true,
  options: [
    { value: 'well', label: 'Well' },
    { value: 'so', label: 'So so' },
  ],
};
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
  const bot = { title: 'Lampbot', greeting: 'Hello!', posture: 'off' };
  await ana.call('PUT /bots/shop', bot);
  const pre_chat_form = { skippable: true, questions: [mood] };
  await ana.call('PUT /bots/asks', { ...bot, pre_chat_form });
  host = await hostPage(server.url);
  asks = await hostPage(server.url, 'asks');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  asks?.close();
  await server?.stop();
});

/** A customer at the page who was answered with something. @returns where it stands, and the talk */
async function answered(page: Page, text: string, question: string) {
  await openChat(page);
  await page.locator('textarea').last().fill(question);
  await page.keyboard.press('Enter');
  const row = await until(async () => {
    const { body } = await ana.call<Paged<ConversationRow>>('GET /conversations?limit=50');
    return body.rows.find(({ last }) => last?.text === question);
  });
  await ana.call(`POST /conversations/${row.id}/take`, {});
  await ana.call(`POST /conversations/${row.id}/messages`, { body: { kind: 'text', text } });
  const bubble = page.locator('.row.member .bubble').last();
  await bubble.waitFor();
  return { bubble, id: row.id };
}
/** What it is drawn with, and where its links lead: no classes and no styles. */
const drawnIn = (place: Locator) =>
  place.evaluate((element) => {
    const told = (node: Node): string => {
      if (!(node instanceof HTMLElement)) return node.textContent ?? '';
      const to = node instanceof HTMLAnchorElement ? ` ${node.href}` : '';
      const inner = [...node.childNodes].map(told).join('');
      return node.localName === 'span' ? inner : `<${node.localName}${to}>${inner}`;
    };
    return [...element.children]
      .filter(({ localName }) => /^(p|ul|ol|pre|blockquote)$/.test(localName))
      .map(told);
  });

const article = `# Sending a lamp back

You need:
- the _box_ it came in
- **[the form](https://shop.example/form_(en))**
  1. print it
  2. sign it

> Keep the receipt.

| Size | Price |
|------|------:|
| S | 5 € |

\`\`\`
lamp --off
\`\`\`
![a lamp](https://shop.example/lamp.png) [bad](javascript:alert(1)) <img src=x onerror=alert(1)>`;
const drawn = [
  '<p><strong>Sending a lamp back',
  '<p>You need:',
  '<ul><li>the <em>box it came in<li><strong><a https://shop.example/form_(en)>the form<ol><li>print it<li>sign it',
  '<blockquote><p>Keep the receipt.',
  '<p><strong>Size · Price<br>S · 5 €',
  '<pre><code>lamp --off',
  '<p><a https://shop.example/lamp.png>a lamp bad <img src=x onerror=alert(1)>',
];

test('[K73] an article reads in the widget and at the desk as it was meant, and alike', async () => {
  const { context, page, faults } = await visitHost(browser, host.url);
  const { bubble, id } = await answered(page, article, 'How do I send it back?');
  expect(await drawnIn(bubble)).toEqual(drawn);
  expect(await axeFaults(page)).toEqual([]);
  await shot(page, 'markdown');

  const desk = await visitDesk(browser, { url: server.url, cookie: ana.cookie() });
  await desk.page.goto(`/desk/${id}`);
  const said = desk.page.getByRole('list', { name: 'What was said' });
  const there = said.locator('pre').locator('xpath=..');
  await there.waitFor();
  expect(await drawnIn(there)).toEqual(drawn);
  await shot(desk.page, 'markdown-desk');
  expect([...faults, ...desk.faults]).toEqual([]);
  await desk.context.close();
  await context.close();
});

/** Where the words and the signs of a list stand: its direction, and how far its words are from the
 *  side on which its signs are. */
const placed = (list: Locator) =>
  list.evaluate((element) => {
    const { direction } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const gaps = [...element.children].map((item) => {
      const range = document.createRange();
      range.selectNodeContents(item);
      const words = range.getBoundingClientRect();
      return Math.round(direction === 'rtl' ? box.right - words.right : words.left - box.left);
    });
    return { direction, gaps };
  });

test('[K74] in Arabic and in English a list’s words stand beside its signs, whichever way they are read', async () => {
  const phone = { viewport: { width: 390, height: 780 } };
  const { context, page, faults } = await visitHost(browser, `${host.url}?in=ar`, phone);
  const english = 'You need:\n\n- a hat\n- قبعة\n- a coat, and a scarf!';
  const { bubble } = await answered(page, english, 'ماذا أحتاج؟');
  expect(await placed(bubble.locator('ul'))).toEqual({ direction: 'ltr', gaps: [22, 22, 22] });
  await shot(page, 'list-ar');
  expect(await axeFaults(page)).toEqual([]);
  await context.close();

  const other = await visitHost(browser, host.url);
  const arabic = 'تحتاج إلى:\n\n1. قبعة\n2. a coat\n3. معطف';
  const reply = await answered(other.page, arabic, 'What do I need in Arabic?');
  expect(await placed(reply.bubble.locator('ol'))).toEqual({
    direction: 'rtl',
    gaps: [22, 22, 22],
  });
  await shot(other.page, 'list-en');
  expect([...faults, ...other.faults]).toEqual([]);
  await other.context.close();
});

test('[K74] in Arabic an English question stands above what is picked from, and not across from it', async () => {
  const phone = { viewport: { width: 390, height: 780 }, colorScheme: 'dark' as const };
  const { context, page, faults } = await visitHost(browser, `${asks.url}?in=ar`, phone);
  await openChat(page);
  const legend = page.getByText('How are you?');
  await legend.waitFor();
  const left = async (place: Locator) => (await place.boundingBox())?.x ?? Number.NaN;
  const wordsLeft = await legend.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().x;
  });
  const box = page.getByRole('checkbox', { name: 'Well' });
  expect(Math.abs(wordsLeft - (await left(box)))).toBeLessThan(8);
  await shot(page, 'question-ar');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
