import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Brief, briefFrom, questionIn, requestIn, untried, wishIn } from './brief.ts';
import type { Message } from './message.ts';

let made = 0;
const said = (author_kind: Message['author_kind'], text: string, more: Partial<Message> = {}) => {
  made += 1;
  return {
    id: `msg_${String(made).padStart(26, '0')}`,
    conversation_id: `conv_${'0'.repeat(26)}`,
    seq: made,
    author_kind,
    author_id: author_kind,
    author_name: null,
    audience: 'all',
    body: { kind: 'text', text },
    output_id: null,
    approved_by: null,
    citations: [],
    cut: false,
    at: '2026-11-27T09:00:00.000Z',
    ...more,
  } as Message;
};

test('[W44] a brief says what is wanted, what was named where, what was tried and how they sound', () => {
  const source = { title: 'Delivery', url: null };
  const messages = [
    said('contact', 'Hello! Where is my order 10422?'),
    said('bot', 'It is on its way.', { citations: [source] }),
    said('contact', 'WHERE EXACTLY IS IT NOW'),
    said('member', 'She rang as well, order 99999.', { audience: 'team' }),
    said('contact', 'I want to talk to a human'),
  ];
  expect(briefFrom(messages, 'asked')).toEqual({
    reason: 'asked',
    topic: null,
    goal: 'Where is my order 10422?',
    facts: [{ kind: 'order', value: '10422', message_id: messages[0]?.id, seq: messages[0]?.seq }],
    tried: [
      {
        seq: messages[1]?.seq,
        text: 'It is on its way.',
        citations: [source],
        reply: 'WHERE EXACTLY IS IT NOW',
      },
    ],
    suggestion: null,
    mood: 'tense',
    written_by: null,
  });
});

test('[K85] what is wanted may be said after a person was asked for', () => {
  const asked = [said('contact', 'I want to talk to a person'), said('contact', 'yes')];
  expect(briefFrom(asked, 'asked').goal).not.toBe('My lantern came in pieces.');
  expect(wishIn(asked)).toBeNull();
  const told = said('contact', 'Hello! My lantern came in pieces.');
  const all = [...asked, said('member', 'A note of ours about it', { audience: 'team' }), told];
  expect(wishIn([...all, said('contact', 'And where is my other order?')])).toEqual({
    text: 'My lantern came in pieces.',
    seq: told.seq,
  });
  expect(wishIn([said('contact', '我的灯到货时碎了。')])?.text).toBe('我的灯到货时碎了。');
});

test('[W44] what is wanted is what was asked last, and what was said already is not suggested again', () => {
  const goalOf = (...texts: string[]) =>
    briefFrom(
      texts.map((text) => said('contact', text)),
      'asked',
    ).goal;
  expect(goalOf('How do I clean a pan?', 'Can I rent a stove for a weekend?', 'A person!')).toBe(
    'Can I rent a stove for a weekend?',
  );
  expect(goalOf('كيف أنظف المقلاة الحديد؟', 'هل يمكنني أن أستأجر موقدًا؟')).toBe(
    'هل يمكنني أن أستأجر موقدًا؟',
  );
  expect(goalOf('Where is my order 10422?', 'And now?')).toBe('Where is my order 10422?');
  expect(goalOf('My pan is bent.', 'It is the large one.')).toBe('My pan is bent.');
  const long = `Rinse it. ${'Dry it. '.repeat(80)}`.trim();
  const brief = briefFrom([said('contact', 'How?'), said('bot', long)], 'asked');
  expect(untried(brief, { text: long, citations: [] })).toBeNull();
  expect(untried(brief, { text: 'Oil it.', citations: [] })?.text).toBe('Oil it.');
});

test.each([
  ['Hi there! My lamp flickers. Can you help?', 'My lamp flickers. Can you help?'],
  ['Guten Tag! Meine Lampe flackert.', 'Meine Lampe flackert.'],
  ['Bonjour ! Ma lampe clignote.', 'Ma lampe clignote.'],
  ['Hola. Mi lámpara parpadea.', 'Mi lámpara parpadea.'],
  ['Buongiorno! La lampada lampeggia.', 'La lampada lampeggia.'],
  ['Olá! O candeeiro pisca.', 'O candeeiro pisca.'],
  ['Ich möchte mit einem Menschen sprechen', null],
  ['Je veux parler à quelqu’un', null],
  ['Quiero hablar con una persona', null],
  ['Vorrei parlare con una persona', null],
  ['Quero falar com uma pessoa', null],
  ['Thanks!', null],
  ['…?!', null],
])('[W44] what %j asks for is %j', (text, wanted) => {
  expect(requestIn(text)).toBe(wanted);
});

test.each([
  [
    'Je veux parler à un conseiller, ma commande KC-20418 est cassée',
    'ma commande KC-20418 est cassée',
  ],
  ['Please call me back on 0851234567, my stove is not working', 'my stove is not working'],
  ['Ich möchte mit jemandem sprechen: meine Lampe flackert', 'meine Lampe flackert'],
  ['Quiero hablar con una persona, mi lámpara parpadea', 'mi lámpara parpadea'],
  ['Vorrei parlare con un operatore, la lampada lampeggia', 'la lampada lampeggia'],
  ['Quero falar com uma pessoa, o candeeiro pisca', 'o candeeiro pisca'],
  ['أريد التحدث إلى شخص، المصباح لا يعمل أبدا', 'المصباح لا يعمل أبدا'],
  ['My order 4471 is late, can I speak to an agent?', 'My order 4471 is late'],
  ['I need a human because it broke', 'I need a human because it broke'],
  ['I do not want to talk to a person, just tell me the price', undefined],
  ['My kettle leaks. Could I please have a human look at it?', 'My kettle leaks.'],
  ['Could I please have a human look at it?', null],
  ['Please call me back on 0851234567', null],
  ['Hi Anna, I want a human', null],
])('[W86] of %j the matter is the goal: %j', (text, wanted = text) => {
  expect(briefFrom([said('contact', text)], 'asked').goal).toBe(wanted);
});

test.each([
  ['My order is 4471. Where is it? Write soon.', 'Where is it?'],
  ['Hallo! Die Lampe flackert. Bestellung 4471.', 'Die Lampe flackert.'],
  ['4471', '4471'],
])('[W44] %j is searched by %j', (text, wanted) => {
  expect(questionIn(text)).toBe(wanted);
});

test('[W44] whatever was said, nothing in a brief is invented and no card is in it', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('order 4471', '4111 1111 1111 1111', 'No!!!', 'I paid 20 €', 'hello'),
  );
  const kinds = fc.constantFrom('contact', 'bot', 'member', 'system') as fc.Arbitrary<'contact'>;
  const talk = fc.array(fc.tuple(kinds, words, fc.constantFrom('all', 'team')), { maxLength: 40 });
  fc.assert(
    fc.property(talk, (all) => {
      const messages = all.map(([who, text, audience]) =>
        said(who, text, { audience: audience as 'all' }),
      );
      const brief = Brief.parse(briefFrom(messages, 'failed'));
      const told = (by: string) =>
        messages.filter((one) => one.author_kind === by && one.audience === 'all');
      const texts = told('contact').map(({ body }) => ('text' in body ? body.text : ''));
      if (brief.goal)
        expect(texts.some((text) => text?.includes(brief.goal?.slice(0, 3) ?? ''))).toBe(true);
      for (const { value, message_id } of brief.facts) {
        const message = told('contact').find(({ id }) => id === message_id);
        expect(message?.body).toHaveProperty('text', expect.stringContaining(value));
        expect(value).not.toContain('4111 1111');
      }
      const bots = told('bot').map(({ seq }) => seq);
      expect(brief.tried.every(({ seq }) => bots.includes(seq))).toBe(true);
      expect(brief.tried.length).toBeLessThanOrEqual(5);
    }),
  );
});
