import { bot, customer, type DemoRequest, fact } from './request.ts';

/** New addresses for orders under way; a careful reader stops some of them. */
export const address_changes: readonly DemoRequest[] = [
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55602',
      name: 'Ingrid Solheim-Park',
      street: '27 Quarry Steps',
      city: 'Harrowmere',
      postcode: 'QX4 8RT',
      country: 'GB',
    },
    agent_says:
      'The order has not been packed. The customer moved last week and gave the full ' +
      'new address; it passes the format check for the country.',
    transcript: [
      customer(
        'Hi! We moved last week and I forgot to update my address. Can you send ' +
          'LH-55602 to 27 Quarry Steps, Harrowmere, QX4 8RT?',
      ),
      bot('Of course. Same name on the door?'),
      customer('Yes, Ingrid Solheim-Park.'),
    ],
    facts: [
      fact('Order total', '74.00 GBP'),
      fact('Order status', 'waiting to be packed'),
      fact('Address on file', '3 Mill Yard, Harrowmere, QX4 1AB'),
      fact('Customer since', 'May 2022'),
    ],
    confidence: 0.96,
    risk: 'low',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55718',
      name: 'Jeroen Vlasblom',
      street: 'Kwartelhof 12',
      city: 'Oudewaal',
      postcode: '0481',
      country: 'NL',
    },
    agent_says: 'The customer wants the lamps sent to his office. The address is complete.',
    transcript: [
      customer('can the lamps go to my office instead? Kwartelhof 12, Oudewaal'),
      bot('Sure. What is the postcode there?'),
      customer('0481'),
      bot('And the two letters after it?'),
      customer('let me look, one sec'),
    ],
    facts: [
      fact('Order total', '188.00 EUR'),
      fact('Order status', 'being packed'),
      fact('Address on file', 'Zilverpad 40, Oudewaal, 0483 BD'),
      fact('Customer since', 'April 2021'),
    ],
    confidence: 0.84,
    risk: 'medium',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-54996',
      name: 'Adwoa Frimpong',
      street: '14 Lantern Close',
      city: 'Eastholt',
      postcode: 'QX9 2LD',
      country: 'GB',
    },
    agent_says:
      'The customer mistyped the house number. It is 41, not 14. Everything else stays ' +
      'as it is.',
    transcript: [
      customer('i put the wrong house number on my order, its 41 not 14'),
      bot('Thanks for telling us in time. Lantern Close in Eastholt, is that right?'),
      customer('yep'),
    ],
    facts: [
      fact('Order total', '39.90 GBP'),
      fact('Order status', 'waiting to be packed'),
      fact('Address on file', '14 Lantern Close, Eastholt, QX9 2LD'),
      fact('Customer since', 'this week'),
    ],
    confidence: 0.91,
    risk: 'low',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55241',
      name: 'Matthias Obermoor',
      street: 'Lerchenstieg 8a',
      city: 'Niederfelden',
      postcode: '00417',
      country: 'DE',
    },
    agent_says:
      'Apartment letter added, the rest is unchanged. The parcel leaves tomorrow morning.',
    transcript: [
      customer(
        'Hello, the letter is missing in my address. It is Lerchenstieg 8a, there is ' +
          'also an 8 and he keeps my parcels.',
      ),
      bot("I'll have the a added before it leaves."),
      customer('Thank you, this is very important with this neighbour.'),
    ],
    facts: [
      fact('Order total', '126.50 EUR'),
      fact('Order status', 'packed, leaves tomorrow'),
      fact('Address on file', 'Lerchenstieg 8, Niederfelden, 00417'),
      fact('Customer since', 'January 2019'),
    ],
    confidence: 0.89,
    risk: 'low',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-53077',
      name: 'Rosa Belmonte Aguado',
      street: 'Calle del Almendro Chico 5, 2B',
      city: 'Valdeprado del Sol',
      postcode: '00860',
      country: 'ES',
    },
    agent_says:
      'The customer wants every delivery to go to the new address from now on, so I am ' +
      'changing it on the order.',
    transcript: [
      customer(
        'We have a new flat. Please change our address for the next time, Calle del ' +
          'Almendro Chico 5, 2B, Valdeprado del Sol, 00860',
      ),
      bot('Shall I change it for LH-53077 as well?'),
      customer('No no, that one we pick up at the old place on Saturday, leave it'),
    ],
    facts: [
      fact('Order total', '305.00 EUR'),
      fact('Order status', 'out for delivery on Saturday'),
      fact('Address on file', 'Paseo de la Noria 19, Valdeprado del Sol, 00861'),
      fact('Customer since', 'November 2020'),
    ],
    confidence: 0.7,
    risk: 'medium',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55833',
      name: 'D. Marsh',
      street: 'Unit 6, Old Cannery Road',
      city: 'Port Selwick',
      postcode: 'QX1 7ZZ',
      country: 'GB',
    },
    agent_says:
      'The customer asked for a different delivery address. I could not match the name ' +
      'to the account but the order number was correct.',
    transcript: [
      customer('send LH-55833 to Unit 6 Old Cannery Road Port Selwick QX1 7ZZ, name D. Marsh'),
      bot('Could you confirm the email on the order?'),
      customer('dont have it on me. its urgent'),
      bot('And the name on the order?'),
      customer('i just told you. marsh'),
    ],
    facts: [
      fact('Order total', '1,845.00 GBP'),
      fact('Order status', 'packed, leaves today'),
      fact('Name on the order', 'Yetunde Balogun'),
      fact('Address on file', '9 Orchard Rise, Eastholt, QX9 5HP'),
      fact('Customer since', 'August 2017'),
    ],
    confidence: 0.62,
    risk: 'high',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-54430',
      name: 'Aoife Brannigan',
      street: 'Rowan Cottage, Ferry Lane',
      city: 'Ballinrua',
      postcode: 'Q99 X1Y2',
      country: 'IE',
    },
    agent_says:
      'A wedding present that should go straight to the couple. The customer gave their ' +
      'names, address and code, and read it back correctly.',
    transcript: [
      customer(
        "I've put my own address on a wedding present, silly me. Could it go to the couple?",
      ),
      bot('Gladly. What is their address?'),
      customer('Aoife Brannigan, Rowan Cottage, Ferry Lane, Ballinrua, Q99 X1Y2'),
      bot('Shall I leave the prices out of the box?'),
      customer('Oh yes please!'),
    ],
    facts: [
      fact('Order total', '96.00 EUR'),
      fact('Order status', 'waiting to be packed'),
      fact('Address on file', "2 Weaver's Court, Ballinrua, Q99 K3T8"),
      fact('Customer since', 'February 2023'),
    ],
    confidence: 0.93,
    risk: 'low',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55190',
      name: 'Camille Dufresnoy',
      street: '6 rue des Trois Lavoirs',
      city: 'Saint-Aubrac',
      postcode: '00250',
      country: 'BE',
    },
    agent_says:
      'Holiday address for the parcel, three weeks in August. All parts given by the customer.',
    transcript: [
      customer(
        'Bonjour, we are in our summer house in France in August, can the parcel go ' +
          'there? 6 rue des Trois Lavoirs, 00250 Saint-Aubrac',
      ),
      bot("Yes, it hasn't left yet. I'll put that forward."),
      customer('merci!'),
    ],
    facts: [
      fact('Order total', '58.70 EUR'),
      fact('Order status', 'waiting to be packed'),
      fact('Address on file', 'Beukendreef 31, Sint-Elke, 0970, Belgium'),
      fact('Customer since', 'March 2024'),
    ],
    confidence: 0.8,
    risk: 'medium',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-55467',
      name: 'Tomasz Gwiazdowski',
      street: 'ul. Zielony Zakątek 3/14',
      city: 'Nowe Brzozy',
      postcode: '00-718',
      country: 'PL',
    },
    agent_says:
      'The flat number was missing. The customer gave it and the courier accepts the address.',
    transcript: [
      customer('forgot flat number. its 3/14 not just 3'),
      bot('Thanks, so ul. Zielony Zakątek 3/14 in Nowe Brzozy?'),
      customer('yes'),
    ],
    facts: [
      fact('Order total', '211.00 EUR'),
      fact('Order status', 'being packed'),
      fact('Address on file', 'ul. Zielony Zakątek 3, Nowe Brzozy, 00-718'),
      fact('Customer since', 'July 2022'),
    ],
    confidence: 0.95,
    risk: 'low',
  },
  {
    tool: 'change_address',
    arguments: {
      order: 'LH-52655',
      name: 'Hollis Tran-Whitfield',
      street: "118 Cooper's Landing",
      city: 'Maple Hollow',
      postcode: '00047',
      country: 'US',
    },
    agent_says:
      'The customer will be away, so the parcel should go to her mother across the ' +
      'road. It can still be changed.',
    transcript: [
      customer(
        "I'm away this week. Can it go to my mom at 118 Cooper's Landing, right " +
          'across the street?',
      ),
      bot('What name is on her door?'),
      customer('June Whitfield'),
      bot('Got it.'),
    ],
    facts: [
      fact('Order total', '74.20 USD'),
      fact('Order status', 'handed to the courier yesterday'),
      fact('Address on file', "121 Cooper's Landing, Maple Hollow, 00047"),
      fact('Customer since', 'December 2024'),
    ],
    confidence: 0.74,
    risk: 'medium',
  },
];
