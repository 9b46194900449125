import { bot, customer, type DemoRequest, fact } from './request.ts';

/** Refunds that would hurt if they were wrong, and a few that are. */
export const large_refunds: readonly DemoRequest[] = [
  {
    tool: 'refund',
    arguments: { order: 'LH-37728', amount: 2400, currency: 'EUR', reason: 'returned' },
    agent_says:
      'The Tansy sofa was collected and inspected, and the customer is within the ' +
      'return period. Full refund of the sofa.',
    transcript: [
      customer('When do I get the money for the sofa? Collected on the 6th.'),
      bot("The collection is confirmed. I'm asking for the refund now."),
      customer(
        "Thank you. It was 240 off in the sale, so please don't forget I paid less " +
          'than the tag said.',
      ),
    ],
    facts: [
      fact('Order total', '2,160.00 EUR'),
      fact('Return received', 'yes, sofa, no faults found'),
      fact('Days since delivery', '21'),
      fact('Customer since', 'September 2018'),
      fact('Previous refunds', '1 (35.00 EUR, 2020)'),
    ],
    confidence: 0.86,
    risk: 'high',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-45093', amount: 1290, currency: 'EUR', reason: 'damaged' },
    agent_says:
      'The marble table top arrived broken in half, the courier has confirmed the ' +
      'damage and already taken it back. Full refund as asked.',
    transcript: [
      customer('The marble has snapped in two. The driver saw it and took photos himself.'),
      bot(
        "We've received his report, I'm very sorry. It has gone back with him, is " + 'that right?',
      ),
      customer("Yes. Please refund it, we've found another table."),
    ],
    facts: [
      fact('Order total', '1,290.00 EUR'),
      fact('Courier report', 'damage confirmed, item on its way back'),
      fact('Days since delivery', '2'),
      fact('Customer since', 'April 2023'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.92,
    risk: 'high',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-33540', amount: 780, currency: 'GBP', reason: 'returned' },
    agent_says:
      'The customer slept on the mattress for the trial and wants to give it back. It ' +
      'is night 94 of 100, so a full refund is due.',
    transcript: [
      customer('I want to return the mattress, you promise 100 nights'),
      bot("That's right. When did it arrive?"),
      customer('beginning of spring i think'),
      bot("Then you're still inside the trial. I'll arrange the refund."),
    ],
    facts: [
      fact('Order total', '780.00 GBP'),
      fact('Days since delivery', '163'),
      fact('Return received', 'no'),
      fact('Customer since', 'December 2021'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.64,
    risk: 'high',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-49817', amount: 318, currency: 'EUR', reason: 'cancelled' },
    agent_says:
      'The order was cancelled before it left the warehouse and the payment had already ' +
      'been taken. I would return the whole amount.',
    transcript: [
      customer('Cancelled on Sunday. You took the payment on Monday. How??'),
      bot("The two crossed each other, I'm sorry. Nothing has been sent."),
      customer('So please send the money back.'),
    ],
    facts: [
      fact('Order total', '318.00 EUR'),
      fact('Order status', 'cancelled, never shipped'),
      fact('Days since delivery', 'not delivered'),
      fact('Customer since', 'July 2024'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.89,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-42609', amount: 298, currency: 'EUR', reason: 'wrong_item' },
    agent_says:
      'Two of the four dining chairs came in the wrong wood. The customer keeps the two ' +
      'right ones and has sent the others back, so I refund two chairs.',
    transcript: [
      customer('Ordered four chairs in walnut. Two are oak.'),
      bot('That was our mistake. Shall I send two in walnut?'),
      customer("You're out of walnut, I looked. I've sent the oak ones back, the good two stay."),
      bot("They've come in, thank you. I'll ask for the refund of the two."),
    ],
    facts: [
      fact('Order total', '596.00 EUR (4 chairs at 149.00 EUR)'),
      fact('Days since delivery', '6'),
      fact('Return received', 'yes, 2 oak chairs, unused'),
      fact('Customer since', 'February 2022'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.77,
    risk: 'high',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-40077', amount: 164, currency: 'EUR', reason: 'billing_error' },
    agent_says:
      'The customer was charged twice for the same order. I would return one of the two ' +
      'payments of 164.00.',
    transcript: [
      customer('164 twice on the same day!!! i have ONE order'),
      bot('I see two payments. One of them should not be there.'),
      customer('send it back today please, rent is due'),
    ],
    facts: [
      fact('Order total', '164.00 EUR'),
      fact('Payments', '164.00 EUR taken, 164.00 EUR reserved and released this morning'),
      fact('Days since delivery', '1'),
      fact('Customer since', 'May 2025'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.81,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-47254', amount: 229, currency: 'GBP', reason: 'returned' },
    agent_says:
      'The wardrobe door set came back complete and unused. The customer pays nothing ' +
      'for the return because the measurements on our page were wrong.',
    transcript: [
      customer(
        "The doors are 3 cm taller than your page says. They don't fit and that isn't " +
          'my doing.',
      ),
      bot("I've compared it and our page was indeed wrong. I've booked a free collection."),
      customer("They've gone back now. Refund?"),
    ],
    facts: [
      fact('Order total', '229.00 GBP'),
      fact('Return received', 'yes, complete, unused'),
      fact('Days since delivery', '14'),
      fact('Customer since', 'March 2020'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.93,
    risk: 'medium',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-28816', amount: 890, currency: 'EUR', reason: 'damaged' },
    agent_says:
      'The bed frame arrived with a cracked slat. The customer would like the frame ' +
      'refunded in full.',
    transcript: [
      customer('A slat snapped last night. Second one. I bought this bed from you two years ago.'),
      bot("I'm sorry, that must have been a fright. Is the rest of the frame sound?"),
      customer('Yes. I only need two slats, honestly. Is there a guarantee?'),
    ],
    facts: [
      fact('Order total', '890.00 EUR'),
      fact('Days since delivery', '742'),
      fact('Guarantee', '10 years on the frame, parts replaced free'),
      fact('Customer since', 'October 2023'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.58,
    risk: 'high',
  },
  {
    tool: 'refund',
    arguments: { order: 'LH-54118', amount: 412.8, currency: 'CAD', reason: 'not_received' },
    agent_says:
      'The courier confirmed in writing that the parcel was lost at the border. Full ' +
      'refund, since the rug is sold out.',
    transcript: [
      customer('My rug has been "at customs" for five weeks.'),
      bot(
        "The courier now tells us the parcel is lost. I'm sorry. The rug is sold out, " +
          "so I can't send another.",
      ),
      customer("Then I'd like the whole amount back including shipping."),
    ],
    facts: [
      fact('Order total', '412.80 CAD, shipping included'),
      fact('Courier investigation', 'closed: lost'),
      fact('Days since delivery', 'not delivered'),
      fact('Customer since', 'January 2025'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.87,
    risk: 'medium',
  },
];
