import { account_intents } from './intents/account.ts';
import { arrival_intents } from './intents/arrival.ts';
import { contact_intents } from './intents/contact.ts';
import { delivery_intents } from './intents/delivery.ts';
import { orders_intents } from './intents/orders.ts';
import { payments_intents } from './intents/payments.ts';
import { products_intents } from './intents/products.ts';
import { refunds_intents } from './intents/refunds.ts';
import { returns_intents } from './intents/returns.ts';
import { rewards_intents } from './intents/rewards.ts';
import { shipping_intents } from './intents/shipping.ts';

/** One thing a customer of the demo shop may want, with messages that ask for it. */
export interface DemoIntent {
  /** The class label, snake_case. */
  intent: string;
  title: string;
  description: string;
  /** Customer messages as typed into the chat, mistakes included; at least 25. */
  examples: readonly string[];
}

/** What people ask the support desk of Larkspur Home, an invented shop for home goods. The intents
 *  overlap on purpose, as they do in real life: a model that never wavers would leave the people
 *  at the desk nothing to do. */
export const demo_intents: readonly DemoIntent[] = [
  ...orders_intents,
  ...shipping_intents,
  ...delivery_intents,
  ...arrival_intents,
  ...returns_intents,
  ...refunds_intents,
  ...payments_intents,
  ...rewards_intents,
  ...account_intents,
  ...products_intents,
  ...contact_intents,
];
