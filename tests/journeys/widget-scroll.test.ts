import type { ConversationRow, Page as Paged } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';
import { write } from './talk.ts';
import { shot, slowly } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  await ana.call('PUT /bots/shop', { title: 'Lampbot', greeting: 'Hello!', posture: 'off' });
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

/** How far its end is below what is seen, in CSS pixels, and how far it is scrolled. */
const placeOf = (page: Page) =>
  page.locator('.log').evaluate(({ scrollHeight, scrollTop, clientHeight }) => ({
    left: Math.round(scrollHeight - scrollTop - clientHeight),
    top: Math.round(scrollTop),
  }));
const atEnd = (page: Page) =>
  expect.poll(async () => (await placeOf(page)).left, slowly).toBeLessThan(3);
const answer = (id: string, text: string) =>
  ana.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text } });
/** A picture of 600 × 400, of noise, so that its bytes take a while to be read. */
async function picture(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 400];
    const brush = canvas.getContext('2d') as CanvasRenderingContext2D;
    for (let x = 0; x < 600; x += 4) {
      brush.fillStyle = `hsl(${(x * 37) % 360} 60% 50%)`;
      brush.fillRect(x, 0, 4, 400);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}
/** A customer whose log is longer than what is seen of it, whose conversation Ana has. */
async function talking(name: string, more: object = {}, search = '') {
  const { context, page, faults } = await visitHost(browser, host.url + search, more);
  await openChat(page);
  for (const n of [1, 2, 3]) {
    const lines = Array.from({ length: 6 }, (_, at) => `${name} asks ${n}, ${at}`).join('\n\n');
    await page.locator('textarea').last().fill(lines);
    await page.keyboard.press('Enter');
    await page.getByText(`${name} asks ${n}, 5`).waitFor();
  }
  await page.locator('.row.waits').first().waitFor({ state: 'detached' });
  const row = await until(async () => {
    const { body } = await ana.call<Paged<ConversationRow>>('GET /conversations?limit=20');
    return body.rows.find(({ last }) => last?.text?.includes(`${name} asks`));
  });
  await ana.call(`POST /conversations/${row.id}/take`, {});
  await page.locator('.face.member').waitFor();
  const share = async (file: string) =>
    page.locator('input[type="file"]').setInputFiles({
      name: `${file}.png`,
      mimeType: 'image/png',
      buffer: await picture(page),
    });
  return { context, page, faults, id: row.id, share };
}

test('[K100] who reads the end of the chat still does after a picture, a longer note and a reply', async () => {
  const { context, page, faults, id, share } = await talking('Kim');
  await atEnd(page);
  await share('lamp');
  await page.getByRole('img', { name: 'Picture: lamp.png' }).waitFor();
  await atEnd(page);
  await answer(id, 'What a lamp!');
  await page.getByText('What a lamp!').waitFor();
  await atEnd(page);
  // Less of the log is seen, and then more of it is there.
  await page.locator('textarea').last().fill('ab '.repeat(2_600));
  await page.locator('.limit').waitFor();
  await atEnd(page);
  await answer(id, 'Take your time.');
  await page.getByText('Take your time.').waitFor();
  await atEnd(page);
  await share('shade');
  await page.getByRole('img', { name: 'Picture: shade.png' }).waitFor();
  await atEnd(page);
  expect(await page.getByRole('button', { name: 'New messages' }).isVisible()).toBe(false);
  await shot(page, 'at-end');
  expect(faults).toEqual([]);
  await context.close();
});

test.each([
  ['', 'New messages', {}],
  [
    '?in=ar',
    'رسائل جديدة',
    { viewport: { width: 390, height: 780 }, colorScheme: 'dark' as const },
  ],
])(
  '[K100] who reads further up stays there, and a button says that there is more below%s',
  async (search, name, look) => {
    const who = search ? 'Lee' : 'Mo';
    const { context, page, faults, id, share } = await talking(who, look, search);
    await atEnd(page);
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -2_000);
    await expect.poll(async () => (await placeOf(page)).top, slowly).toBe(0);
    const more = page.getByRole('button', { name });
    expect(await more.isVisible()).toBe(false);
    await answer(id, 'I am here.');
    await more.waitFor();
    await share('lamp');
    await page.locator('canvas.picture').waitFor({ state: 'attached' });
    expect((await placeOf(page)).top).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, `below${search && '-ar'}`);
    await more.click();
    await more.waitFor({ state: 'hidden' });
    await atEnd(page);
    await answer(id, 'Still here.');
    await page.getByText('Still here.').waitFor();
    await atEnd(page);
    // What they say themselves leads them to the end.
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -2_000);
    await expect.poll(async () => (await placeOf(page)).top, slowly).toBe(0);
    if (!search) {
      await write(page, 'Good.');
      await atEnd(page);
    }
    await shot(page, `end${search && '-ar'}`);
    expect(faults).toEqual([]);
    await context.close();
  },
);
