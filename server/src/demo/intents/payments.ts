import type { DemoIntent } from '../intents.ts';

/** Paying: what fails, what is taken twice, and the papers for it. */
export const payments_intents: readonly DemoIntent[] = [
  {
    intent: 'payment_failed',
    title: 'Payment does not go through',
    description: 'A card or other payment is refused at checkout.',
    examples: [
      'payment declined',
      "My card keeps getting rejected and there's plenty of money on it.",
      'cant pay',
      'I get to the last step, press pay, the circle spins and then "something went ' +
        'wrong with your payment".',
      'it wont take my card',
      'Hi, the bank asks me to confirm in the app, I confirm, and your page says ' +
        'payment not authorised. Tried three times now.',
      'error at checkout code P-402',
      'PAYMENT FAILED WHY',
      'Do you not accept cards from other countries? Mine is declined each time.',
      "the bank's login window closes by itself before i can type anything",
      'I wanted to pay in 3 instalments and was refused without any reason',
      "Tried two cards and my husband's. All refused. It must be on your side.",
      'checkout says invalid security code but its the right one',
      'the payment did not success, please advise me',
      "Good evening. My transaction was interrupted by a power cut. I don't know if the " +
        'order was paid. It says "awaiting payment".',
      "i can't put in my card number, the field is greyed out",
      'card expired error, its valid til 2029',
      "What payment methods do you take besides credit card? Mine doesn't work here.",
      'bank transfer came back to me, was the account number on your invoice right',
      'Why do you keep declining me? I bought from you last month with the very same card.',
      'payment stuck on pending since yesterday, order LH-45518',
      'my phone wallet doesnt show up as an option at the checkout',
      "The billing address has to match, it says. It does match. I've copied it off my " +
        'bank statement, commas and all.',
      'pay button does nothing',
      "Could you send me a payment link? I'd rather not try the site a sixth time.",
      "gift card plus debit card in one go isn't working, it only lets me use one",
      'transaction refused by issuer, what does it mean',
    ],
  },
  {
    intent: 'charged_twice',
    title: 'Charged twice or wrongly',
    description: 'Money was taken more than once, too much, or for something unknown.',
    examples: [
      'charged twice',
      'You took the money two times!! Order LH-29931, 164.00 and 164.00 on the same day.',
      'double payment',
      "There's a charge from Larkspur on my card that I don't recognise. I've not " +
        'ordered anything since spring.',
      'i see two pending payments is one going to drop off',
      'why did i pay 89 when the site said 79',
      "I've been billed for an order that I cancelled before it was shipped",
      'Hi, my first payment failed, so I did it again, and now my bank shows both. Can ' +
        'you release one?',
      'DUPLICATE CHARGE PLEASE FIX TODAY',
      'My statement shows 3 payments to you on the 11th. I placed one order.',
      'you charged me for express shipping, i chose standard',
      'unknown charge 24.90',
      "Somebody used my card at your shop. It wasn't me and I'd like to know how to stop it.",
      'I was overcharged. The basket total was 311, the amount withdrawn is 331. Where ' +
        'do the twenty come from?',
      'got debited two time, please return one',
      'why is there a charge after my order was refunded',
      "It looks as though I've paid once with the voucher and once in full with the " +
        'card. Please check LH-52004.',
      'took payment again for the same bed',
      'Am I right that the assembly was invoiced twice? Once in the order and once by ' +
        'the fitter at the door.',
      'paid 2x',
      "There is a monthly charge from you of 3.99, what's that for? I never subscribed " +
        'to anything.',
      "The instalment for March went out twice and I'm overdrawn because of it, I need " +
        'this sorted right now',
      'you charged more than what the confirmation email says',
      "Two orders, identical, one minute apart. I only pressed once. Money's gone for both.",
      'bank says you put a hold of 1 euro on my account?',
      'wrong amount taken from my card',
      'I paid by bank transfer and you ALSO charged the card on file',
    ],
  },
  {
    intent: 'invoice_copy',
    title: 'Invoice or receipt',
    description: 'Needs an invoice, a receipt, tax details or a correction to one.',
    examples: [
      'can i get an invoice',
      'Hello, please send me the VAT invoice for order LH-38206. My accountant is chasing me.',
      'need receipt for warranty',
      'The invoice has my private name on it but it should be made out to the company.',
      'where do i download my invoices',
      'No receipt in the box, is it supposed to be emailed?',
      'invoice pls 43379',
      "Could I have all my receipts for last year in one document? It's for the home " +
        'office deduction.',
      'tax number missing on the bill',
      'i deleted the mail with the invoice, can you resend',
      'INVOICE FOR LH-19908 URGENT END OF MONTH',
      "Is the VAT shown separately on your receipts? The one I've got only has the total.",
      'We bought forty mugs for our café and need a proper business invoice with our ' +
        'registration number.',
      "Receipt please, it's a present and I'd like a version without prices",
      'your pdf of the invoice wont open',
      'my company changed name, could you reissue the invoice of february with the new one',
      "The date on the invoice is after the date I paid. My bookkeeper isn't amused. " +
        'Can it be corrected?',
      'proof of purchase',
      'How I can obtain the factura of my buy?',
      'I need a pro forma before my boss will let me order',
      'insurance wants the original bill for the sofa that burned, bought 2 or 3 years ' +
        'ago I believe',
      'do you do invoices for business customers',
      'Wrong billing address on the receipt',
      'credit note for my return please, finance needs the paper',
      "can't find the receipt anywhere in my account",
      "i'd like to pay on invoice next time, but first send me the invoice for this one",
      'Please could you forward the bill to accounts at our office as well as to me',
    ],
  },
];
