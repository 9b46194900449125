import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from './hash.ts';
import { canonical, depth_limit, hostilePath, Json, JsonObject, Text } from './json.ts';

// The number table of RFC 8785, appendix B: IEEE 754 bits → text.
test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('[O6] the number %s is written %s', (bits, text) => {
  const value = new DataView(Uint8Array.from(Buffer.from(bits, 'hex')).buffer).getFloat64(0);
  expect(canonical(value)).toBe(text);
});

test('[O6] keys go by UTF-16 unit and strings as RFC 8785, section 3.2, shows', () => {
  const sorted = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect([...canonical(sorted).matchAll(/:"([^"]+)"/g)].map(([, word]) => word)).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
  const example = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonical(example)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

const shuffled = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, shuffled(item, random)] as const,
  );
  return Object.fromEntries(entries.sort(() => random() - 0.5));
};

test('[O6] equal values have equal bytes, whatever the order of keys; other values have others', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.infiniteStream(fc.double()), (a, b, stream) => {
      const random = () => Math.abs(stream.next().value as number) % 1;
      const text = canonical(a as Json);
      expect(canonical(shuffled(a, random) as Json)).toBe(text);
      expect(canonical(JSON.parse(text) as Json)).toBe(text);
      const same = JSON.stringify(sortedDeep(a)) === JSON.stringify(sortedDeep(b));
      expect(canonical(b as Json) === text).toBe(same);
    }),
    { numRuns: 1_000 },
  );
});
const sortedDeep = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sortedDeep)
    : value !== null && typeof value === 'object'
      ? {
          keys: Object.keys(value)
            .sort()
            .map((key) => [key, sortedDeep((value as Record<string, unknown>)[key])]),
        }
      : value;

test('[O6] a digest is SHA-256 over UTF-8', () => {
  expect(digest('')).toBe(
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(digest('ü')).not.toBe(digest('u\u0308'));
});

const nested = (depth: number): unknown => (depth ? [nested(depth - 1)] : 1);
test.each<[string, unknown, string[]]>([
  ['a NUL', { a: 'x\u0000' }, ['a']],
  ['a NUL in a key', { a: { 'b\u0000': 1 } }, ['a', 'b\u0000']],
  ['half a surrogate pair', ['\ud800'], ['0']],
  ['the other half', { a: [{ b: '\udc00x' }] }, ['a', '0', 'b']],
  ['a prototype key', JSON.parse('{"a":{"__proto__":{"x":1}}}'), ['a', '__proto__']],
  ['a number too large', { a: JSON.parse('1e400') }, ['a']],
  ['depth', nested(depth_limit + 1), Array(depth_limit).fill('0')],
])('[S6] %s is refused with its place', (_what, value, path) => {
  expect(hostilePath(value)).toEqual(path);
  expect(Json.safeParse(value).error?.issues[0]?.path).toEqual(path);
  if (!Array.isArray(value)) expect(JsonObject.safeParse(value).success).toBe(false);
});

test('[S6] everything else is kept exactly as it came', () => {
  for (const value of ['\u202e\u200b\u{e0041}а', nested(depth_limit), -0, 5e-324, { '': 1 }]) {
    expect(hostilePath(value)).toBeUndefined();
    expect(Json.parse(value)).toBe(value);
  }
  expect(Text(3).safeParse('abcd').success).toBe(false);
  expect(Text(3).safeParse('a\u0000').success).toBe(false);
  expect(Text(3).parse('😀x')).toBe('😀x');
});
