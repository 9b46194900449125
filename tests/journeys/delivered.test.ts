import type { ConversationRow, Page as Paged } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { askWidget, hostPage, openChat, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';
import { said, write } from './talk.ts';
import { shot, visit } from './visit.ts';

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

test('[W98] an answer is sent while the customer is away, delivered behind a chat that is shut, and seen once it is open', async () => {
  const { context, page, faults } = await visitHost(browser, host.url);
  await openChat(page);
  await write(page, 'Is anybody there?');
  await page.getByText('Sent', { exact: true }).waitFor();
  const row = await until(async () => {
    const { body } = await ana.call<Paged<ConversationRow>>('GET /conversations?limit=5');
    return body.rows.find(({ last }) => last?.text === 'Is anybody there?');
  });
  await askWidget(page, 'close');
  await page.goto('about:blank');

  const desk = await visit(browser, { url: server.url, cookie: ana.cookie() });
  await desk.page.goto(`/desk/${row.id}`);
  await ana.call(`POST /conversations/${row.id}/messages`, {
    body: { kind: 'text', text: 'I am here.' },
  });
  await said(desk.page, 'I am here.').waitFor();
  await desk.page.getByText('Sent', { exact: true }).waitFor();

  await page.goto(host.url);
  await desk.page.getByText('Delivered', { exact: true }).waitFor();
  await shot(desk.page, 'delivered');
  await openChat(page);
  await desk.page.getByText('Seen', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await desk.context.close();
  await context.close();
});
