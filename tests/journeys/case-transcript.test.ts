import type { Output, Page as PageOf, SubmissionResult, Transcript } from '@wheelhouse/core';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/person.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, toolBot } from '../invariants/tool-server.ts';
import { until } from '../invariants/until.ts';
import { chatting } from '../invariants/visitor.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, sideways, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let ana: Person;
inHouse(
  async (house) => {
    ({ browser, server, ana } = house);
    // Nothing is called here: whatever would be is held.
    const bot = toolBot('http://127.0.0.1:9/tools');
    const [refund] = bot.tools;
    const intents = bot.intents.map((intent) =>
      intent.name === 'opening' ? { ...intent, answer: opening } : intent,
    );
    await ana.call('PUT /gates/tool-replies', { policy: { mode: 'never' } });
    await ana.call('PUT /gates/refund', refund_gate(refund as NonNullable<typeof refund>));
    await ana.call('PUT /gates/old', { policy: { mode: 'always' } });
    const made = await ana.call('PUT /bots/shop', { ...bot, title: 'Cairn', intents });
    expect(made.status).toBe(200);
  },
  { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
);

const opening = 'From **nine** to five.';
/** Every message of the case, as it is read: who, and what. */
const said = async (page: Page): Promise<{ by: string; words: string; bold: string[] }[]> => {
  const rows = region(page, 'The conversation').getByRole('listitem');
  return rows.evaluateAll((all) =>
    all.map((row) => {
      const [by, words] = [...row.children] as HTMLElement[];
      const bold = [...row.querySelectorAll('strong')].map(({ innerText }) => innerText);
      return { by: by?.innerText ?? '', words: words?.innerText ?? '', bold };
    }),
  );
};
const at = (theme: 'light' | 'dark' = 'light', width = 1440) =>
  visit(browser, { url: server.url, cookie: ana.cookie(), theme, width });

async function heldCall() {
  const anna = await chatting(server.url, 'shop', 'Anna Lund');
  const read = async () => (await ana.call<Transcript>(`GET /conversations/${anna.id}`)).body;
  await anna.say('when do you open');
  await until(async () => (await read()).messages.some(({ author_kind }) => author_kind === 'bot'));
  const body = { kind: 'text', text: 'On Sundays *later*.' };
  expect((await ana.call(`POST /conversations/${anna.id}/messages`, { body })).status).toBe(201);
  expect((await ana.call(`POST /conversations/${anna.id}/hand-back`, {})).status).toBe(200);
  await anna.say('refund my order A-123, it was 200.00');
  const output = await until(async () => {
    const { rows } = (await ana.call<PageOf<Output>>('GET /outputs?gate=refund&limit=50')).body;
    return rows.find(({ conversation_id }) => conversation_id === anna.id);
  });
  return { conversation_id: anna.id, output };
}

test('[K77] [W72] who decides on a case of a conversation reads of every word whether the customer, a person or an AI said it', async () => {
  const { conversation_id, output } = await heldCall();
  const who = [
    { by: /^Anna Lund Customer/, words: 'when do you open', bold: [] },
    { by: /^Cairn AI/, words: 'From nine to five.', bold: ['nine'] },
    { by: /^Ana Person/, words: 'On Sundays later.', bold: [] },
    { by: /^Anna Lund Customer/, words: 'refund my order A-123, it was 200.00', bold: [] },
  ].map(({ by, ...rest }) => ({ ...rest, by: expect.stringMatching(by) }));
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['dark', 390],
  ] as const) {
    const { page, context, faults } = await at(theme, width);
    for (const address of [`/desk/${output.case_id}`, `/data/${output.id}`]) {
      await page.goto(address);
      await expect.poll(() => said(page), slowly).toEqual(who);
      await shot(page, `case-said-${address.split('/')[1]}-${theme}-${width}`);
      expect(await axeFaults(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
    }
    expect(faults).toEqual([]);
    await context.close();
  }

  // A case from before this was kept says so, and takes nobody for a person by their name.
  const old = await ana.call<SubmissionResult>('POST /gates/old/outputs', {
    input: {
      messages: [
        { from: 'customer', text: 'When do you *open*?' },
        { from: 'Cairn', text: opening },
      ],
    },
    content: 'Open the shop',
    conversation_id,
  });
  const { page, context, faults } = await at();
  await page.goto(`/data/${old.body.id}`);
  await expect
    .poll(() => said(page), slowly)
    .toEqual([
      { by: 'Customer', words: 'When do you open?', bold: [] },
      {
        by: 'Cairn Not known whether a person or an AI',
        words: 'From nine to five.',
        bold: ['nine'],
      },
    ]);
  await shot(page, 'case-said-old');
  expect(await axeFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
