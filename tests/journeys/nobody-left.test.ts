import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { act, reads, region, row, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let ben: Person;
let eva: Person;
let lea: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  agent = await server.keyFor('admin');
  ben = await newMember(server, ana, 'ben@example.com', 'reviewer');
  eva = await newMember(server, ana, 'eva@example.com', 'reviewer');
  lea = await newMember(server, ana, 'lea@example.com', 'lead');
});

async function held(name: string, policy: object): Promise<string> {
  await agent.call(`PUT /gates/${name}`, { queue: name, policy: { mode: 'always', ...policy } });
  const output = { input: { text: `About ${name}` }, content: 'a reply' };
  return (await agent.call<{ case_id: string }>(`POST /gates/${name}/outputs`, output)).body
    .case_id;
}
const answer = (by: Caller, id: string, body: object) => by.call(`POST /cases/${id}/answers`, body);
const approve = { values: { verdict: 'approve' } };

test('[C22] [J8] a case that nobody is left for stands on the lead’s Home, and is given away from there', async () => {
  const id = await held('letters', {});
  for (const one of [ben, eva]) await answer(one, id, { status: 'skipped', note: 'not for me' });
  const { page, faults, context } = await visit(browser, { url: server.url, cookie: lea.cookie() });
  await page.goto('/');
  const attention = region(page, 'Needs someone now');
  await attention.getByRole('link', { name: /About letters.*Nobody left/s }).click();
  const notice = page.getByRole('note').filter({ hasText: 'Nobody else is left to decide this' });
  await notice.waitFor();
  const lists = page.getByRole('navigation', { name: 'Queues and views' });
  await lists.getByRole('link', { name: 'Nobody left' }).click();
  await row(page, 'About letters').getByRole('button').click();
  await notice.waitFor();
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: /^ben/ }).click();
  // The server looks again, says so, and the page hears it.
  await notice.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
  await context.close();
  const his = await visit(browser, { url: server.url, cookie: ben.cookie() });
  await his.page.goto(`/desk/${id}`);
  await act(his.page, /^Approve/).click();
  await his.page.getByText('Approved').first().waitFor();
  const views = his.page.getByRole('navigation', { name: 'Queues and views' });
  expect(await views.getByRole('link', { name: 'Nobody left' }).count()).toBe(0);
  await his.context.close();
});

test('[C18] [C12] who decided with another takes back their own answer, and reads that the other stands', async () => {
  const id = await held('pairs', { quorum: { approvals: 2, of: 2 }, undo_ms: 600_000 });
  await answer(ben, id, approve);
  await answer(eva, id, approve);
  const { page, context } = await visit(browser, { url: server.url, cookie: eva.cookie() });
  await page.goto(`/desk/${id}`);
  await reads(region(page, 'What was decided'), 'Undo takes back your answer alone');
  await page.keyboard.press('u');
  await reads(page.getByRole('status'), 'Your answer is taken back');
  await reads(page.getByRole('status'), 'One answer stands; 2 must say the same.');
  const { body } = await agent.call(`GET /cases/${id}`);
  expect(body).toMatchObject({ state: 'waiting', answers_in: 1 });
  await context.close();
});
