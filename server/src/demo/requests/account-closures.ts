import { bot, customer, type DemoRequest, fact } from './request.ts';

/** Accounts to close for good, which not everyone here asked for. */
export const account_closures: readonly DemoRequest[] = [
  {
    tool: 'close_account',
    arguments: {
      customer: 'Birgitta Ekholm',
      email: 'b.ekholm@post.example',
      reason: 'no_longer_needed',
    },
    agent_says:
      'The customer asked plainly for her account to be closed, twice, and knows that ' +
      'her points will be lost. Nothing is on order.',
    transcript: [
      customer("I'd like to close my account please."),
      bot('I can ask for that. You have 310 points that would be lost, is that all right?'),
      customer(
        "Yes. I've moved into my daughter's house and it's full of chairs already. Close it.",
      ),
    ],
    facts: [
      fact('Open orders', 'none'),
      fact('Points', '310'),
      fact('Customer since', '2016'),
      fact('Previous refunds', '1 (22.00 EUR, 2019)'),
    ],
    confidence: 0.92,
    risk: 'medium',
  },
  {
    tool: 'close_account',
    arguments: {
      customer: 'Rashid Al-Marzouq',
      email: 'rashid.m@mail.example',
      reason: 'too_many_emails',
    },
    agent_says: 'The customer wants to be removed from our system completely.',
    transcript: [
      customer('remove me from your list'),
      bot('Do you mean the newsletter?'),
      customer('the mails. every day sofa sofa sofa. remove me'),
      bot("I'll take care of it."),
    ],
    facts: [
      fact('Open orders', '1 (LH-55904, arrives Thursday)'),
      fact('Points', '2,870'),
      fact('Customer since', '2019'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.76,
    risk: 'high',
  },
  {
    tool: 'close_account',
    arguments: {
      customer: 'Eleanor Prewitt',
      email: 'eleanor.prewitt@mail.example',
      reason: 'deceased',
    },
    agent_says:
      'A daughter asks us to close the account of her late mother. She sent the ' +
      'certificate and the name matches the account.',
    transcript: [
      customer(
        'My mother died in March. Please close her account, and please stop the ' +
          'catalogue, it upsets my father.',
      ),
      bot("I'm very sorry for your loss. Could you send us a copy of the certificate?"),
      customer('Attached. Her name was Eleanor Prewitt.'),
      bot("Thank you. I'll pass this on at once, and the catalogue will stop."),
    ],
    facts: [
      fact('Open orders', 'none'),
      fact('Document', 'certificate received, name matches'),
      fact('Points', '145'),
      fact('Customer since', '2012'),
    ],
    confidence: 0.85,
    risk: 'medium',
  },
  {
    tool: 'close_account',
    arguments: {
      customer: 'Lindiwe Nkosi-Hale',
      email: 'lindiwe.hale@work.example',
      reason: 'duplicate_account',
    },
    agent_says:
      'The customer has two accounts and would like the older one closed. I am closing ' +
      'the one with the work address.',
    transcript: [
      customer('I have two accounts, please delete one'),
      bot('Which of the two would you like to keep?'),
      customer(
        "keep the work one, that's where my orders are. the old one is " +
          'lindi.nkosi@mail.example',
      ),
    ],
    facts: [
      fact('Open orders', 'none'),
      fact('Orders under lindiwe.hale@work.example', '14'),
      fact('Orders under lindi.nkosi@mail.example', '1'),
      fact('Customer since', '2020'),
    ],
    confidence: 0.81,
    risk: 'medium',
  },
  {
    tool: 'close_account',
    arguments: { customer: 'Viktor Antal', email: 'v.antal@post.example', reason: 'security' },
    agent_says:
      'The customer says that someone else uses his account and wants it shut down at ' +
      'once, for safety.',
    transcript: [
      customer('SOMEBODY IS ORDERING ON MY ACCOUNT. three lamps i never bought'),
      bot('I can block sign-in straight away. Do you want the account closed?'),
      customer('block it yes! but i need my order history for the police, dont delete anything'),
    ],
    facts: [
      fact('Open orders', '3 lamps, placed today from a new device'),
      fact('Points', '1,020'),
      fact('Customer since', '2018'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.68,
    risk: 'high',
  },
  {
    tool: 'close_account',
    arguments: { customer: 'Mei-Hua Lindgren', email: 'meihua@home.example', reason: 'privacy' },
    agent_says:
      'A clear request to erase all data. She has confirmed through the link we mailed ' +
      'her, and received a copy of her data last week.',
    transcript: [
      customer(
        'I asked for my data last week, thank you for the copy. Now please erase all of it.',
      ),
      bot("I've sent a confirmation link to your email."),
      customer('Clicked it.'),
    ],
    facts: [
      fact('Open orders', 'none'),
      fact('Confirmed by email', 'yes, today'),
      fact('Points', '0'),
      fact('Customer since', '2023'),
    ],
    confidence: 0.94,
    risk: 'medium',
  },
  {
    tool: 'close_account',
    arguments: { customer: 'Oswin Tarrant', email: 'o.tarrant@mail.example', reason: 'other' },
    agent_says:
      'The customer said he is done with us and does not want anything more from ' +
      'Larkspur Home. I understand this as a wish to close the account.',
    transcript: [
      customer("Sofa late a third time. I'm done with you people."),
      bot("I'm sorry. Would you like me to cancel the order?"),
      customer('I want it DELIVERED. And then I never want to hear from you again.'),
    ],
    facts: [
      fact('Open orders', '1 (LH-51138, 1,120.00 GBP, 19 days late)'),
      fact('Points', '560'),
      fact('Customer since', '2021'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.55,
    risk: 'high',
  },
  {
    tool: 'close_account',
    arguments: {
      customer: 'Pauline Desrosiers',
      email: 'p.desrosiers@mail.example',
      reason: 'no_longer_needed',
    },
    agent_says:
      'She made the account by accident while checking out as a guest. There is one ' +
      'delivered order and nothing open.',
    transcript: [
      customer('i think i made an account by accident, i only wanted to buy a kettle as a guest'),
      bot(
        "That happens. Shall I have the account removed? Your kettle's guarantee " +
          'stays valid with the receipt.',
      ),
      customer('yes remove please, i have the receipt'),
    ],
    facts: [
      fact('Open orders', 'none'),
      fact('Points', '39'),
      fact('Customer since', 'last month'),
      fact('Previous refunds', 'none'),
    ],
    confidence: 0.88,
    risk: 'medium',
  },
];
