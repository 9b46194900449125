import { GateDefinition, hour, minute, Tool } from '@wheelhouse/core';

const order = {
  type: 'string',
  title: 'Order',
  description: 'The order number as in the confirmation: KC, a dash, five digits.',
  pattern: '^KC-[0-9]{5}$',
};
const which =
  'Which order is it? Its number begins with **KC-** and stands in your confirmation. In this demo, take KC-20418 or KC-20712.';
/** The shop's own program takes what it is let through at once; this is for when it is away. */
const carried_out = { by: 'claim' as const, within_ms: minute };

/** What the shop's bot can do beside talking. */
export const shopTools = (): Tool[] =>
  Tool.array().parse([
    {
      name: 'order_status',
      title: 'Look up an order',
      description: 'Tells how an order stands and what is in it. It changes nothing.',
      gate: 'shop-look-ups',
      arguments_schema: {
        type: 'object',
        required: ['order'],
        additionalProperties: false,
        properties: { order },
      },
      asks: { order: which },
      carried_out,
    },
    {
      name: 'change_address',
      title: 'Change the delivery address',
      description: 'Sends an order that has not left yet to another address.',
      gate: 'shop-address-changes',
      arguments_schema: {
        type: 'object',
        required: ['order', 'address'],
        additionalProperties: false,
        properties: {
          order,
          address: {
            type: 'string',
            title: 'New address',
            description: 'Street, postcode, town and country, in one line.',
            minLength: 10,
            maxLength: 200,
          },
        },
      },
      asks: {
        order: which,
        address: 'Where is it to go? Please write street, postcode, town and country in one line.',
      },
      carried_out,
      tells_why: true,
    },
    {
      name: 'pay_back',
      title: 'Pay money back',
      description: 'Pays money back for an order, the way it was paid.',
      gate: 'shop-refunds',
      arguments_schema: {
        type: 'object',
        required: ['order', 'amount', 'reason'],
        additionalProperties: false,
        properties: {
          order,
          amount: {
            type: 'number',
            title: 'Amount in €',
            description: 'What the customer gets back. No more than was paid.',
            minimum: 0.5,
            maximum: 500,
          },
          reason: {
            type: 'string',
            title: 'Reason',
            enum: ['damaged', 'wrong_item', 'too_late', 'changed_my_mind'],
          },
        },
      },
      asks: {
        order: which,
        amount: 'How much did you pay for what is to be paid back, in euro?',
        reason: 'And why, please?',
      },
      carried_out,
      tells_why: true,
    },
  ]);

/** Reading passes; whatever changes an order or costs money a person sees first. */
export const shopToolGates = (): Record<string, GateDefinition> =>
  Object.fromEntries(
    shopTools().map(({ name, title, description, gate, arguments_schema }) => [
      gate as string,
      GateDefinition.parse({
        title: `Shop: ${title?.toLowerCase()}`,
        description,
        queue: 'conversations',
        policy: name === 'order_status' ? { mode: 'never' } : held,
        action: { name, description, arguments_schema },
      }),
    ]),
  );

const held = {
  mode: 'always',
  priority: 20,
  deadline: { ladder: [{ after_ms: 5 * minute, do: 'remind' }], expire_after_ms: 24 * hour },
} as const;
