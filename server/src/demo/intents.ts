import { arrival_intents } from './intents/arrival.ts';
import { delivery_intents } from './intents/delivery.ts';
import { orders_intents } from './intents/orders.ts';

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
  ...delivery_intents,
  ...arrival_intents,
];
