import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson, survives } from './json-text.ts';
import { isRefusal } from './refusal.ts';

function faultOf(text: string) {
  try {
    readJson(text);
    return undefined;
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const [first] = thrown.facts.errors as { field: string; message: string }[];
    return `${thrown.code} ${first?.field}: ${first?.message}`;
  }
}

test.each([
  ['{"a":9007199254740993}', 'invalid a: 9007199254740993 would be rounded to 9007199254740992'],
  ['{"a":{"b":[1,{"c":-12345678901234567890}]}}', 'invalid a.b.1.c: -12345678901234567890'],
  ['[[1,2],["x",3e400]]', 'invalid 1.1: 3e400 is larger than a number can be'],
  ['{"a":1e-400}', 'invalid a: 1e-400 would be rounded to 0'],
  ['{"a,\\"b":1,"c":1234567890123456.78}', 'invalid c: 1234567890123456.78 would be rounded'],
  ['{"a":999999999999999.99}', 'invalid a: 999999999999999.99 would be rounded'],
  ['12345678901234567890', 'invalid body: 12345678901234567890'],
  [`{"a":1${'0'.repeat(400)}}`, 'invalid a: 1000000000'],
  ['{"__proto__":{}}', 'invalid __proto__: is a key that is never data'],
  ['{"a":{"\\u005f_proto__":1}}', 'invalid a.__proto__: is a key that is never data'],
  ['{"a":[{"constructor":{"prototype":{}}}]}', 'invalid a.0.constructor: is a key'],
  ['{"a":', 'malformed body: is not JSON'],
  ['{"a":NaN}', 'malformed body: is not JSON'],
  ['', 'malformed body: is not JSON'],
])('[S9] [S6] %s is refused by its place', (text, words) => {
  expect(faultOf(text)?.startsWith(words)).toBe(true);
});

test.each([
  '{"a":9007199254740991,"b":9007199254740992,"c":100000000000000000000,"d":1e3,"e":1E+300}',
  '{"a":0.1,"b":0.30000000000000004,"c":0.10000000000000001,"d":0.10000000000000000555}',
  '{"a":"9007199254740993","b":"x: 1e400, 12345678901234567890","c":["1e999"]}',
  '{"a":-0.0,"b":0e999,"c":5e-324,"d":1.7976931348623157e308,"e":123456789012345.67}',
  '{"constructor":5,"prototype":{}}',
  '\ufeff{"a":1}',
])('[S9] %s stays as it was sent', (text) => {
  expect(faultOf(text)).toBeUndefined();
});

test('[S9] every number that a program writes is read back, and each of 17 digits or more that is not its double is refused', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(survives(JSON.stringify(value))).toBe(true);
      const longer = value.toPrecision(17);
      if (/[.e]/.test(longer)) expect(survives(longer)).toBe(true);
      expect(survives(value.toExponential())).toBe(true);
    }),
    { numRuns: 5_000 },
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), (whole) => {
      // An integer is kept when its own digits come back.
      expect(survives(String(whole))).toBe(BigInt(Number(whole)) === whole && fits(whole));
    }),
    { numRuns: 5_000 },
  );
});

/** Whether the digits that a program writes for it are its own: from 1e21 on they are rounded. */
const fits = (whole: bigint) =>
  BigInt(JSON.stringify(Number(whole)).replace(/\D.*$/, '')) === whole;

test('[S6] 100,000 levels are refused by depth, in words, without running out of stack', () => {
  for (const levels of [41, 1_000, 100_000]) {
    const lists = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const objects = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    for (const text of [lists, objects]) expect(faultOf(text)).toContain('nested deeper than 40');
  }
  expect(faultOf(`{"a":${'['.repeat(30)}${']'.repeat(30)}}`)).toBeUndefined();
});
