import type { Page } from 'playwright-core';
import type { Caller } from '../../server/src/testing/start.ts';

/** A bot of a lamp shop, with so few examples that it is never quite sure. */
export const lampbot = {
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'track my order', 'order status'],
      answer: 'It is on its way.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return it'],
      answer: 'You can return it within 30 days.',
    },
  ],
};

/** Words in a conversation that is open at the desk. */
export const said = (page: Page, text: string) =>
  page.getByRole('list', { name: 'What was said' }).getByText(text);

/** Sends words as the customer, in the widget. */
export async function write(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Write a message');
  await field.fill(text);
  await field.press('Enter');
}

/** Customers of a bot who write by way of an admin's key, without a page of their own. */
export function customersOf(bot: string, key: () => Caller) {
  const ask = (id: string, text: string) =>
    key().call(`POST /conversations/${id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text },
    });
  return {
    ask,
    /** Begins a conversation of somebody who says this. */
    async opened(name: string, ...texts: string[]): Promise<string> {
      const { body } = await key().call<{ id: string }>('POST /conversations', {
        bot,
        contact: { name },
      });
      for (const text of texts) await ask(body.id, text);
      return body.id;
    },
  };
}
