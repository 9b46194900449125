import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { openBrowser } from './browser.ts';
import { built } from './built.ts';
import { reads, region, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let agent: Caller;
let page: Page;
let faults: string[];
beforeAll(async () => {
  built();
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  const fay = await newMember(server, ana, 'fay@example.com', 'builder');
  await agent.call('PUT /gates/replies', {
    title: 'Replies',
    policy: { mode: 'threshold', threshold: 0.8 },
  });
  const sure = [0.95, 0.93, 0.91, 0.88, 0.86, 0.84, 0.82, 0.81, 0.7, 0.5];
  for (const confidence of sure) {
    await agent.call('POST /gates/replies/outputs', {
      input: { text: `Sure by ${confidence}` },
      content: 'A reply',
      confidence,
    });
  }
  browser = await openBrowser();
  ({ page, faults } = await visit(browser, { url: server.url, cookie: fay.cookie() }));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const threshold = () => page.getByRole('textbox', { name: 'Passes at a confidence of' });
const save = () => page.getByRole('button', { name: /^Save as a new version/ });
const saved = async () =>
  (
    await agent.call<{ policy_version: number; policy: { threshold: number } }>(
      'GET /gates/replies',
    )
  ).body;

/** Keeps whatever a panel says from here on, however short it says it. @returns what it said */
async function sayings(page: Page, title: string): Promise<() => Promise<string[]>> {
  await page.evaluate((title) => {
    const kept: string[] = [];
    Object.assign(window, { kept });
    new MutationObserver(() => {
      const heading = [...document.querySelectorAll('h2')].find((one) => one.innerText === title);
      const text = heading?.closest('section')?.innerText;
      if (text && text !== kept.at(-1)) kept.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, title);
  return () => page.evaluate(() => (window as unknown as { kept: string[] }).kept);
}

async function type(value: string): Promise<void> {
  await threshold().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
}

test('[J6] [K154] a threshold is changed, previewed, saved, and the versions compared', async () => {
  await page.goto('/gates');
  await page.getByRole('link', { name: 'Replies' }).click();
  await page.getByRole('heading', { name: 'Replies', level: 1 }).waitFor();
  expect(await save().count()).toBe(0);
  const said = await sayings(page, 'Before you save');
  await type('0.9');
  expect(await threshold().inputValue()).toBe('0.9');
  // Of ten, eight passed at 0.80; at 0.90 three do.
  const preview = region(page, 'Before you save');
  const passed = preview.getByRole('row').filter({ hasText: 'Passed' });
  await expect
    .poll(() => passed.getByRole('cell').allInnerTexts(), slowly)
    .toEqual(['Passed', '8', '3']);
  await preview.getByRole('link', { name: 'Sure by 0.84' }).waitFor();
  // What another threshold would do was never said of this one.
  const sayings_of_it = await said();
  expect(sayings_of_it.filter((text) => /would be held/.test(text))).not.toEqual([]);
  expect(sayings_of_it.filter((text) => /As many would be held/.test(text))).toEqual([]);
  await reads(region(page, 'Not saved yet'), '5 more of the last 10 would be held');
  expect((await saved()).policy_version).toBe(1);

  await page.keyboard.press('ControlOrMeta+s');
  await page.getByText('Version 2 is in force').waitFor();
  await page.getByRole('tab', { name: 'Versions' }).click();
  const differs = region(page, 'What differs');
  await reads(differs, 'Passes at a confidence of');
  await reads(differs, '0.8');
  await reads(differs, '0.9');
  expect(await saved()).toMatchObject({ policy_version: 2 });
});

test('[J6] a version is brought back only after what it would change was shown, and undone', async () => {
  await page.getByRole('button', { name: 'Bring back' }).click();
  await reads(region(page, 'Before you save'), '5 fewer of the last 10 would be held');
  expect(await saved()).toMatchObject({ policy_version: 2 });
  await page.keyboard.press('ControlOrMeta+s');
  const told = page.getByRole('status').filter({ hasText: 'Version 3 is in force' });
  await told.waitFor();
  expect(await saved()).toMatchObject({ policy_version: 3, policy: { threshold: 0.8 } });
  await told.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Version 4 is in force').waitFor();
  expect(await saved()).toMatchObject({ policy_version: 4, policy: { threshold: 0.9 } });
});

test('[J6] cut off, a save is refused at once and never sent later', async () => {
  await page.goto('/gates/replies');
  await threshold().waitFor();
  await type('0.6');
  await page.context().setOffline(true);
  await save().click();
  await page.getByRole('alert').filter({ hasText: 'Not saved' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('img', { name: /^Live/ }).first().waitFor();
  expect(await saved()).toMatchObject({ policy_version: 4, policy: { threshold: 0.9 } });
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await save().count()).toBe(0);
});

test('[J6] a quorum asks for several roles, each with its number', async () => {
  await page.goto('/gates/replies?tab=people');
  const people = page.getByLabel('People asked');
  await people.fill('4');
  await page.getByLabel('Of whom must agree').fill('3');
  await page.getByRole('button', { name: 'Ask for a role' }).click();
  await page.getByRole('button', { name: 'Ask for a role' }).click();
  await page.getByLabel('How many of reviewer or above').fill('2');
  await page.getByText(/among them 2 of reviewer or above and 1 lead or above/).waitFor();
  await save().click();
  await page.getByText('Version 5 is in force').waitFor();
  const { body } = await agent.call<{ policy: { quorum: object } }>('GET /gates/replies');
  expect(body.policy.quorum).toMatchObject({
    of: 4,
    approvals: 3,
    roles: { reviewer: 2, lead: 1 },
  });
});

test('[J6] rules are tried on an output while they are written, before there is a gate', async () => {
  await page.goto('/gates/_new');
  await page.getByText('By rules').first().click();
  const tried = region(page, 'Try the rules');
  await reads(tried, 'Passed');
  await tried.getByLabel('An output').fill('{"content":"x","confidence":0.3}');
  await reads(tried, 'confidence 0.3 is under 0.5');
  await tried.getByLabel('An output').fill('{"content":"x","confidence":3}');
  await reads(tried, /confidence:/);
  page.once('dialog', (asked) => void asked.accept());
});

test('[J6] a gate may be called new', async () => {
  await page.goto('/gates');
  await page.getByRole('button', { name: /^New gate/ }).click();
  await page.getByRole('heading', { name: 'New gate', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('New');
  await page.getByText('/api/v1/gates/new/outputs').waitFor();
  await page.getByRole('button', { name: /^Make the gate/ }).click();
  await page.getByRole('heading', { name: 'New', exact: true, level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/gates/new');
});

test('[J6] what is wrong stands at its field, and nothing is saved', async () => {
  await page.goto('/gates/replies?tab=json');
  const json = page.getByLabel('The whole definition');
  const text = await json.inputValue();
  await json.fill(text.replace(/"threshold": 0\.9/, '"threshold": 1.7'));
  await page.getByText(/Line \d+, policy\.threshold/).waitFor();
  expect(await save().count()).toBe(0);
  await json.fill(text);

  await page.getByRole('tab', { name: 'Policy' }).click();
  const title = page.getByRole('textbox', { name: 'Title', exact: true });
  await title.fill('Replies '.repeat(100));
  await page.getByText('Mend what is marked first').waitFor();
  await save().click();
  await expect.poll(() => title.getAttribute('aria-invalid'), slowly).toBe('true');
  await page.getByRole('tab', { name: /^Policy.*1 to mend/s }).waitFor();
  expect((await saved()).policy_version).toBe(5);
  await title.fill('Replies to customers');
  await expect.poll(() => title.getAttribute('aria-invalid'), slowly).not.toBe('true');
  await save().click();
  await page.getByText('Version 6 is in force').waitFor();
  await page.getByRole('heading', { name: 'Replies to customers', level: 1 }).waitFor();
  // The browser itself says that a request was cut.
  expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

test('[J6] [G10] what contradicts itself stands at its field, found here or by the server', async () => {
  await page.goto('/gates/replies?tab=people');
  const input = (label: string) => page.getByLabel(label).and(page.locator('input'));
  const meaning = input('Then, for whoever asked');
  await meaning.click();
  await page.getByRole('option', { name: 'it counts as rejected' }).click();
  await save().click();
  const wrong = (field: Locator) => expect.poll(() => field.getAttribute('aria-invalid'), slowly);
  await wrong(meaning).toBe('true');
  await page.getByText('needs a time at which it expires').waitFor();
  await page.getByRole('switch', { name: 'Time runs out' }).click();
  await wrong(meaning).not.toBe('true');

  await page.getByRole('button', { name: 'Add a step' }).click();
  await input('Step 1, what happens').click();
  await page.getByRole('option', { name: 'let everyone in' }).click();
  const queue = input('Step 1, queue');
  await queue.fill('nowhere');
  await save().click();
  await wrong(queue).toBe('true');
  await page.getByText(/^there is no queue “nowhere”/).waitFor();
  await page.getByRole('tab', { name: /^People and time.*1 to mend/s }).waitFor();
  expect((await saved()).policy_version).toBe(6);
  await queue.fill('default');
  await save().click();
  await page.getByText('Version 7 is in force').waitFor();
  // The one refusal that the server made, said by the browser too.
  const told = faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'));
  expect(told).toEqual([expect.stringContaining('422')]);
});
