import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { inHouse } from './house.ts';
import { act, reads, region, row, slowly, visit } from './visit.ts';

const minute = 60_000;
let browser: Browser;
let server: TestServer;
let agent: Caller;
let cleo: Person;
let dora: Person;
inHouse(async ({ ana, ...house }) => {
  ({ browser, server } = house);
  agent = await server.keyFor('admin');
  cleo = await newMember(server, ana, 'cleo@example.com', 'reviewer');
  dora = await newMember(server, ana, 'dora@example.com', 'reviewer');
  const form = {
    questions: [
      {
        kind: 'choice',
        name: 'urgency',
        options: [
          { value: 'now', label: 'At once' },
          { value: 'later', label: 'Whenever' },
        ],
      },
    ],
  };
  await agent.call('PUT /gates/urgency', {
    title: 'Urgency',
    form,
    policy: {
      mode: 'threshold',
      threshold: 0.8,
      deadline: {
        ladder: [{ after_ms: 30 * minute, do: 'escalate' }],
        expire_after_ms: 60 * minute,
        fallback: 'reject',
      },
    },
  });
  const quorum = { approvals: 2, of: 2 };
  await agent.call('PUT /gates/second', {
    title: 'Second opinions',
    form,
    policy: { mode: 'always', quorum },
  });
});

const submit = async (gate: string, customer: string, confidence = 0.4) => {
  const { body } = await agent.call<{ case_id: string }>(`POST /gates/${gate}/outputs`, {
    input: {
      text: `A word from ${customer}`,
      facts: [{ label: 'Customer', value: customer }],
    },
    content: { urgency: 'later' },
    confidence,
  });
  return body.case_id;
};
const context = (page: Page) => page.getByRole('complementary', { name: 'Context' });
const part = (page: Page, name: string) => context(page).getByRole('region', { name });

test('[J10] beside a case stand its gate, the clock, alike decisions and what happened to it', async () => {
  const earlier = await submit('urgency', 'Nora Lund');
  await submit('urgency', 'Somebody Else');
  const answer = { values: { urgency: 'now' } };
  expect((await dora.call(`POST /cases/${earlier}/answers`, answer)).status).toBe(200);
  const case_id = await submit('urgency', 'Nora Lund');
  const {
    page,
    context: own,
    faults,
  } = await visit(browser, {
    url: server.url,
    cookie: cleo.cookie(),
  });
  await page.goto(`/desk/${case_id}`);
  await reads(region(page, 'Why it is here'), 'Confidence 0.40 is under 0.80');
  const why = part(page, 'Its gate');
  await reads(why, 'The AI is 0.40 sure; 0.80 passes');
  await reads(why, 'What the AI is at least 80% sure of passes');
  const clock = part(page, 'If nobody decides').getByRole('listitem');
  await reads(clock.nth(0), /A lead or above is asked for.*in \d+ m/);
  await reads(clock.nth(1), /it counts as rejected/);
  const alike = part(page, 'Decided before, most alike first').getByRole('listitem');
  await reads(alike.first(), /At once.*Nora Lund.*same customer/s);
  await reads(part(page, 'What happened to it'), 'submitted an output');

  // It is put away by its key, stays away over a reload, and comes back.
  await page.keyboard.press('i');
  await context(page).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Show the context' }).click();
  await context(page).waitFor();
  expect(faults).toEqual([]);
  await own.close();
});

test('[J10] [C10] whoever gives the second opinion is not told who gave the first, or what', async () => {
  const case_id = await submit('second', 'Blind Spot');
  const first = { values: { urgency: 'now' } };
  expect((await dora.call(`POST /cases/${case_id}/answers`, first)).status).toBe(200);
  const { page, context: own } = await visit(browser, { url: server.url, cookie: cleo.cookie() });
  await page.goto(`/desk/${case_id}`);
  const history = part(page, 'What happened to it');
  await reads(history, 'Someone answered it');
  expect(await context(page).innerText()).not.toMatch(/dora|at once/i);
  await own.close();
});

test('[J10] on a phone the context takes the place of the case, and what was typed stays behind it', async () => {
  const case_id = await submit('urgency', 'Pocket Size');
  const { page, context: own } = await visit(browser, {
    url: server.url,
    cookie: cleo.cookie(),
    width: 390,
    height: 844,
  });
  await page.goto(`/desk/${case_id}`);
  await page.getByRole('radio', { name: 'At once' }).check();
  await page.getByRole('button', { name: 'Show the context' }).click();
  await part(page, 'If nobody decides').waitFor();
  expect(await page.getByRole('article').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Put the context away' }).click();
  await context(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('radio', { name: 'At once' }).isChecked()).toBe(true);
  await own.close();
});

test('[J10] who may not assign takes a case instead', async () => {
  const case_id = await submit('urgency', 'Take Me');
  const { page, context: own } = await visit(browser, { url: server.url, cookie: cleo.cookie() });
  await page.goto(`/desk/${case_id}`);
  await row(page, 'Take Me').waitFor();
  await act(page, 'More acts').click();
  await page.getByRole('menuitem', { name: /^Take it/ }).click();
  await page.getByText('You hold this').waitFor();
  const holders = async () =>
    (await agent.call<{ holders: unknown[] }>(`GET /cases/${case_id}`)).body.holders.length;
  await expect.poll(holders, slowly).toBe(1);
  await own.close();
});
