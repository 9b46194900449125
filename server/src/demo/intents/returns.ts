import type { DemoIntent } from '../intents.ts';

/** Sending things back and getting the money for them. */
export const returns_intents: readonly DemoIntent[] = [
  {
    intent: 'start_return',
    title: 'Return something',
    description: 'Wants to send an item back and needs the label or the steps.',
    examples: [
      'I want to return this',
      'how do i send it back',
      "Hi, I'd like to return the two stools from order LH-23357 please. They're unused " +
        'and still in the box.',
      'return label please',
      'The chair is nice but too big for the corner. How do I go about returning it?',
      'need to return a rug, its massive, can someone pick it up',
      'I lost the return form, can you email me another',
      "doesn't fit. want to send back",
      'Where do I post my return to?',
      "Good day, I like to give back the lamp because my wife don't like him.",
      'RETURN',
      "can you arrange a collection for a sofa i'm returning",
      'bought 3 cushions, keeping 1, sending 2 back. do i need two labels',
      "The qr code for my return doesn't scan at the parcel shop",
      "I clicked return in my account and nothing came to my email. What's the next step?",
      'how do I return part of an order',
      "We've decided the table isn't for us. It has been put together already, though " +
        'only for a day. Can it still go back, and who takes it apart?',
      'send me a label, order 41168',
      "It's an unwanted gift and I'd like to return it without telling the person who " +
        'bought it 🙈',
      "returning the kettle bc it's louder than a plane",
      "Could you book a pick up for Friday? It's the wardrobe return we spoke about last week.",
      "I no longer have the original box for the lamp I'm returning. What should I pack it in?",
      'the courier refused to take my return because the label is for 5 kilos and the ' +
        'parcel is 14',
      'not what i expected, colour is off. sending back how?',
      'Please open a return for LH-57726',
      "I'd love to return something but the form on the site asks for a reason and none " +
        "of the reasons is mine. It's simply ugly.",
      'my return parcel is ready who collects',
      'Return request, mattress, night 40 of your 100 night thing. My back has spoken.',
    ],
  },
  {
    intent: 'return_policy',
    title: 'Return rules',
    description: 'Asks in general whether, how long and at whose cost things can go back.',
    examples: [
      'what is your return policy',
      'How many days do I have to send something back?',
      'do i pay for return shipping',
      'Can I return sale items?',
      'if i open the box can i still return it',
      'Before I buy the mattress, what happens if I hate it?',
      'are returns free',
      'Hello, I want know if is possible return after 30 days.',
      'Do pillows count as hygiene items? I slept on mine once.',
      "Can I return something bought online to a shop, or don't you have shops?",
      'whats the return window over christmas',
      'Is there a restocking fee for furniture?',
      "can custom curtains be returned, i'm thinking of ordering but my measuring isn't great",
      'do i need the original packaging for returns',
      'Just a quick question. If I order three lamps to see which one suits and send ' +
        'two back, is anybody going to be cross with me?',
      'how long have i got to bring it back',
      "Are there things you don't take back?",
      "I'd like to understand your terms for returning large items bought with the " +
        'assembly service. Who carries the cost of collection?',
      'RETURN DEADLINE?',
      'is it possible to return without receipt',
      'bought it 5 weeks ago, am i too late',
      'If something was a present, does the money go to me or the person who paid?',
      'whats the rules on returning bedding',
      'can I return only one of a set',
      'Do you refund the delivery charge as well when everything in an order goes back?',
      'The trial period, does it start on the day of order or the day of delivery',
      'What condition does a thing need to be in for you to accept it back? Asking ' +
        'because the cat got to the box first.',
    ],
  },
  {
    intent: 'exchange_item',
    title: 'Exchange something',
    description: 'Wants a delivered item swapped for another size, colour or model.',
    examples: [
      'can i exchange it',
      "I'd like to swap the grey throw for the blue one, it's the same price",
      'wrong size for our bed, my mistake, can we exchange the 140 for the 160',
      'exchange instead of refund possible?',
      "The armchair's too dark for the room. Could I trade it for the lighter fabric " +
        'and pay whatever the difference is?',
      'Hi, I got the small lampshade and I need the large. Is it quicker to exchange or ' +
        'to return and order again?',
      'want different colour',
      'how do exchanges work with you guys',
      "Can you send out the new one first and collect the old one after? I can't be " +
        'without a kettle.',
      'SWAP DUVET 13 TOG FOR 4 TOG PLEASE ITS BOILING',
      "Ordered the firm mattress and it's like sleeping on a pavement. I'd like to " +
        'switch to the soft.',
      'replace it with the other model',
      'I received stools of 65 cm but my counter needs 75 cm. I want change them.',
      "my daughter chose the pink and now wants the yellow (she's five). exchangeable?",
      "Would you exchange a lamp bought by someone else? I've got the gift slip, no " +
        'order number.',
      'can i change this cushion for a bigger cushion',
      "The curtains I got are too short by a hand's width. Do you have the same ones " +
        'longer, and can I send these in return?',
      "exchange for store credit or another item, i don't need money",
      "Order LH-34419: the walnut doesn't match our floor at all, may we have oak instead?",
      'how long does an exchange take',
      'swap pls, single to double',
      "I want the same rug but the round version, this one's still rolled up",
      'Is there a charge to exchange if the reason is just that I picked the wrong thing?',
      'could I get the newer version of the desk lamp instead of this one',
      'Nothing wrong with the plates, but matt was a poor choice, every fork leaves a ' +
        'mark. Can we have them in glossy?',
      'exchanging a gift',
      'size exchange',
    ],
  },
  {
    intent: 'request_refund',
    title: 'Ask for a refund',
    description: 'Wants money back.',
    examples: [
      'i want a refund',
      'I want my money back for the lamp. It never worked.',
      'refund please LH-28460',
      'How do I get a refund?',
      'The parcel never came and I no longer want a replacement. Just give me the money back.',
      'can i get refunded for the delivery fee since it came late',
      'GIVE ME MY MONEY BACK',
      "Two mugs out of six were broken. I don't need new ones, a refund for those two " +
        'would be fair.',
      'You cancelled my order because the sofa is out of stock. When do you plan on ' +
        "paying me back, or do I have to ask? I'm asking.",
      'partial refund possible? small scratch, i can live with it for a discount',
      'Hello I would like to be reimbursed, the product is not conform to the description.',
      'refund to a different card',
      "This mattress was supposed to be firm. It's a marshmallow. Refund.",
      "I paid for assembly and nobody assembled anything. I'd like that part returned to me.",
      "Please refund order 50044, I'm not accepting a voucher",
      'not satisfied want full refund',
      'can you pay it back to my bank rather than as credit',
      'Requesting a refund as per your 100 night promise',
      "I've asked nicely for three weeks about the missing table leaf. Forget the leaf, " +
        'refund me.',
      "was charged for gift wrap and it wasn't wrapped. can i have the 4.50 back",
      'how much of my money would i get back if i dont want the chairs',
      "The rug sheds like a dog in spring and I can't use it in the baby's room. I " +
        'would like a refund rather than an exchange.',
      'pls refund',
      'You took the shipping charge even though the banner said free. I want it refunded.',
      'refund for bad quality bedsheet, after one wash full of holes',
      'I bought it on Monday, on Tuesday you lowered it by 60. Any chance of getting ' +
        'the difference back?',
      'money back guarantee. i want to use it',
    ],
  },
  {
    intent: 'refund_status',
    title: 'Refund status',
    description: 'A refund was promised or a return sent back; asks when the money comes.',
    examples: [
      "where's my refund",
      "I sent the parcel back two weeks ago and haven't seen any money. Could you check?",
      'refund still pending??',
      'You told me 5 to 7 days. It has been 12. Where is my refund for LH-21193?',
      'did you get my return yet',
      'how long do refunds take',
      'Hi, tracking says my return reached your warehouse on the 6th. When will I be paid?',
      'no refund',
      "My bank says there's nothing incoming from you. The mail says refunded on Friday.",
      'still waiting for my money',
      'Is my refund approved or not? Your site says "in inspection".',
      "Just wondering when the refund for the bedside tables is going to land, there's " +
        "no hurry but I'd like to do my accounts.",
      'WHERE IS MY MONEY ITS BEEN A MONTH',
      'i cancelled the order on sunday when do i get the payment back',
      'has refund been sent, last 4 digits of card 7731',
      "You said you'd refunded my old card, but that card has been closed since. Where " +
        'did the money go?',
      'The colleague I spoke with promised to refund the delivery cost and I see no ' +
        'trace of it on my statement.',
      'Dear team, I have returned article but I still not received my credit. Please inform.',
      'any update on the refund for my broken mirror',
      'status of refund, return number R-8842',
      "When a refund goes to a gift card, where would I see it? You emailed that it's " +
        'done but the balance is the same.',
      'returned weeks ago, no email, no refund, nothing',
      'refund eta',
      "Could you confirm that my return was received? I've got the receipt from the " +
        'post office, the scan was on the 14th.',
      "Second time I'm asking. LH-47725. The refund. When.",
      'it says refund processed but its not in my account yet, is that normal',
      'I was promised the money by the end of last week',
    ],
  },
  {
    intent: 'refund_amount_wrong',
    title: 'Refund amount is wrong',
    description: 'A refund came, but not the sum that was expected.',
    examples: [
      'refund is wrong amount',
      "You've refunded 39 and I paid 54.",
      'why was delivery not refunded too',
      'I returned three items and only got money back for two. LH-36380',
      'got less back than i paid',
      'My refund is short by exactly 12.90, which looks like the shipping fee. The item ' +
        "was faulty so I shouldn't be paying for that.",
      'Hello, on the refund you have deducted 25 euro. What is this deduction?',
      'refund missing the discount part?',
      'I received too much money from you! You refunded the whole order, I only sent ' +
        'back the lamp.',
      'only half refunded',
      'you took off a restocking charge nobody mentioned',
      "The sum on my card doesn't match what's in your email. Email says 218, bank says 198.",
      'Partial refund received, expected full',
      'WHY DID I ONLY GET 80 BACK FOR A 120 CHAIR',
      "Part of my refund came as points. I didn't pay with points, I paid with a card, " +
        'and I want it as money.',
      'refunded the sale price but i paid full price before the sale',
      "Could someone explain how my refund was worked out? I can't get to the same " +
        'number whichever way I add it up.',
      'not the right refund',
      'I paid half by gift card and half by card. The card half came back, the other ' +
        "half I can't find anywhere.",
      'You only gave me back one chair. There were two in that return parcel.',
      'you refunded me in the wrong currency i lost money on the conversion',
      'refund came in today, 15 short',
      'The assembly fee should have been part of the refund since the bed went back ' +
        'unopened. Please correct it.',
      "it's 5.99 less then i thought, who keeps that?",
      'Please recheck my reimbursement, there is an error in the total',
      "I was told I'd get the full price as an apology. What arrived was twenty percent.",
      'double refund?? i think you paid me twice, dont want trouble later',
    ],
  },
];
