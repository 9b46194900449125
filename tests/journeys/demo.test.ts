import type { Conversation, GatePromise, Trial } from '@wheelhouse/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { enrolFirst, type Program, startProgram } from './program.ts';
import { slowly, visit } from './visit.ts';

/** What the shop's page says over its buttons, and what the bot then does. */
const promised: Record<string, string> = {
  'It knows': 'pass',
  'It looks it up': 'pass',
  'It is not sure': 'hold',
  'It asks before it acts': 'hold',
  'It does not know': 'asks back',
  'You want a person': 'asked',
};

let browser: Browser;
let program: Program | undefined;
beforeAll(async () => {
  built();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await program?.clear();
});

test('[J18] a newcomer chats in the demo shop and answers from the desk', async () => {
  program = await startProgram();
  const ana = await enrolFirst(program);
  expect(program.said()).toContain(`${program.url}/demo`);
  await program.says(/went through its gates/);
  const { page, context, faults } = await visit(browser, { url: program.url });
  const answer = await page.goto('/demo');
  expect(answer?.headers()['content-security-policy']).not.toMatch(/unsafe/);
  await page.getByRole('heading', { name: 'Supper tastes better outside.' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);

  // Each button does what the page says over it.
  const tried = async (words: string) =>
    (await ana.call<Trial>('POST /bots/shop/try', { text: words })).body;
  const chips = await page.locator('.chip').evaluateAll((all) =>
    all.map((chip) => ({
      words: chip.getAttribute('data-words') ?? '',
      over: chip.closest('.try')?.querySelector('h3')?.textContent ?? '',
    })),
  );
  expect(new Set(chips.map(({ over }) => over))).toEqual(new Set(Object.keys(promised)));
  for (const { words, over } of chips) {
    const { says, hands_off, judged } = await tried(words);
    const does = hands_off?.reason ?? (says?.kind === 'buttons' ? 'asks back' : judged?.verdict);
    expect([words, does]).toEqual([words, promised[over]]);
  }

  // What the bot knows is answered at once.
  const send = page.getByRole('button', { name: 'Send' });
  await page.getByRole('button', { name: 'How do I return a pan I do not like?' }).click();
  await send.click();
  await page.getByText('You can return anything unused within 30 days').waitFor();

  // What it cannot know is not guessed at: it asks once, and then a person is called.
  const own = async () => {
    const { body } = await ana.call<{ rows: Conversation[] }>('GET /conversations');
    // Those that the demo came with are customers whom the shop knows.
    return body.rows.find(({ contact }) => contact.external_id === null);
  };
  await page.getByRole('button', { name: /purple with yellow dots/ }).click();
  await send.click();
  await page.getByText('I am not sure what you mean.').waitFor();
  await page.getByRole('button', { name: 'Can I rent a stove for a weekend?' }).click();
  await send.click();
  await expect.poll(async () => (await own())?.owner.kind, slowly).toBe('queue');
  const waiting = await ana.call<{ rows: Conversation[] }>('GET /conversations?view=waiting');
  const { id } = (await own()) as Conversation;
  expect(waiting.body.rows.map((row) => row.id)).toContain(id);
  const canned = await ana.call<{ rows: unknown[] }>('GET /canned-replies');
  expect(canned.body.rows).toHaveLength(6);
  // Beside it wait the customers that the demo came with, in their languages.
  const languages = waiting.body.rows.map(({ contact }) => contact.language);
  expect(languages).toEqual(expect.arrayContaining(['ar', 'de']));

  const desk = await context.newPage();
  await desk.goto('/desk');
  await desk
    .getByRole('heading', { name: 'Desk', level: 1 })
    .or(desk.getByRole('main'))
    .first()
    .waitFor();
  await ana.call(`POST /conversations/${id}/take`, {});
  await page.getByText('Ana Reyes is here now. You are talking to a person.').waitFor();
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Purple, yes. The dots are beyond me.' },
  });
  await page.getByText('The dots are beyond me.').waitFor();

  await ana.call(`POST /conversations/${id}/hand-back`, {});
  await page.getByRole('button', { name: 'I want to talk to a person' }).click();
  await send.click();
  await expect.poll(async () => (await own())?.owner.kind, slowly).toBe('queue');
  expect(faults.filter((fault) => !/status of 401/.test(fault))).toEqual([]);

  // Meanwhile one gate learned from decisions and opened by itself, and what came then partly passed.
  await program.says(/How a promise is proven: see Gates/);
  const promise = (await ana.call<GatePromise>('GET /gates/message-topics/promise')).body;
  expect(promise.state).toBe('certified');
  const passed = promise.history.rows.reduce((sum, row) => sum + row.passed, 0);
  expect(passed).toBeGreaterThan(20);
  await context.close();
});
