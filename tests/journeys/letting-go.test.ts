import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { lampbot, said } from './talk.ts';
import { shot, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let rita: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  admin = await server.keyFor('admin');
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  await newMember(server, ana, 'ben@example.com', 'reviewer');
  const best = { field: 'metadata.contact.attributes.tier', op: '=', value: 'best' };
  const rules = [{ when: best, then: 'block', reason: 'a person serves our best customers' }];
  await admin.call('PUT /gates/ruled', { policy: { mode: 'rules', rules } });
  await admin.call('PUT /bots/ruled', { ...lampbot, gate: 'ruled', hand_off_below: 0.1 });
});

const say = (id: string, text: string) =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
async function opened(contact: object): Promise<string> {
  const { body } = await admin.call<{ id: string }>('POST /conversations', {
    bot: 'ruled',
    contact,
  });
  return body.id;
}

test('[K82] what the customer writes as a conversation is ended is shown instead, and says what to do', async () => {
  const id = await opened({ name: 'Kim' });
  const path = `POST /conversations/${id}/messages`;
  await rita.call(path, { body: { kind: 'text', text: 'It is blue.' } });
  const { page, context } = await visit(browser, { url: server.url, cookie: rita.cookie() });
  await page.goto(`/desk/${id}`);
  await said(page, 'It is blue.').waitFor();
  // Their word arrives after the key was pressed, and before the server hears of it.
  let late = 0;
  await page.route('**/resolve', async (route) => {
    if (late++ === 0) await say(id, 'And does it come in red?');
    await route.continue();
  });
  await page.keyboard.press('e');
  await page.getByText('The customer has written since.').waitFor();
  await said(page, 'And does it come in red?').waitFor();
  await page.getByText('You have the wheel').first().waitFor();
  await shot(page, 'letting-go-stale');
  // Read by now, it may be ended, once that was asked.
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'End this conversation?' });
  await dialog.getByText('The customer waits for an answer.').waitFor();
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await dialog.waitFor({ state: 'detached' });
  const read = await admin.call<{ conversation: { state: string } }>(`GET /conversations/${id}`);
  expect(read.body.conversation.state).toBe('resolved');
  await context.close();
});

test('[K82] a rule’s own words stand above the conversation, and who is offline is called so when it is sent to them', async () => {
  const id = await opened({ external_id: 'best-1', name: 'Bo', attributes: { tier: 'best' } });
  await say(id, 'where is my order');
  const { page, context } = await visit(browser, { url: server.url, cookie: rita.cookie() });
  await page.goto(`/desk/${id}`);
  await page.getByText('Why: a rule keeps it for people').waitFor();
  await page
    .getByRole('banner')
    .or(page.locator('header'))
    .getByText('our best customers')
    .waitFor();
  await page.keyboard.press('t');
  await page.getByText('You have the wheel').first().waitFor();
  await shot(page, 'letting-go-rule');
  // Whoever takes the wheel may write at once; keys are keys again beside the field.
  const reply = page.getByLabel('Write a reply');
  await reply.and(page.locator(':focus')).waitFor();
  await reply.blur();
  await page.keyboard.press('o');
  await page.getByRole('combobox', { name: 'To' }).fill('ben');
  await page.getByRole('option', { name: /ben/ }).click();
  await page.getByText('Not at the desk: others get it if they do not come.').waitFor();
  await page.getByRole('button', { name: 'Hand over' }).last().click();
  await page.getByText('It waits for ben, who is offline').waitFor();
  await shot(page, 'letting-go-offline');
  await context.close();
});
