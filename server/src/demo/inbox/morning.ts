import type { DemoMessage } from '../inbox.ts';

/** What came in overnight and before nine. */
export const morning_messages: readonly DemoMessage[] = [
  {
    text: "delivery was due on saturday, it's tuesday, still no sofa",
    intent: 'late_delivery',
    customer: 'Bronwyn Prydderch',
  },
  {
    text:
      "The parcel shows as delivered but I don't have it, and frankly I don't want it " +
      'sent again. Refund, please.',
    intent: 'request_refund',
    customer: 'Fiadh Carmody',
  },
  {
    text:
      "Guests are arriving tonight and the bed you promised for Tuesday isn't here. " +
      'What am I meant to do, put them on the floor?',
    intent: 'late_delivery',
    customer: 'Clémence Aubriot',
  },
  {
    text: "The payment page gives an error when I confirm with my bank. I've tried three times.",
    intent: 'payment_failed',
    customer: 'Saoirse Trevelyan',
  },
  { text: "don't like it", intent: 'start_return', customer: 'Parisa Golshani' },
  {
    text: 'Please stop the newsletter. I have tried the unsubscribe link and I still get emails.',
    intent: 'unsubscribe',
    customer: 'Nguyen Bao Tran',
  },
  {
    text: 'My gift card code is not accepted, it says invalid',
    intent: 'gift_card',
    customer: 'Edvard Brekke',
  },
  {
    text: 'mirror arrived cracked, photo attached',
    intent: 'damaged_item',
    customer: 'Noor Haddadin',
  },
  {
    text: "So according to you I have a bookcase. According to my living room I don't.",
    intent: 'parcel_not_received',
    customer: 'Leilani Kahananui',
  },
  {
    text: 'is return postage free or do I pay it myself',
    intent: 'return_policy',
    customer: 'Maelle Kervadec',
  },
  {
    text: 'do you have express delivery for small furniture and how much is it?',
    intent: 'delivery_options',
    customer: 'Mirela Stoenescu',
  },
  {
    text: 'my card is declined at the checkout every single time',
    intent: 'payment_failed',
    customer: 'Bohdan Melnychuk',
  },
  {
    text: 'four plates arrived broken, the box was crushed on one side',
    intent: 'damaged_item',
    customer: 'Laszlo Bodnar',
  },
  {
    text: 'The tracking number has shown nothing new since Wednesday',
    intent: 'tracking_stuck',
    customer: 'Juhani Korpelainen',
  },
  {
    text: 'missed the driver again, can i book another delivery day',
    intent: 'reschedule_delivery',
    customer: 'Kieran Mulvihill',
  },
  { text: 'do you have any jobs in your warehouse?', intent: null, customer: 'Rupert Oakhanger' },
  {
    text: 'is the Moss duvet cover machine washable',
    intent: 'product_details',
    customer: 'Jelena Vukasovic',
  },
  { text: "thanks so much, you've been lovely 💛", intent: null, customer: 'Dimitra Papalexiou' },
  {
    text: 'Please delete my account and everything you have stored about me',
    intent: 'close_account',
    customer: 'Ottilie Brandauer',
  },
  {
    text:
      'I want to change my email but for that I need to log in and for that I need the ' +
      'old email',
    intent: 'sign_in_problem',
    customer: 'Noelani Akana',
  },
  {
    text: 'you refunded 60 but the chair was 75',
    intent: 'refund_amount_wrong',
    customer: 'Ruairi Gilchrist',
  },
  {
    text: 'only half of my order came. is the rest late or was it forgotten',
    intent: 'missing_parts',
    customer: 'Henrik Jespersen',
  },
  {
    text: 'my points should have given me 20 off, but the discount never showed at checkout',
    intent: 'discount_code',
    customer: 'Anjali Deshmukh',
  },
  {
    text: 'Four chairs on the delivery note, three chairs in my hallway',
    intent: 'missing_parts',
    customer: 'Vikram Sethuraman',
  },
  {
    text: 'how long does shipping to Sweden take and is it free',
    intent: 'delivery_options',
    customer: 'Kwabena Asiedu',
  },
  {
    text: 'Can you cancel LH-60977 for me? Ordered it on the wrong account.',
    intent: 'cancel_order',
    customer: 'Chidinma Ezeude',
  },
  {
    text: 'I got one box today, the duvet. is the rest of the order coming or not',
    intent: 'order_status',
    customer: 'Hye-jin Baek',
  },
  {
    text:
      'I write a small blog about old houses and would love to work with you. Who ' +
      'handles press?',
    intent: null,
    customer: 'Maribel Santoyo',
  },
  {
    text: 'I cancelled LH-60140 last week and was charged today?! When does that come back?',
    intent: 'refund_status',
    customer: 'Lucía Barrenechea',
  },
  {
    text: 'Courier site says my tracking code is not valid, LH-60355',
    intent: 'tracking_stuck',
    customer: 'Gonzalo Iriarte',
  },
  {
    text: "points from my last two orders haven't been added",
    intent: 'loyalty_points',
    customer: 'Karolina Benesova',
  },
  {
    text:
      'Need a receipt for the desk because the motor has died and I want to claim on ' +
      'the guarantee',
    intent: 'invoice_copy',
    customer: 'Zofia Krasnodebska',
  },
  {
    text: "I'd like to return the mattress, can it be collected from my flat?",
    intent: 'start_return',
    customer: 'Emeka Nwosu-Bright',
  },
  {
    text: "How do I spend my points? I can't see them at the checkout.",
    intent: 'loyalty_points',
    customer: 'Rafe Windermere',
  },
  {
    text: 'Can I exchange the green armchair I got last week for the blue one?',
    intent: 'exchange_item',
    customer: 'Beatriz Valadares',
  },
  {
    text: "can I return a mattress after I've slept on it",
    intent: 'return_policy',
    customer: 'Arash Tavakoli',
  },
  {
    text: "which way up does the back panel go on the bookcase? the instructions don't show it",
    intent: 'assembly_help',
    customer: 'Linnea Hakansdotter',
  },
  {
    text: 'do you give interior design students a placement over summer',
    intent: null,
    customer: 'Manu Taufahema',
  },
  {
    text: 'There are two screws missing for the bedside table. Can you post them?',
    intent: 'missing_parts',
    customer: 'Helga Steinsdottir',
  },
  {
    text: "Is it too late to change the delivery address on LH-62871? I forgot we've moved.",
    intent: 'change_order_address',
    customer: 'Margit Halvorsrud',
  },
];
