import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BotDefinition, GateDefinition, hour, Intent, minute, wheel_form } from '@wheelhouse/core';
import { shopToolGates, shopTools } from './shop-tools.ts';

/** The texts lie beside the sources and are read from there: the compiler copies none. */
const folder = fileURLToPath(new URL('../../src/demo/shop/', import.meta.url));
const read = (path: string) => readFileSync(`${folder}${path}`, 'utf8');

/** What the shop tells its customers, as Markdown; the first line is the title. */
export interface ShopArticle {
  name: string;
  title: string;
  text: string;
}

export const shopArticles = (): ShopArticle[] =>
  readdirSync(`${folder}articles`)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const [first = '', ...rest] = read(`articles/${file}`).split('\n');
      return {
        name: file.replace(/\.md$/, ''),
        title: first.replace(/^# /, ''),
        text: rest.join('\n').trim(),
      };
    });

export const shopIntents = (): Intent[] => Intent.array().parse(JSON.parse(read('intents.json')));

export interface CannedReply {
  name: string;
  title: string;
  text: string;
}
export const shopCannedReplies = () => JSON.parse(read('canned-replies.json')) as CannedReply[];

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const office = [['09:00', '17:00']] as const;

/** The support bot of Kettle & Cairn, an invented shop for outdoor kitchens. */
export const shopBot = (): BotDefinition =>
  BotDefinition.parse({
    title: 'Cairn',
    greeting:
      'Hello, I am **Cairn**, the AI assistant of Kettle & Cairn. Ask me about delivery, returns, pans and stoves. I can look up an order, too; before I change one or pay money back, a person looks at it. A person is one click away.',
    gate: 'shop-replies',
    hand_off_gate: 'shop-hand-offs',
    // What is nobody's intent reaches .45 here; a draft of it would only waste a reviewer's time.
    hand_off_below: 0.55,
    intents: shopIntents(),
    // Those of the people who answer, which are not the store's. Who is at the desk at night answers all
    // the same: hours keep nobody from it.
    hours: {
      zone: 'Europe/Dublin',
      weekly: Object.fromEntries(workdays.map((day) => [day, office])),
    },
    targets: { first_reply_ms: 30 * minute, next_reply_ms: 30 * minute, resolution_ms: 8 * hour },
    tools: shopTools(),
  });

export const shop_gates: Record<string, GateDefinition> = {
  'shop-replies': GateDefinition.parse({
    title: 'Shop: what the bot says',
    description: 'Replies it is less sure of wait as drafts that a person sends, edits or rejects.',
    queue: 'conversations',
    // A customer waits for it: before requests for which nobody sits there and waits.
    policy: { mode: 'threshold', threshold: 0.7, priority: 20 },
  }),
  // Whoever tries the demo may look at the desk an hour later: the customer still waits there.
  'shop-hand-offs': GateDefinition.parse({
    title: 'Shop: conversations for a person',
    description: 'The bot asks for a person. Whoever takes one has the wheel.',
    queue: 'conversations',
    policy: {
      mode: 'always',
      priority: 20,
      deadline: {
        ladder: [{ after_ms: 5 * minute, do: 'remind' }],
        expire_after_ms: 24 * hour,
      },
    },
    form: wheel_form,
  }),
  ...shopToolGates(),
};
