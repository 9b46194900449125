import { expect, test } from 'vitest';
import { asksForPerson, filled } from './asks.ts';
import { botWords, chat_languages, smallTalkOf } from './small-talk.ts';

test('what is not known is left out of an answer, with the comma and the space before it', () => {
  const answer = 'Look under **Track**, {contact.name}. Hello {contact.name},';
  const known = new Map([['contact.name', 'Maeve']]);
  expect(filled(answer, known)).toBe('Look under **Track**, Maeve. Hello Maeve,');
  expect(filled(answer, new Map())).toBe('Look under **Track**. Hello,');
  expect(filled('أهلاً، {contact.name}!', new Map())).toBe('أهلاً!');
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
