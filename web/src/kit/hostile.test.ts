import { expect, test } from 'vitest';
import { codePointText, isHostile, markHostile } from './hostile.ts';

const kinds = (text: string) => markHostile(text).flatMap(({ hostile }) => hostile?.kind ?? []);

test.each([
  ['a right-to-left override', 'pay \u202e0021 now', 'direction'],
  ['an isolate', 'a\u2067b', 'direction'],
  ['a right-to-left mark', 'a\u200fb', 'direction'],
  ['a zero-width space', 'exam\u200bple.com', 'invisible'],
  ['a byte order mark inside', 'a\ufeffb', 'invisible'],
  ['a soft hyphen', 'pay\u00adpal', 'invisible'],
  ['a Hangul filler', 'a\u3164b', 'invisible'],
  ['a joiner between Latin letters', 'a\u200db', 'invisible'],
  ['a hidden tag', `approve${String.fromCodePoint(0xe0041)}`, 'tag'],
  ['a variation selector that carries data', `x${String.fromCodePoint(0xe0101)}`, 'invisible'],
  ['a control character', 'a\u0007b', 'control'],
  ['a line separator', 'a\u2028b', 'invisible'],
  ['Cyrillic inside a Latin word', 'p\u0430ypal', 'mixed_alphabets'],
  ['Greek inside a Latin word', 'g\u03bfogle', 'mixed_alphabets'],
])('[K1] %s is found', (_name, text, kind) => {
  expect(kinds(text)).toEqual([kind]);
  expect(isHostile(text)).toBe(true);
});

test.each([
  ['plain text', 'Refund 1,200 EUR\nfor order A-1\tto Zoë'],
  ['Arabic', 'لم تصل البطاقة بعد'],
  ['Persian with its non-joiner', 'می\u200cخواهم'],
  ['Hindi with a joiner', 'क्\u200dष'],
  ['Russian', 'Привет, мир'],
  ['Russian and English side by side', 'Привет world'],
  ['a family emoji', '👨\u200d👩\u200d👧'],
  ['a red heart', '❤\ufe0f'],
  ['a skin tone', '👩🏽\u200d💻'],
])('[K1] %s is left alone', (_name, text) => {
  expect(markHostile(text)).toEqual([{ text }]);
  expect(isHostile(text)).toBe(false);
});

test('[K1] the pieces are the text, in order, whatever is in it', () => {
  for (const text of ['', 'a\u202e\u202eb', '\u200b', 'аdmin \u202a x', 'a\u200b👨\u200d👩']) {
    expect(
      markHostile(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});

test('[K1] keys and nested values are looked at too', () => {
  expect(isHostile({ a: [{ b: 'fine' }] })).toBe(false);
  expect(isHostile({ a: [{ b: 'x\u202ey' }] })).toBe(true);
  expect(isHostile({ 'am\u200bount': 5 })).toBe(true);
  expect(isHostile(null)).toBe(false);
  expect(isHostile(12)).toBe(false);
});

test('a mark is named as the standard writes it', () => {
  expect(codePointText('\u202e')).toBe('U+202E');
  expect(codePointText(String.fromCodePoint(0xe0041))).toBe('U+E0041');
});
