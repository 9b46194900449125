import type { JsonObject } from '@wheelhouse/core';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const order = {
  type: 'string',
  title: 'Order',
  description: 'The order number as printed on the confirmation: LH, a dash, five digits.',
  pattern: '^LH-[0-9]{5}$',
};

/** What the demo shop's agent can do once a person agrees. Titles and descriptions are written for
 *  the person who edits, since the form on the desk is made from these schemas. */
export const demo_tools: Record<
  string,
  { title: string; description: string; arguments_schema: JsonObject }
> = {
  refund: {
    title: 'Refund',
    description: 'Pays money back for an order, to the means of payment it was bought with.',
    arguments_schema: {
      $schema: dialect,
      type: 'object',
      title: 'Refund',
      required: ['order', 'amount', 'currency', 'reason'],
      additionalProperties: false,
      properties: {
        order,
        amount: {
          type: 'number',
          title: 'Amount',
          description: 'What the customer gets back, in the currency below. No more than was paid.',
          minimum: 0.5,
          maximum: 2500,
        },
        currency: {
          type: 'string',
          title: 'Currency',
          description: 'The currency the order was paid in.',
          enum: ['EUR', 'GBP', 'USD', 'CAD'],
        },
        reason: {
          type: 'string',
          title: 'Reason',
          description: 'Why the money goes back; it decides which budget pays.',
          enum: [
            'damaged',
            'wrong_item',
            'missing_parts',
            'late',
            'not_received',
            'returned',
            'cancelled',
            'billing_error',
            'goodwill',
          ],
        },
      },
    },
  },
  change_address: {
    title: 'Change the address',
    description: 'Sends an order that is still under way to another address.',
    arguments_schema: {
      $schema: dialect,
      type: 'object',
      title: 'New address',
      required: ['order', 'name', 'street', 'city', 'postcode', 'country'],
      additionalProperties: false,
      properties: {
        order,
        name: {
          type: 'string',
          title: 'Name',
          description: 'As it stands on the door or the letter box.',
          minLength: 2,
          maxLength: 100,
        },
        street: {
          type: 'string',
          title: 'Street and number',
          description: 'With the flat, the floor or the name of the house where there is one.',
          minLength: 3,
          maxLength: 160,
        },
        city: { type: 'string', title: 'Town or city', minLength: 2, maxLength: 100 },
        postcode: {
          type: 'string',
          title: 'Postcode',
          description: 'The whole code, written as in its own country.',
          pattern: '^[A-Z0-9][A-Z0-9 -]{1,8}[A-Z0-9]$',
        },
        country: {
          type: 'string',
          title: 'Country',
          description: 'The two-letter code (ISO 3166-1) of a country the shop delivers to.',
          enum: [
            ...['AT', 'BE', 'CA', 'CH', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'NL'],
            ...['NO', 'PL', 'PT', 'SE', 'US'],
          ],
        },
      },
    },
  },
  close_account: {
    title: 'Close an account',
    description: 'Closes an account for good and erases what is kept under it. Cannot be undone.',
    arguments_schema: {
      $schema: dialect,
      type: 'object',
      title: 'Account to close',
      required: ['customer', 'email', 'reason'],
      additionalProperties: false,
      properties: {
        customer: {
          type: 'string',
          title: 'Customer',
          description: 'The full name on the account.',
          minLength: 2,
          maxLength: 100,
        },
        email: {
          type: 'string',
          title: 'Email',
          description: 'The address the account is registered under.',
          format: 'email',
          maxLength: 200,
        },
        reason: {
          type: 'string',
          title: 'Reason',
          description:
            'What the customer gives as the reason. For mails only, unsubscribe instead.',
          enum: [
            'no_longer_needed',
            'privacy',
            'duplicate_account',
            'deceased',
            'security',
            'too_many_emails',
            'other',
          ],
        },
      },
    },
  },
};
