/** What the shop knows of refunds, and what a language model makes of it: grounded, and without its marks
 *  as the customer reads it. */
export const refund =
  'You can return a lamp within 30 days. The refund arrives within five working days.';
export const grounded =
  'You can return a lamp within 30 days [1]. The refund arrives within five working days [1]. Return the lamp within 30 days, and the refund arrives [1].';
export const plain = grounded.replaceAll(' [1]', '');

/** A bot that knows of orders and refunds, and writes with the language model. */
export const refund_bot = {
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    {
      name: 'where',
      examples: [
        'where is my order',
        'where is my parcel',
        'has my order shipped',
        'track my order',
      ],
      answer: 'Your order is on its way.',
    },
    {
      name: 'refund',
      title: 'Returns',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return and refund'],
      answer: refund,
    },
  ],
};
