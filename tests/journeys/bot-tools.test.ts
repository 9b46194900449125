import type { Bot, BotDefinition, Output, Page as PageOf } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, sideways, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
let bea: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  bea = await newMember(server, ana, 'bea@example.com', 'builder');
  await ana.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await ana.call('PUT /gates/taken', {
    policy: { mode: 'always' },
    action: { name: 'other', arguments_schema: { type: 'object' } },
  });
});

const open = (by: Person, options: { width?: number; theme?: 'light' | 'dark' } = {}) =>
  visit(browser, { url: server.url, cookie: by.cookie(), ...options });
const intents = [
  {
    name: 'refund',
    title: 'Returns',
    examples: ['i want a refund', 'refund my order', 'give me my money back', 'refund please'],
    answer: 'I have paid back {result.paid} for {arguments.order}.',
  },
  {
    name: 'where',
    examples: ['where is my parcel', 'track my parcel', 'has my parcel left', 'parcel status'],
    answer: 'On its way.',
  },
];
const definitionOf = async (bot: string) =>
  (await ana.call<Bot>(`GET /bots/${bot}`)).body.definition;

/** An argument's card, filled. */
async function argument(page: Page, at: number, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add an argument' }).click();
  const card = page.getByRole('group', { name: `Argument ${at}` });
  await card.getByLabel('Name').fill(name);
}
async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).last().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
const save = (page: Page) => page.keyboard.press('ControlOrMeta+s');

test('[K75] a builder gives a bot a tool by its fields; what the server refuses stands at its field', async () => {
  await bea.call('PUT /bots/shop', { title: 'Shop', uses_model: false, intents });
  const { page, context, faults } = await open(bea);
  await page.goto('/bots/shop');
  await page.getByRole('tab', { name: 'Tools' }).waitFor();
  await page.keyboard.press('3');
  await page.getByText('None yet: it only talks.').waitFor();
  await page.keyboard.press('n');
  await page.getByText('Nothing calls it').waitFor();
  await save(page);
  await page.getByRole('tab', { name: /Tools \d+ to mend/ }).waitFor();
  await page.getByLabel('Title', { exact: true }).fill('Refund');
  await page.getByLabel('Name', { exact: true }).fill('refund');
  await page.getByLabel('What it does').fill('Pays money back for an order.');
  await pick(page, 'Called for these intents', 'Returns');
  await page.getByText('for Returns').waitFor();

  await argument(page, 1, 'amount');
  await pick(page, 'Kind', 'Number');
  await page.getByLabel('At least').fill('1');
  await page.getByLabel('How the customer is asked for it').fill('How much?');
  await argument(page, 2, 'amount');
  const second = page.getByRole('group', { name: 'Argument 2' });
  await second.getByText('Another argument is called so').waitFor();
  await second.getByLabel('Name').fill('order');
  await second.getByLabel('What it is called').fill('your order number');
  await second.getByLabel('Pattern').fill('^A-[0-9]{3}$');
  // The order is asked for first.
  await second.getByLabel('Name').press('Alt+ArrowUp');
  await page.getByRole('button', { name: 'Ask for argument 1 later' }).waitFor();

  const address = page.getByLabel('Address', { exact: true });
  await address.fill('http://127.0.0.1:9/tools');
  await page.getByLabel('Gate', { exact: true }).fill('taken');
  await save(page);
  await page.getByText('is not a public address').waitFor();
  expect(await address.getAttribute('aria-invalid')).toBe('true');
  await address.fill('https://shop.example/tools');
  await save(page);
  await page.getByText('its gate “taken” guards “other”').waitFor();
  await shot(page, 'bot-tool-refused');
  await page.getByLabel('Gate', { exact: true }).fill('');
  await page.getByText('It is made with the tool, and holds every call').waitFor();
  await page.getByLabel('It answers within').fill('5');
  await save(page);
  await page.getByText('Version 2 answers from the next message on.').waitFor();
  const { tools, intents: kept } = await definitionOf('shop');
  expect(kept.map(({ tool }) => tool)).toEqual(['refund', undefined]);
  expect(tools).toEqual([
    {
      name: 'refund',
      title: 'Refund',
      description: 'Pays money back for an order.',
      arguments_schema: {
        type: 'object',
        additionalProperties: false,
        required: ['order', 'amount'],
        properties: {
          order: { type: 'string', title: 'your order number', pattern: '^A-[0-9]{3}$' },
          amount: { type: 'number', minimum: 1 },
        },
      },
      asks: { amount: 'How much?' },
      carried_out: {
        by: 'http',
        url: 'https://shop.example/tools',
        timeout_ms: 5_000,
        idempotent: false,
      },
      tells_why: false,
    },
  ]);
  await page.getByText('Everything waits for a person in “conversations”.').waitFor();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByLabel('Secret of the tool').waitFor();

  // Removed, after it was said what calls it; the intent stays.
  await page.getByRole('button', { name: 'Remove the tool Refund' }).click();
  await page.getByText('It is called for Returns').waitFor();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('None yet: it only talks.').waitFor();
  await save(page);
  await page.getByText('Version 3 answers from the next message on.').waitFor();
  expect(await definitionOf('shop')).toMatchObject({ tools: [], intents });
  // The refused saves alone.
  expect(faults.filter((one) => !one.includes('422'))).toEqual([]);
  await context.close();
});

const advanced = {
  title: 'Rich',
  uses_model: true,
  intents,
  tools: [
    {
      name: 'order',
      description: 'Orders parts.',
      arguments_schema: {
        type: 'object',
        $defs: { part: { type: 'object', properties: { id: { type: 'string' } } } },
        minProperties: 1,
        required: ['note', 'sum'],
        properties: {
          note: { type: 'string', maxLength: 80, examples: ['late'], format: 'uri' },
          sum: { type: 'number', multipleOf: 0.01, exclusiveMinimum: 0 },
          parts: { type: 'array', items: { $ref: '#/$defs/part' } },
        },
      },
      asks: { note: 'What else?' },
      gate: 'orders',
      carried_out: { by: 'claim', within_ms: 90_500 },
      tells_why: true,
    },
    {
      name: 'look',
      description: 'Looks.',
      arguments_schema: { type: 'object', properties: { day: { type: 'string', format: 'date' } } },
      carried_out: {
        by: 'http',
        url: 'https://shop.example/',
        timeout_ms: 12_345,
        idempotent: true,
      },
    },
  ],
};

test('[K75] what its page does not show of a tool is kept when it is saved', async () => {
  await bea.call('PUT /bots/rich', advanced);
  const before = await definitionOf('rich');
  const { page, context } = await open(bea);
  await page.goto('/bots/rich?tab=tools');
  await page.getByRole('button', { name: 'order', exact: true }).click();
  const third = page.getByRole('group', { name: 'Argument 3' });
  expect(await third.getByLabel('Kind').inputValue()).toBe('As its JSON says');
  await page.getByLabel('What it does').fill('Orders spare parts.');
  const first = page.getByRole('group', { name: 'Argument 1' });
  await first.getByLabel('Help').fill('Anything.');
  await save(page);
  await page.getByText('Version 2 answers').waitFor();
  const after = await definitionOf('rich');
  const expected = structuredClone(before) as BotDefinition;
  const [tool] = expected.tools;
  if (!tool) throw new Error('no tool');
  tool.description = 'Orders spare parts.';
  const { note } = tool.arguments_schema.properties as { note: Record<string, string> };
  note.description = 'Anything.';
  expect(after).toEqual(expected);
  // As text, too: a word of it changed is all that is.
  await page.getByText('JSON Schema', { exact: true }).click();
  const text = page.getByLabel('Arguments, as JSON Schema (2020-12)');
  await text.fill((await text.inputValue()).replace('"late"', '"soon"'));
  await save(page);
  await page.getByText('Version 3 answers').waitFor();
  note.examples = ['soon'] as never;
  expect(await definitionOf('rich')).toEqual(expected);
  await context.close();
});

test('[K76] a trial names the call that the bot would make, what it would make it with, and its gate’s word, and that it was not carried out', async () => {
  const [tool] = advanced.tools;
  const arguments_schema = {
    type: 'object',
    required: ['order', 'amount'],
    properties: {
      order: { type: 'string', title: 'your order number', pattern: '^A-[0-9]{3}$' },
      amount: { type: 'number' },
    },
  };
  const refund = {
    ...tool,
    name: 'refund',
    title: 'Refund',
    gate: 'refund',
    arguments_schema,
    asks: {},
  };
  const calling = [{ ...intents[0], tool: 'refund' }, intents[1]];
  await bea.call('PUT /bots/pays', {
    title: 'Pays',
    uses_model: false,
    intents: calling,
    tools: [refund],
  });
  const { page, context, faults } = await open(bea);
  await page.goto('/bots/pays?tab=tools');
  const field = page.getByLabel('Write as a customer');
  const ask = async (text: string) => {
    await field.fill(text);
    await field.press('Enter');
    return page.getByRole('region', { name: text, exact: true });
  };
  await (await ask('refund please')).getByText('Please tell me: your order number').waitFor();
  await (await ask('it is a-123')).getByText('Please tell me: amount').waitFor();
  const would = (await ask('12.50')).getByRole('region', { name: 'What it would do' });
  await would.getByText('It would call Refund').waitFor();
  for (const word of ['A-123', '12.5', 'holds it: a person decides first']) {
    await would.getByText(word).waitFor();
  }
  await would.getByText('Not carried out: this is a trial.').waitFor();
  await shot(page, 'bot-trial-call');
  expect(await axeFaults(page)).toEqual([]);
  expect((await ana.call<PageOf<Output>>('GET /outputs?gate=refund')).body.rows).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('[K75] [K52] a tool’s page reads well in both themes and at the width of a phone', async () => {
  const tools = [{ ...advanced.tools[0], title: 'T'.repeat(200), description: 'D'.repeat(400) }];
  await bea.call('PUT /bots/wide', { title: 'Wide', intents, tools });
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [1440, 390]) {
      const { page, context } = await open(bea, { width, theme });
      await page.goto('/bots/wide?tab=tools');
      await region(page, 'Tools').getByRole('button', { name: 'TTT' }).first().click();
      await region(page, 'Who carries it out').waitFor();
      await shot(page, `bot-tool-${theme}-${width}`);
      expect([theme, width, await sideways(page)]).toEqual([theme, width, 0]);
      expect([theme, width, await axeFaults(page)]).toEqual([theme, width, []]);
      await context.close();
    }
  }
});
