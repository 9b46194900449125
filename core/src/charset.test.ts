import { expect, test } from 'vitest';
import { charsetIn, textIn } from './charset.ts';

const latin = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

test('[W43] a page is read as it says that it is written', () => {
  expect(textIn(utf8('München'))).toBe('München');
  expect(textIn(latin('München'), 'iso-8859-1')).toBe('München');
  expect(textIn(latin('<meta charset="windows-1252"><p>München'))).toContain('München');
  const old = '<META http-equiv=Content-Type content="text/html; charset=iso-8859-2"><p>\xb1';
  expect(textIn(latin(old))).toContain('<p>ą');
  // The transport before the page, and a mark before both.
  expect(textIn(utf8('<meta charset="iso-8859-1">ü'), 'utf-8')).toContain('ü');
  expect(textIn(utf8('\ufeffü'), 'iso-8859-1')).toBe('ü');
  expect(textIn(Uint8Array.of(0xff, 0xfe, 0xfc, 0), 'utf-8')).toBe('ü');
  // Who says nothing writes UTF-8, or as browsers did before.
  expect(textIn(latin('10 \x80, “no” ü'.replace(/[“”]/g, '"')))).toBe('10 €, "no" ü');
  expect(textIn(utf8('<meta charset="utf-16">ü'))).toContain('ü');
  // A few bytes that are wrong lose themselves alone.
  expect(textIn(latin('a\xffb'), 'utf-8')).toBe('a\ufffdb');
  expect(textIn(new Uint8Array())).toBe('');
});

test('[W43] an encoding that nobody knows is a fault that names it', () => {
  expect(() => textIn(latin('a'), 'klingon')).toThrow('has an encoding that is not known: klingon');
  expect(charsetIn('text/html; charset="ISO-8859-1"')).toBe('ISO-8859-1');
  expect(charsetIn('text/html;charset=utf-8; x=y')).toBe('utf-8');
  expect(charsetIn('text/html')).toBeUndefined();
});
