import { bot, customer, type DemoRequest, fact } from './request.ts';

/** Refunds of everyday size. Some are wrong in a way that shows only beside the facts. */
export const small_refunds: readonly DemoRequest[] = [
  {
    tool: 'refund',
    arguments: { order: 'LH-48120', amount: 4.5, currency: 'EUR', reason: 'billing_error' },
    agent_says:
      'The customer paid 4.50 for gift wrap and the parcel came unwrapped. The photo ' +
      'shows plain brown paper. I would return the wrapping charge only.',
    transcript: [
      customer('i paid for gift wrap and there is no gift wrap'),
      bot("I'm sorry about that. Could you send me a photo of the parcel as it arrived?"),
      customer('here. brown paper. my niece was very polite about it'),
      bot("Thank you, I can see it. I'll ask for the wrapping charge to be returned."),
    ],
    facts: [
      fact('Order total', '62.40 EUR'),
      fact('Days since delivery', '2'),
      fact('Customer since', 'March 2021'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.97,
    risk: 'low',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-50233', amount: 19, currency: 'EUR', reason: 'damaged' },
    agent_says:
      'Two of six Clover mugs arrived broken. A set costs 57.00, so two mugs come to ' +
      '19.00. The customer does not want replacements.',
    transcript: [
      customer(
        "Two of the six mugs are in pieces. I don't need new ones, just the money for " +
          'those two.',
      ),
      bot("That's annoying, I'm sorry. Are the other four all right?"),
      customer("Yes they're lovely."),
    ],
    facts: [
      fact('Order total', '57.00 EUR'),
      fact('Days since delivery', '1'),
      fact('Customer since', 'November 2023'),
      fact('Previous refunds', '1 (12.00 EUR, 2024)'),
    ],
    confidence: 0.94,
    risk: 'low',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-46671', amount: 148, currency: 'GBP', reason: 'late' },
    agent_says:
      'Express delivery was paid and the parcel came four days late. I would return the ' +
      'express charge of 14.80.',
    transcript: [
      customer('paid extra for express, came four days late. whats the point'),
      bot("You're right to expect better. I'll ask for the express charge to be returned."),
      customer('good'),
    ],
    facts: [
      fact('Order total', '163.80 GBP'),
      fact('Express charge', '14.80 GBP'),
      fact('Days since delivery', '0'),
      fact('Customer since', 'June 2022'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.91,
    risk: 'low',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-51904', amount: 129, currency: 'EUR', reason: 'damaged' },
    agent_says:
      'The mirror arrived cracked, photos are attached to the chat. Full refund of the ' +
      'order, 89.00 for the mirror plus delivery.',
    transcript: [
      customer('Hello, the mirror is cracked right across. See photos.'),
      bot('Oh no. Would you like a new one or your money back?'),
      customer('Money back please, and the delivery too'),
      bot("Understood, I'll put that forward."),
    ],
    facts: [
      fact('Order total', '98.90 EUR'),
      fact('Days since delivery', '3'),
      fact('Customer since', 'January 2024'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.88,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-39466', amount: 36, currency: 'EUR', reason: 'returned' },
    agent_says:
      'The cushions were scanned at the returns desk on Tuesday, in good condition. ' +
      'Refund of both cushions at 18.00 each.',
    transcript: [
      customer('have you got my cushions back yet'),
      bot('Yes, both arrived at our returns desk on Tuesday.'),
      customer('and my money?'),
    ],
    facts: [
      fact('Order total', '84.00 EUR'),
      fact('Days since delivery', '17'),
      fact('Return received', 'yes, 2 cushions, unused'),
      fact('Customer since', 'August 2020'),
      fact('Previous refunds', '2 (71.00 EUR in all)'),
    ],
    confidence: 0.83,
    risk: 'low',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-44358', amount: 64, currency: 'GBP', reason: 'not_received' },
    agent_says:
      'The courier confirms that the parcel was lost. I recommend the full order total, ' +
      'since the customer no longer wants it sent again.',
    transcript: [
      customer('Your courier says delivered. It was not delivered.'),
      bot('The delivery photo shows a blue door. Is that yours?'),
      customer("Mine is red. You've had this conversation with me twice this year already."),
      bot("I'm sorry. Shall we send it again?"),
      customer('No, refund.'),
    ],
    facts: [
      fact('Order total', '64.00 GBP'),
      fact('Courier investigation', 'open, no result yet'),
      fact('Days since delivery', '4'),
      fact('Customer since', 'February 2025'),
      fact('Previous refunds', '3, all "not received" (212.00 GBP in all)'),
    ],
    confidence: 0.72,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-52817', amount: 27.5, currency: 'EUR', reason: 'missing_parts' },
    agent_says:
      'The table runner on the packing slip was not in the parcel and we have none left ' +
      'to send. Refund of its price.',
    transcript: [
      customer('Three things on the slip, two in the box. No table runner.'),
      bot(
        "I've checked and the runner is sold out now, so I can't send another. Would " +
          'a refund do?',
      ),
      customer('pity, but yes'),
    ],
    facts: [
      fact('Order total', '112.30 EUR'),
      fact('Price of the table runner', '27.50 EUR'),
      fact('Days since delivery', '5'),
      fact('Customer since', 'October 2022'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.9,
    risk: 'low',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-41185', amount: 45, currency: 'USD', reason: 'goodwill' },
    agent_says:
      'The customer was promised a call back three times and nobody called. I suggest ' +
      '45 as an apology, in the currency of the order.',
    transcript: [
      customer(
        'Third time I write. Nobody calls back. I had to find out on my own how the ' +
          'lamp goes on the ceiling.',
      ),
      bot("I'm truly sorry. You should have been called."),
      customer('An electrician did it now. 45 euro.'),
      bot("I'll ask whether we can cover that."),
    ],
    facts: [
      fact('Order total', '239.00 EUR'),
      fact('Days since delivery', '12'),
      fact('Customer since', 'May 2019'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.79,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-53390', amount: 9.9, currency: 'EUR', reason: 'billing_error' },
    agent_says:
      'Delivery was free over 100 on the day of the order, and 9.90 was charged all the ' +
      'same. I checked the dates of the offer.',
    transcript: [
      customer('banner said free delivery over 100. i spent 131. you charged delivery'),
      bot("You're right, the offer covered your order. I'll have the 9.90 returned."),
      customer('thx'),
    ],
    facts: [
      fact('Order total', '140.90 EUR'),
      fact('Days since delivery', 'not yet delivered'),
      fact('Customer since', 'today'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.95,
    risk: 'low',
  },
];
