import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatheredIn, onlyNames } from './gathered.ts';

const found = (text: string, names?: string[]) =>
  gatheredIn(text, names).map(({ kind, value }) => `${kind} ${value}`);

test.each([
  [
    'My order number is A-10422, I paid $49.90 on 3rd March 2026. Write to kim@example.com!',
    ['order A-10422', 'amount $49.90', 'date 3rd March 2026', 'email kim@example.com'],
  ],
  [
    'Meine Bestellung Nr. 88231 vom 12.03.2026 kostete 1.249,00 € und kam letzten Montag an.',
    ['order 88231', 'date 12.03.2026', 'amount 1.249,00 €', 'date letzten Montag'],
  ],
  [
    'Ma commande n° FR-55120 du 4 août était de 35 euros, écrivez à léa@exemple.fr',
    ['order FR-55120', 'date 4 août', 'amount 35 euros', 'email léa@exemple.fr'],
  ],
  [
    'Mi pedido número 77412 llegó el 5 de noviembre; pagué 20,50 EUR. Llámeme al +34 600 123 456',
    ['order 77412', 'date 5 de noviembre', 'amount 20,50 EUR', 'phone +34 600 123 456'],
  ],
  [
    'Il mio ordine numero IT/2026/9 di lunedì costava € 18, la lampada «Aurora» è rotta',
    ['order IT/2026/9', 'date lunedì', 'amount € 18', 'product Aurora'],
  ],
  [
    'A minha encomenda 4471 de 10 de março, R$ 99,90, chegou ontem partida',
    ['order 4471', 'date 10 de março', 'amount R$ 99,90', 'date ontem'],
  ],
  ['The LX-200 and the aurora lamp flicker', ['product LX-200', 'product aurora lamp']],
  [
    'Is #5512 there? Card 4111 1111 1111 1111, account DE89 3704 0044 0532 0130 00.',
    ['order 5512', 'account 4111 1111 1111 1111', 'account DE89 3704 0044 0532 0130 00'],
  ],
  ['I ordered it and it may be 5 of them in order to return', []],
  ['In order: one, two. Guten Morgen! Ich bin hier.', []],
])('[W44] what is named in %j is found as it stands there', (text, wanted) => {
  expect(found(text, ['Aurora lamp'])).toEqual(wanted);
});

const likely = fc.constantFrom(
  ...[
    'order ',
    'Bestellung ',
    '#',
    '12',
    '€',
    '.',
    '-',
    '@',
    'a',
    'İ',
    ' März ',
    '«',
    '»',
    '+4',
    '\n',
  ],
);
test('[W44] whatever is written, what is found stands there, in its order, and each place once', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(likely).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, fc.array(fc.string()), (written, names) => {
      let from = 0;
      for (const { value, start, end } of gatheredIn(written, names)) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(written.slice(start, end)).toBe(value);
        from = end;
      }
    }),
  );
});

test('[W44] the longest message is read in a moment, whatever it is made of', () => {
  for (const piece of ['a', '1', '1 ', 'a@', 'order ', 'order 1-', '1.', 'ist ', '«a', '+1 ']) {
    const text = piece.repeat(8_000 / piece.length);
    const begun = performance.now();
    gatheredIn(text);
    // Measured at under 20 ms; a rule that tries every place from every place takes minutes.
    expect(performance.now() - begun).toBeLessThan(2_000);
  }
});

test.each(['KC-20418', 'kc20712', '20712', 'kim@x.org', '12 March 2026', 'KC-20418, 20712', '€30'])(
  '[W96] %j only names something',
  (text) => expect(onlyNames(text)).toBe(true),
);
test.each(['where is KC-20418', 'B2B', '3D', 'hello', '', '?', 'order', 'mp3 player'])(
  '[W96] %j says more, or nothing',
  (text) => expect(onlyNames(text)).toBe(false),
);
