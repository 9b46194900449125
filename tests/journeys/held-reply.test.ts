import type { Case, Output, Page as PageOf, Transcript } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from '../invariants/until.ts';
import { axeFaults } from './axe.ts';
import { hostPage, openChat, visitHost } from './host-page.ts';
import { inHouse } from './house.ts';
import { lampbot, write } from './talk.ts';
import { region, shot, sideways, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let host: Awaited<ReturnType<typeof hostPage>>;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  const intents = lampbot.intents.map((one) => ({ ...one, answer: `**Yes.** ${one.answer}` }));
  // Nobody is hurried here.
  const waiting = { tell_after_ms: 500, silent_after_ms: 3_600_000 };
  await ana.call('PUT /bots/shop', { ...lampbot, intents, waiting, posture: 'draft' });
  host = await hostPage(server.url);
});
afterAll(() => host?.close());

const held = (not?: string) =>
  until(async () => {
    const { rows } = (await ana.call<PageOf<Output>>('GET /outputs?gate=replies&limit=9')).body;
    return rows.find(({ id, verdict }) => verdict === 'hold' && id !== not);
  });

test('[K79] [K80] [K148] [W82] a customer whose reply is held hears of it, as does who may decide; from the conversation one key leads to the draft, one back, and one takes the wheel', async () => {
  const customer = await visitHost(browser, host.url);
  await openChat(customer.page);
  const desk = await visit(browser, { url: server.url, cookie: ana.cookie() });
  const { page } = desk;
  // It hears what happens from then on.
  const hears = page.waitForResponse((response) => response.url().endsWith('/events'));
  await page.goto('/gates');
  await hears;
  await write(customer.page, 'where is my order');
  const toast = page.getByRole('alert').filter({ hasText: 'A reply waits for a person' });
  await toast.hover();
  await shot(page, 'held-toast');
  await toast.getByRole('button', { name: 'Open the conversation' }).click();
  const told = customer.page.getByText('A person looks at this first.');
  await told.waitFor();
  await shot(customer.page, 'held-told');
  expect(await axeFaults(customer.page)).toEqual([]);

  const draft = await held();
  await page.waitForURL(`**/desk/${draft.conversation_id}*`);
  const strip = page.getByRole('note').filter({ hasText: 'A draft of the AI waits' });
  await strip.waitFor();
  await shot(page, 'held-strip');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('g');
  await page.waitForURL(`**/desk/${draft.case_id}*`);
  const proposed = region(page, 'What the AI proposes');
  expect(await proposed.locator('strong').innerText()).toBe('Yes.');
  await page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await shot(page, 'held-case');
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('g');
  await strip.waitFor();

  // The customer writes on: what it was is said, and what took its place is one step away.
  await write(customer.page, 'track my order');
  const newer = await held(draft.id);
  await until(async () => {
    const { body } = await ana.call<Case>(`GET /cases/${draft.case_id}`);
    return body.state === 'cancelled';
  });
  await page.goto(`/desk/${draft.case_id}`);
  await page.getByText('The conversation went on without it').waitFor();
  await page.getByRole('button', { name: 'The draft that waits now' }).click();
  await page.waitForURL(`**/desk/${newer.case_id}*`);
  await page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await page.keyboard.press('t');
  await page.waitForURL(`**/desk/${draft.conversation_id}*`);
  await page.getByText('You have the wheel').first().waitFor();
  await strip.waitFor({ state: 'detached' });
  const { body } = await ana.call<Transcript>(`GET /conversations/${draft.conversation_id}`);
  expect(body.conversation).toMatchObject({ owner: { kind: 'member' } });
  await customer.page.getByText('You are talking to a person').waitFor();
  // What was withdrawn says who has the wheel since.
  await page.goto(`/desk/${newer.case_id}`);
  await page.getByText('you have the wheel now').waitFor();
  // Told once, though another reply was held by then.
  expect(await told.count()).toBe(1);
  expect([...desk.faults, ...customer.faults]).toEqual([]);
  await desk.context.close();

  const phone = await visit(browser, {
    url: server.url,
    cookie: ana.cookie(),
    theme: 'dark',
    width: 390,
  });
  await ana.call(`POST /conversations/${draft.conversation_id}/hand-back`, {});
  // The customer waits still, and the bot drafts anew.
  const third = await until(async () => {
    const { rows } = (await ana.call<PageOf<Output>>('GET /outputs?gate=replies&limit=9')).body;
    return rows.find(({ verdict, outcome }) => verdict === 'hold' && !outcome);
  });
  await phone.page.goto(`/desk/${draft.conversation_id}`);
  await phone.page.getByRole('note').filter({ hasText: 'A draft of the AI waits' }).waitFor();
  await shot(phone.page, 'held-strip-phone');
  expect(await sideways(phone.page)).toBe(0);
  await phone.page.goto(`/desk/${third.case_id}`);
  await phone.page.getByRole('button', { name: 'Take the wheel' }).waitFor();
  await shot(phone.page, 'held-case-phone');
  expect(await sideways(phone.page)).toBe(0);
  expect(await axeFaults(phone.page)).toEqual([]);
  expect(phone.faults).toEqual([]);
  await phone.context.close();
  await customer.context.close();
});
