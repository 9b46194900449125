import { expect, test } from 'vitest';
import { searchWords, snippetOf } from './search.ts';

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
