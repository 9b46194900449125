import type { DemoMessage } from '../inbox.ts';

/** What came in through the afternoon and evening. */
export const evening_messages: readonly DemoMessage[] = [
  {
    text: "I'd like to upgrade to the bigger bookcase and pay the difference, how does that work",
    intent: 'change_order',
    customer: 'Nilufar Rahimova',
  },
  {
    text: 'can i still change the size on the order i made this morning, wrong one selected',
    intent: 'change_order',
    customer: 'Piotr Zawadowski',
  },
  {
    text: 'please update the phone number on my account',
    intent: 'change_account_details',
    customer: 'Kofi Ampomah',
  },
  { text: 'whats happening with my order', intent: 'order_status', customer: 'Tobias Lindqvist' },
  {
    text: 'My Heron lamp stopped working after nine months, is that covered by the warranty?',
    intent: 'warranty_claim',
    customer: 'Duarte Saldanha',
  },
  {
    text: 'tracking says in transit since the 4th and no update after that',
    intent: 'tracking_stuck',
    customer: 'Priya Venkataraman',
  },
  {
    text: 'card was declined, then declined, then it worked, and now all three are on my statement',
    intent: 'charged_twice',
    customer: 'Moana Ruatapu',
  },
  {
    text: 'How big is the Bramble bookcase in oak and is it available now?',
    intent: 'stock_availability',
    customer: 'Hasan Demirtas',
  },
  {
    text: 'Can I please talk to a real person about this',
    intent: 'speak_to_person',
    customer: 'Graham Applethwaite',
  },
  {
    text: "What would you put beside a green velvet sofa? I'm hopeless at colours.",
    intent: null,
    customer: 'Dorottya Szentmarjay',
  },
  {
    text: 'Still no refund for the returned lamp. How many more days?',
    intent: 'refund_status',
    customer: 'Takumi Hosokawa',
  },
  { text: 'quill lamp in stock?', intent: 'stock_availability', customer: 'Babajide Olatunji' },
  {
    text: 'please put two extra pillowcases in my order LH-60418 if it has not been packed',
    intent: 'change_order',
    customer: 'Ilse Vandenbroeck',
  },
  {
    text: 'app crashes every time I open the basket',
    intent: 'website_problem',
    customer: 'Yared Tesfamariam',
  },
  {
    text: 'i moved, please change my address. i have one order on the way and also for next time',
    intent: 'change_order_address',
    customer: 'Mahmoud El-Sherbini',
  },
  {
    text: "Please take my late husband's name off our account and leave mine.",
    intent: 'change_account_details',
    customer: 'Marisol Echeandia',
  },
  {
    text:
      "The delivery date you've now given me is after we move out, so there's no point. " +
      'Cancel the whole thing please.',
    intent: 'cancel_order',
    customer: 'Ebba Sundqvist',
  },
  {
    text: 'My parcel is two weeks late now and every answer I get is "soon"',
    intent: 'late_delivery',
    customer: 'Zanele Mthembu',
  },
  {
    text: "no bolts in the package for the bed, can't finish it",
    intent: 'missing_parts',
    customer: 'Ikaika Pahulu',
  },
  {
    text: "We make candles in a village near the coast and wonder if you'd stock them",
    intent: null,
    customer: 'Arvid Lindmark-Osei',
  },
  {
    text: 'hello, wrong delivery address on my order, i typed my old street',
    intent: 'change_order_address',
    customer: 'Farid Benkhelifa',
  },
  { text: 'asdfgh', intent: null, customer: 'Tariq Mansoori' },
  {
    text:
      "I have a question about a refund but last time your bot didn't understand, so a " +
      'colleague please',
    intent: 'speak_to_person',
    customer: 'Ramiro Quispe',
  },
  {
    text: "I can't follow the assembly instructions for the wardrobe, is there a video?",
    intent: 'assembly_help',
    customer: 'Cheng Mei-ling',
  },
  {
    text:
      "Chair leg came off while my father was sitting on it. He's all right, but I'd " +
      'like to know what you intend to do.',
    intent: 'warranty_claim',
    customer: 'Imogen Farquharson',
  },
  {
    text: 'I saw the same kettle cheaper elsewhere, do you match prices?',
    intent: 'discount_code',
    customer: 'Ousmane Traore-Lind',
  },
  { text: 'Hello', intent: null, customer: 'Gwendolyn Thackaberry' },
  {
    text:
      'Tracking stuck since Monday and the delivery was due yesterday. Which is it, ' +
      'lost or late?',
    intent: 'tracking_stuck',
    customer: 'Elske Wiersma',
  },
  {
    text: 'says delivered at 9:15 this morning, i was home, nobody came, no parcel',
    intent: 'parcel_not_received',
    customer: 'Stellan Bergvall',
  },
  {
    text: 'I checked with all neighbour, package is marked delivered but not received by nobody',
    intent: 'parcel_not_received',
    customer: 'Oksana Hrytsenko',
  },
  {
    text: 'Will the Wick pendant be back in stock before Christmas?',
    intent: 'stock_availability',
    customer: 'Merete Skovgaard',
  },
  { text: 'ok', intent: null, customer: 'Fergus Abernathie' },
  {
    text: "I forgot my password and the reset mail isn't coming",
    intent: 'sign_in_problem',
    customer: 'Hortense Lavigerie',
  },
  { text: 'wrong chat sorry, meant for my bank', intent: null, customer: 'Ayşe Korkmazlar' },
  {
    text: 'my 10% code is not working on the cushions',
    intent: 'discount_code',
    customer: 'Tamsin Polkinghorne',
  },
  {
    text: "You're late, and now I'm away until the 19th, so please bring it after that",
    intent: 'reschedule_delivery',
    customer: 'Bartholomew Nkemelu',
  },
  {
    text: 'What do you do with the packaging you take back, is it recycled?',
    intent: null,
    customer: 'Sunniva Hestnes',
  },
  { text: 'newsletter off pls', intent: 'unsubscribe', customer: 'Callum Strathearn' },
  {
    text: 'is it going to rain in the north tomorrow',
    intent: null,
    customer: 'Isidro Bustamante',
  },
  {
    text: "There's a charge of 26.50 from Larkspur on my card and I don't recognise it",
    intent: 'charged_twice',
    customer: 'Emil Raskov',
  },
];
