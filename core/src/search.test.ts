import { expect, test } from 'vitest';
import { searchTerms, searchWords, snippetOf } from './search.ts';

const shown = (text: string, q: string) =>
  snippetOf(text, searchWords(q))
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('');

test('[W33] a snippet shows where a text says the words, each as the beginning of one', () => {
  expect(shown('My lamp is broken, the lamps are', 'LAMP')).toBe(
    'My [lamp] is broken, the [lamps] are',
  );
  expect(shown('a clamp', 'lamp')).toBe('a clamp');
  expect(shown('Größe und Länge', 'größe län')).toBe('[Größe] und [Länge]');
  const long = `${'word '.repeat(60)}needle ${'more '.repeat(60)}`;
  expect(shown(long, 'needle')).toMatch(/^… (word )+\[needle\] (more )+.* …$/);
  expect(shown('nothing of it', 'else')).toBe('nothing of it');
  expect(shown('any', '')).toBe('any');
});

test('[W33] signs are no words, so nothing that is typed is read as an order to the search', () => {
  expect(searchWords("lamp' | !(x) & 'y:*  Lamp")).toEqual(['lamp', 'x', 'y']);
  expect(searchWords("'\\:*&|!<->")).toEqual([]);
});

test('[W93] words of scripts without spaces are looked for by their pairs, and shown where they stand', () => {
  expect(searchTerms(searchWords('退货 KC-20418'))).toEqual(['退货', 'kc', '20418']);
  expect(searchTerms(searchWords('退货政策ＫＣ'))).toEqual(['退货', '货政', '政策', 'kc']);
  expect(searchTerms(searchWords('退'))).toEqual(['退']);
  expect(searchTerms(searchWords('สินค้า'))).toEqual(searchTerms(['สนคา']));
  expect(shown('我想退货，订单KC-20418', '退货 kc')).toBe('我想[退货]，订单[KC]-20418');
  expect(shown('กรุณาคืนสินค้าครับ', 'สินค้า')).toBe('กรุณาคืน[สินค้า]ครับ');
  expect(shown(`${'好'.repeat(300)}退货${'好'.repeat(300)}`, '退货')).toBe(
    `… ${'好'.repeat(40)}[退货]${'好'.repeat(118)} …`,
  );
});
