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
    text:
      'I get to the last step, press pay, the circle spins and then "something went ' +
      'wrong with your payment".',
    intent: 'payment_failed',
    customer: 'Saoirse Trevelyan',
  },
  { text: "don't like it", intent: 'start_return', customer: 'Parisa Golshani' },
  {
    text: "My inbox is full of your sofas. I bought one sofa. I don't need another one every week.",
    intent: 'unsubscribe',
    customer: 'Nguyen Bao Tran',
  },
  {
    text: 'code on gift card has 15 digits, site wants 16',
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
    text: 'your courier threw it over the fence. ceramics. over a fence.',
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
    text: 'we have narrow stairs, can the delivery team remove packaging and bring it in',
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
    text: 'Return request, mattress, night 40 of your 100 night thing. My back has spoken.',
    intent: 'start_return',
    customer: 'Emeka Nwosu-Bright',
  },
  {
    text: "I'm supposed to be a gold member since last year, but my account now says silver.",
    intent: 'loyalty_points',
    customer: 'Rafe Windermere',
  },
  {
    text: 'Can I exchange the green armchair I got last week for the blue one?',
    intent: 'exchange_item',
    customer: 'Beatriz Valadares',
  },
  {
    text: 'Before I buy the mattress, what happens if I hate it?',
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
    text: "I've got the lid but not the pot",
    intent: 'missing_parts',
    customer: 'Helga Steinsdottir',
  },
  {
    text: "My office has closed and that's where I had the lamps sent. Where else can they go?",
    intent: 'change_order_address',
    customer: 'Margit Halvorsrud',
  },
];
