import { expect, test } from 'vitest';
import { asksForPerson, filled, lackingIn } from './asks.ts';
import { botWords } from './bot-words.ts';
import { chat_languages, smallTalkOf } from './small-talk.ts';

test('what is not known is left out of an answer, with the comma and the space before it', () => {
  const answer = 'Look under **Track**, {contact.name}. Hello {contact.name},';
  const known = new Map([['contact.name', 'Maeve']]);
  expect(filled(answer, known)).toBe('Look under **Track**, Maeve. Hello Maeve,');
  expect(filled(answer, new Map())).toBe('Look under **Track**. Hello,');
  expect(filled('أهلاً، {contact.name}!', new Map())).toBe('أهلاً!');
  const numbered = new Map([['contact.order2', 'A-1']]);
  expect(filled('Your order {contact.order2} left.', numbered)).toBe('Your order A-1 left.');
  expect(lackingIn(answer, new Map())).toEqual([]);
  expect(lackingIn('Open {hours.next_opening}, {contact.name}.', known)).toEqual([
    'hours.next_opening',
  ]);
  expect(lackingIn('Your order {contact.order2} left.', numbered)).toEqual([]);
  expect(filled('{name} and {2}', new Map([['name', '{contact.name}']]))).toBe(
    '{contact.name} and {2}',
  );
});

test('[W7] a person is asked for in the words of each language, and by the button that the bot offers', () => {
  const asked = [
    'I want to talk to a person',
    'I want a person',
    'human please',
    'can i have a real person please?',
    'Ich möchte mit einem Menschen sprechen',
    'Je voudrais parler à quelqu’un',
    'Quiero hablar con una persona',
    'Quero falar com uma pessoa',
    'Vorrei parlare con una persona',
    'أريد التحدث إلى شخص',
    'هل يمكنني أن أتكلّم مع موظف؟',
    'أريد شخصًا حقيقيًا',
    ...chat_languages.map((one) => botWords(one).person),
  ];
  expect(asked.filter((text) => !asksForPerson(text))).toEqual([]);
  const not = [
    'Does a person have to be at home when it comes?',
    'I need a person to sign for it, is that so?',
    'The person who delivered it was kind.',
    'متى يصل طلبي؟',
  ];
  expect(not.filter(asksForPerson)).toEqual([]);
});

test('small talk is known in Arabic with its marks or without', () => {
  expect(smallTalkOf('شكرًا جزيلًا!')).toEqual({ kind: 'thanks', language: 'ar' });
  expect(smallTalkOf('السلام عليكم')).toEqual({ kind: 'greeting', language: 'ar' });
  expect(smallTalkOf('شكرًا، لكن أين طلبي؟')).toBeUndefined();
});

test.each([
  'I want to talk to a human',
  'Can I speak with one of your agents please?',
  'I need a human being',
  'let me speak with your supervisor',
  'Talk to customer service',
  'Person',
  'a person please!',
  'Hello, agent now',
  'can somebody call me?',
  'get me a manager',
  'no more bots',
  'Ich möchte mit jemandem sprechen',
  'Mitarbeiter bitte',
  'Kann ich einen echten Menschen sprechen?',
  'Kann mich jemand anrufen?',
  'Ich bitte um Rückruf',
  'Je veux parler à quelqu’un',
  'Un conseiller, s’il vous plaît',
  'Pouvez-vous me passer un humain ?',
  'quiero hablar con un humano',
  'agente por favor',
  'Necesito hablar con atención al cliente',
  'falar com atendente',
  'Quero uma pessoa real',
  'voglio parlare con un operatore',
  'Operatore',
  'أريد التحدث مع شخص حقيقي',
  'هل يمكنني التحدث إلى موظف؟',
  'موظف من فضلك',
])('[W7] %j asks for a person', (text) => {
  expect(asksForPerson(text)).toBe(true);
});

test.each([
  'How do I become an agent?',
  'I want to talk about the person who delivered it',
  'I need to speak with my team first',
  'Is this for one person or two?',
  'I have to send it to another person',
  'Your agent told me it would be here today',
  'I like the lamp that your representative showed me',
  'What does a person need for it?',
  'Ist das für eine Person?',
  'C’est pour une personne ?',
  '¿Es para una persona?',
  'É para uma pessoa?',
  'أريد هدية لشخص عزيز',
  'When will the courier call me?',
  '',
])('[W7] %j asks for nobody', (text) => {
  expect(asksForPerson(text)).toBe(false);
});

test.each([
  'please call me back on 0851234567',
  'call me on 0851234567',
  'Call me',
  'ring me',
  'phone me please',
  'give me a call',
  'Could you give me a quick call?',
  'I want you to call me',
  'I would like a callback',
  'My stove broke. Please call me back',
  'Rufen Sie mich bitte zurück',
  'Könnten Sie mich bitte anrufen?',
  'Appelez-moi au 0851234567',
  'Pouvez-vous m’appeler ?',
  'Llámame al 600123456',
  '¿Me pueden llamar?',
  'Liguem-me',
  'Podem me ligar?',
  'Chiamatemi al 333123456',
  'Può richiamarmi?',
  'من فضلك اتصل بي',
  'هل يمكنكم الاتصال بي؟',
  'I do not want to talk to a bot, I want to talk to a human',
  'Why can I not talk to a person?',
  'Warum kann ich nicht mit einem Menschen sprechen?',
  'I don’t want to wait, connect me with an agent',
])('[W7] %j asks to be called, or for a person beside a no', (text) => {
  expect(asksForPerson(text)).toBe(true);
});

test.each([
  'I do not want to talk to a person, just tell me the delivery time to Germany',
  'I don’t want to speak to an agent',
  'I don’t need a human agent',
  'There is no need to talk to a person',
  'Ich möchte nicht mit einem Menschen sprechen',
  'Ich brauche keinen echten Menschen',
  'Je ne veux pas parler à un humain',
  'No quiero hablar con una persona',
  'Não quero falar com uma pessoa',
  'Non voglio parlare con una persona',
  'لا أريد التحدث إلى شخص',
  'I will call my lawyer',
  'Call me Anna',
  'You can call me Tom',
  'Did the courier call me?',
  'Will the driver call me before delivery?',
  'I got a call from your courier',
  'Please do not call me',
  'Ruft mich nicht an',
  'Warum ruft der Fahrer nicht an?',
  'السائق لم يتصل بي',
])('[W7] %j is no wish for a person', (text) => {
  expect(asksForPerson(text)).toBe(false);
});

test.each([
  'speek to sombody',
  'i wanna speak w/ someone',
  'is there anyone there?',
  'anybody here??',
  'stop with the bot and give me someone alive',
  'I’d rather not deal with a machine',
  'i dont want to talk to a bot',
  'tired of talking to this stupid robot',
  'I need help from staff',
  'connect me',
  'Could you put me through?',
  'Is there a living soul I could speak to?',
  'hooman',
  'talk 2 human',
  'can u get someone from the team',
  'pls get someone',
  'live chat',
  'escalate this',
  'tlak to a reprasentative',
  'I want a persn',
  'I want a person again',
  'back to the human please',
  'can you transfer me',
  'no bots please',
  'I want a refund for KC-20712, 58 euro, it is damaged. a person please!',
  'where is my order KC-20418, human please',
  'how long does delivery take? a person please',
  'agent! where is my order',
  'Wo ist mein Paket? Mitarbeiter bitte',
  'Are you able to connect me with a real person?',
  'I want you to call me now',
  'are you a bot? I want a real person',
])('[W7] %j asks for a person, in the words and the spelling of a chat', (text) => {
  expect(asksForPerson(text)).toBe(true);
});

test.each([
  'Is anyone there on Sunday to take the parcel in?',
  'Can somebody get this to me by Friday?',
  'I want a humane mouse trap',
  'Do you have a coat for two persons?',
  'is this the person size or the family size',
  'I talked to somebody who said it was sent',
  'can i connect 2 chargers',
  'does the speaker support my phone',
  'I do not want to deal with a return',
  'get someone a gift card',
  'Is there a stove for someone with small hands?',
  'Does the robot mower talk to my phone?',
  'How do I stop the machine?',
  'connect me to the wifi of the stove',
  'are you a real person?',
  'are you a bot or a real human being',
  'am I talking to an actual person',
  'I am not a bot, are you?',
  'Do I need to speak to a representative to change my pin?',
  'do I have to talk to someone to close the account',
  'I want you to call me Mary',
  'what will you call me',
  'can you transfer me the money',
  'It is for a man, person of size L',
  'Which one is for more than one person, the large?',
  'Person: Maeve Tierney. Where is my order?',
  'Is there no bot for this in the app',
  'does the form go back to the agents who packed it',
])('[W7] %j asks for nobody, however near its words are', (text) => {
  expect(asksForPerson(text)).toBe(false);
});

test('[W7] the bot’s own button asks for a person in every language it speaks', () => {
  for (const language of chat_languages) {
    expect([language, asksForPerson(botWords(language).person)]).toEqual([language, true]);
  }
});

test('[W7] however long and strange a text is, it is read at once', () => {
  const long = [
    'talk to '.repeat(1_000),
    'a '.repeat(4_000),
    'مع '.repeat(2_500),
    'to'.repeat(4_000),
    'call me Anna '.repeat(700),
    'do not want to '.repeat(700),
  ];
  for (const text of long) expect(asksForPerson(text)).toBe(false);
});
