import type { ChatRow, Page as Paged, Rating, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { hostPage, loaded, openChat, visitHost } from './host-page.ts';
import { shot } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let host: Awaited<ReturnType<typeof hostPage>>;
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', { title: 'Lampbot', greeting: 'Hello!' });
  host = await hostPage(server.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  host?.close();
  await server?.stop();
});

const visit = (more: object = {}, search = '') => visitHost(browser, host.url + search, more);
async function say(page: Page, text: string, reply: string): Promise<void> {
  await page.locator('textarea').last().fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.row.bot').filter({ hasText: reply }).last().waitFor();
}
/** The conversation that was active last, as the desk reads it. */
async function newest(): Promise<Transcript> {
  const { body } = await admin.call<Paged<ChatRow>>('GET /conversations?limit=1');
  return (await admin.call<Transcript>(`GET /conversations/${body.rows[0]?.id}`)).body;
}

test('[K65] a thumb, a few words and the rating at the end arrive, also what was given without a connection', async () => {
  const { context, page, faults } = await visit();
  await openChat(page);
  await say(page, 'hello', 'How can I help');
  const reply = page.locator('.row.bot').last();
  const no = reply.getByRole('button', { name: 'Not helpful', exact: true });
  await context.setOffline(true);
  await no.click();
  await reply.getByLabel('Add a comment (optional)').fill('That is no answer.');
  await reply.getByRole('button', { name: 'Send comment' }).click();
  expect(await no.getAttribute('aria-pressed')).toBe('true');
  expect((await newest()).thumbs).toEqual([]);
  await shot(page, 'thumbs');
  expect(await axeFaults(page)).toEqual([]);
  await context.setOffline(false);
  const kept = await until(async () => (await newest()).thumbs[0]);
  expect(kept).toMatchObject({ up: false, comment: 'That is no answer.' });

  // After a reload it stands as it was given, and is changed by another.
  await page.reload();
  await loaded(page);
  await openChat(page);
  await page.locator('.thumb[aria-pressed="true"]').waitFor();
  await page.getByRole('button', { name: 'Helpful', exact: true }).click();
  await until(async () => (await newest()).thumbs[0]?.up);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'End this chat' }).click();
  await page.getByText('Did we help you?').waitFor();
  await page.getByRole('button', { name: '4 of 5' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.rating textarea').fill('Quick.');
  await page.locator('.rating').getByRole('button', { name: 'Send comment' }).click();
  await page.getByText('Thank you.').last().waitFor();
  await shot(page, 'rating');
  expect(await axeFaults(page)).toEqual([]);
  const rating = await until(async () => {
    const { body } = await admin.call<Paged<Rating>>('GET /ratings');
    return body.rows.find(({ comment }) => comment === 'Quick.');
  });
  expect(rating).toMatchObject({ score: 4, scale: 'stars', answered_kind: 'bot' });
  expect(faults).toEqual([]);
  await context.close();
});

test('[K69] earlier conversations are found, choices that were used are gone, and the title counts what is unread', async () => {
  const { context, page, faults } = await visit();
  await openChat(page);
  await say(page, 'hello', 'How can I help');
  const { conversation } = await newest();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.locator('.row.mine').waitFor({ state: 'detached' });
  await say(page, 'thank you', 'welcome');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Earlier conversations' }).click();
  await page.locator('.rows button').waitFor();
  await shot(page, 'history');
  expect(await axeFaults(page)).toEqual([]);
  await page.locator('.rows button').click();
  await page.locator('.row.mine').filter({ hasText: 'hello' }).waitFor();
  const person = await server.keyFor('reviewer');
  expect(person.key).toBeTruthy();
  await page.keyboard.press('Escape');
  await admin.call(`POST /conversations/${conversation.id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'good morning' },
  });
  await page.waitForFunction(() => document.title.startsWith('(1) '));
  await openChat(page);
  await page.waitForFunction(() => document.title === 'Shop');
  expect(faults).toEqual([]);
  await context.close();
});

test('[W69] whatever a message holds can be opened: a picture, that of a card, a place', async () => {
  const { context, page, faults } = await visit();
  await openChat(page);
  await say(page, 'hello', 'How can I help');
  const { conversation } = await newest();
  const image_url = 'https://shop.example/brass.png';
  const bodies = [
    { kind: 'image', url: 'https://shop.example/lamp.png', alt: 'A lamp' },
    { kind: 'card', title: 'Brass lamp', text: '40 W', image_url },
    { kind: 'location', latitude: 53.3, longitude: -6.2, label: 'Our shop' },
  ];
  for (const body of bodies) {
    const said = { from: 'contact', body };
    const sent = await admin.call(`POST /conversations/${conversation.id}/messages`, said);
    expect(sent.status).toBe(201);
  }
  const leadsTo = (name: string) =>
    page.getByRole('link', { name, exact: true }).getAttribute('href');
  expect(await leadsTo('A lamp')).toBe('https://shop.example/lamp.png');
  expect(await leadsTo('Picture')).toBe(image_url);
  expect(await leadsTo('Our shop')).toMatch(/^https:.*mlat=53\.3&mlon=-6\.2$/);
  await shot(page, 'kinds');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K69] colours that a page chose badly are mended, and its words and place are taken', async () => {
  const tag =
    'data-colour="#ffe14d" data-position="start" data-launcher="Ask us" data-title="Lamp help" data-scheme="light"';
  const { context, page, faults } = await visit({}, `?tag=${encodeURIComponent(tag)}`);
  const launch = page.getByRole('button', { name: 'Chat with us' });
  await page.getByText('Ask us').waitFor();
  const box = await launch.boundingBox();
  expect(box?.x).toBeLessThan(60);
  await openChat(page);
  await page.getByRole('dialog', { name: 'Lamp help' }).waitFor();
  await say(page, 'hello', 'How can I help');
  await shot(page, 'theme');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K69] what a page says of all its elements changes nothing in the chat', async () => {
  const looks = async (rule: string) => {
    const { context, page, faults } = await visit();
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }, rule);
    await openChat(page);
    const greeting = page.locator('.row.bot').getByText('Hello!').last();
    await greeting.waitFor();
    // What is drawn anew meanwhile has no looks.
    const found = await until(() =>
      greeting.evaluate((element) => {
        const style = getComputedStyle(element);
        const all = Array.from(style, (name) => `${name}: ${style.getPropertyValue(name)}`);
        return element.isConnected && all.length > 0 && all.sort();
      }),
    );
    if (rule) await shot(page, 'host-rules');
    const box = await page.getByRole('dialog').boundingBox();
    expect(faults).toEqual([]);
    await context.close();
    return { found, box };
  };
  const plain = await looks('');
  const loud =
    'color:#eee;font:italic 22px/2.2 serif;letter-spacing:3px;text-transform:uppercase;text-align:center;direction:rtl;position:static;visibility:visible;text-indent:9px;white-space:pre;cursor:none;word-spacing:8px;opacity:.4';
  expect(await looks(`* { ${loud} }`)).toEqual(plain);
  expect(await looks(`* { ${loud.replaceAll(';', ' !important;')} !important }`)).toEqual(plain);
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('[K66] files are picked, pasted and dropped; one that is lost on its way goes on, one is taken back, and a picture is seen', async () => {
  const { context, page, faults } = await visit();
  await openChat(page);
  await say(page, 'hello', 'How can I help');
  const pick = page.locator('input[type="file"]');
  await pick.setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
  await page.getByRole('img', { name: 'Picture: lamp.png' }).waitFor();
  await page.getByRole('button', { name: /^lamp.png .*Download/ }).waitFor();

  // Without a connection it waits, and is taken back or goes on.
  await context.setOffline(true);
  for (const name of ['kept.txt', 'taken back.txt']) {
    await pick.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  }
  await page.getByRole('button', { name: 'Try again' }).first().waitFor();
  await page.getByRole('button', { name: 'Cancel: taken back.txt' }).click();
  await context.setOffline(false);
  await page.getByRole('button', { name: /^kept.txt .*Download/ }).waitFor();
  await pick.setInputFiles({ name: 'a.exe', mimeType: 'image/png', buffer: Buffer.from('MZ\0\0') });
  await page.getByText('a.exe is of a kind that is not taken here.').waitFor();
  await page.getByRole('button', { name: 'Cancel: a.exe' }).click();

  for (const [kind, name] of [
    ['paste', 'pasted.txt'],
    ['drop', 'dropped.txt'],
  ] as const) {
    await page.evaluate(
      ([event, file]) => {
        const root = document.querySelector('wheelhouse-chat')?.shadowRoot;
        const data = new DataTransfer();
        data.items.add(new File(['words'], file));
        if (event === 'paste') {
          const paste = new ClipboardEvent('paste', { clipboardData: data, cancelable: true });
          [...(root?.querySelectorAll('textarea') ?? [])].at(-1)?.dispatchEvent(paste);
          return;
        }
        const over = new DragEvent('drop', { dataTransfer: data, cancelable: true });
        root?.querySelector('.panel')?.dispatchEvent(over);
      },
      [kind, name] as const,
    );
    await page.getByRole('button', { name: new RegExp(`^${name} .*Download`) }).waitFor();
  }
  const said = (await newest()).messages.map(({ body }) => ('name' in body ? body.name : ''));
  expect(said.filter(Boolean)).toEqual(['lamp.png', 'kept.txt', 'pasted.txt', 'dropped.txt']);
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: /^kept.txt .*Download/ }).click();
  expect((await begun).suggestedFilename()).toBe('kept.txt');
  await shot(page, 'files');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
