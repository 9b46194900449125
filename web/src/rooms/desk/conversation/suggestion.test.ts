import type { CannedReply, Contact } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { cannedFor, type Look, lookAt, passagesFor, wholeLook } from './suggestion.ts';

const reply = { name: 'thx', title: 'Thanks', text: 'thank you, {contact.name}.' } as CannedReply;
const contact = { name: 'Priya', attributes: {} } as Contact;
const at_end = (text: string) => {
  const look = lookAt(text, text.length);
  return look && `${look.kind}: ${look.words}`;
};

test.each([
  ['/', 'canned: '],
  ['/ret', 'canned: ret'],
  ['Hello Priya /ret', 'canned: ret'],
  ['Hello Priya,\n/', 'canned: '],
  ['?', 'knowledge: '],
  ['?how to return', 'knowledge: how to return'],
  ['? how to return', 'knowledge:  how to return'],
  ['Hello Priya ?how to return', 'knowledge: how to return'],
  ['Hello Priya,\n?', 'knowledge: '],
])('[K85] a reply looks for something where the caret stands: %j', (text, looks) => {
  expect(at_end(text)).toBe(looks);
});

test.each([
  'How can I help you?',
  'Ça va ?',
  'Ça va ? Et la livraison ?',
  'Is it broken?Yes',
  'You paid 3 / 4 of it',
  'He and/or she',
  'We are here 24/7',
  'It stands in /etc/hosts',
  'https://example.com/returns?from=chat',
  'Hello /ret and more',
  'See ?page? on it',
])('[K85] words for the customer stay words: %j', (text) => {
  expect(at_end(text)).toBeNull();
});

test('[K85] what the whole of a reply looks for is not sent, wherever the caret is', () => {
  expect(lookAt('/returns', 0)).toBeNull();
  expect(wholeLook('/returns')).toMatchObject({ kind: 'canned', words: 'returns' });
  expect(wholeLook('?how to return')).toMatchObject({ kind: 'knowledge' });
  expect(wholeLook('Hello /returns')).toBeNull();
});

test('[K85] what is picked takes the place of what looked for it, and the rest stays', () => {
  const text = 'Hello Priya, /thx goodbye';
  const look = lookAt(text, 'Hello Priya, /thx'.length) as Look;
  const [canned] = cannedFor(text, look, [reply], contact, { name: 'Rita' });
  expect(canned?.apply()).toEqual({
    text: 'Hello Priya, thank you, Priya. goodbye',
    caret: 'Hello Priya, thank you, Priya.'.length,
  });

  const asks = 'Hello ?lamp\nGoodbye';
  const from = lookAt(asks, 'Hello ?lamp'.length) as Look;
  const source = { title: 'Lamps', url: 'https://shop.example/lamps' };
  const passage = { title: 'Lamps', text: 'It burns 40 hours.', citation: source };
  const put = 'Hello It burns 40 hours.\n\nSource: [Lamps](https://shop.example/lamps)';
  expect(passagesFor(asks, from, [passage])[0]?.apply()).toEqual({
    text: `${put}\n\nGoodbye`,
    caret: put.length,
  });
});

test('[K85] a canned reply whose name begins with what was typed goes before one that only has it', () => {
  const named = (name: string, title: string) => ({ ...reply, name, title });
  const replies = [
    named('carrier', 'With the carrier'),
    named('bye', 'Say hello'),
    named('hello', 'A greeting'),
  ];
  const found = (text: string) =>
    cannedFor(text, lookAt(text, text.length) as Look, replies, contact, { name: 'Rita' });
  expect(found('/he').map(({ key }) => key)).toEqual(['hello', 'bye', 'carrier']);
});
