/** What may stand where something else belongs, as the JSON text that is sent: some of it no program
 *  could write with its own JSON library. */
export const bad_values: Record<string, string> = {
  null: 'null',
  true: 'true',
  zero: '0',
  'minus one': '-1',
  'one and a half': '1.5',
  'an integer over 2^53': '9007199254740993',
  'a negative one': '-9007199254740993',
  'more than a number can be': '1e400',
  'less than a number can be': '1e-400',
  'the largest double': '1.7976931348623157e308',
  'no number': 'NaN',
  'no number either': '-Infinity',
  'not JSON': "'x'",
  'an empty text': '""',
  'spaces alone': '" \\t\\n"',
  'a number as text': '"9007199254740993"',
  'not a number as text': '"NaN"',
  NUL: '"\\u0000"',
  'NUL inside': '"a\\u0000b"',
  'half a pair': '"\\ud800"',
  'a pair the wrong way round': '"\\udc00\\ud800"',
  'right to left': '"\\u202Eabc\\u2066def"',
  'joined and wide': '"👨‍👩‍👧‍👦 💥 𝒳"',
  'many marks': JSON.stringify(`a${'\u0300'.repeat(500)}`),
  'a tag text': JSON.stringify('\u{e0041}\u{e0042}'),
  'a long text': JSON.stringify('x'.repeat(300_000)),
  SQL: '"\'; drop table cases; --"',
  'a path': '"../../etc/passwd"',
  'a template': '"{{7*7}} <script>alert(1)</script> $(id)"',
  'a prototype’s name': '"__proto__"',
  'an impossible day': '"2026-02-30T00:00:00Z"',
  'the year 0': '"0000-01-01T00:00:00Z"',
  'the last year': '"9999-12-31T23:59:59.999Z"',
  'an unknown id': '"case_01k4000000000000000000zzzz"',
  'an empty list': '[]',
  'a list of null': '[null]',
  'a list of lists': '[[[[]]]]',
  'a long list': `[${'0,'.repeat(20_000)}0]`,
  'an empty object': '{}',
  'a prototype': '{"__proto__":{"admin":true}}',
  'a prototype in disguise': '{"\\u005f_proto__":1}',
  'a constructor': '{"constructor":{"prototype":{"admin":true}}}',
  'names of methods': '{"toString":1,"hasOwnProperty":null,"constructor":0}',
  'a NUL in a key': '{"a\\u0000":1}',
  'half a pair in a key': '{"\\ud800":1}',
  'too deep': `${'['.repeat(60)}${']'.repeat(60)}`,
  '10,000 levels': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
};

/** Whole bodies that are not what any route asks for. */
export const bad_bodies: Record<string, string> = {
  'a list': '[1]',
  'a text': '"x"',
  'a number': '5',
  false: 'false',
  'cut short': '{"a":',
  'a comma too many': '{"a":1,}',
  'single quotes': "{'a':1}",
  'a comment': '{/* a */"a":1}',
  'two of them': '{} {}',
  'a NUL byte': '{"a":1}\u0000',
  'no JSON at all': '<a/>',
  'an unknown field': '{"no_such_field":1}',
  'a prototype': '{"__proto__":{"role":"admin"}}',
  '10,000 levels': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  'too large a number': '1e999',
};

/** A body is a megabyte at most. */
export const too_large = JSON.stringify({ x: 'x'.repeat(2_000_000) });

/** Values in an address, decoded. */
export const bad_query_values = [
  '',
  ' ',
  '-1',
  '0',
  '1.5',
  '1e9',
  'NaN',
  'null',
  '9007199254740993',
  '99999999999999999999',
  'x',
  "' or 1=1 --",
  '%',
  '\u0000',
  '\u202e💥',
  '__proto__',
  'constructor',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  'eyJhIjoxfQ',
  'case_01k4000000000000000000zzzz',
  'x'.repeat(5_000),
];

/** What a list cannot do without, by its route. */
const needed: Record<string, Record<string, string>> = {
  'GET /gates/:gate/what-if': { alpha: '0.02' },
  'GET /gates/:gate/override/preview': { threshold: '0.6' },
  'GET /conversation-search': { q: 'words' },
  'GET /reports/conversations': { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
};

/** A query of a list, with what else it needs. */
export const queryOf = (what: string, given: Record<string, string> = {}): string =>
  `?${new URLSearchParams({ ...needed[what], ...given })}`;
