import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkValues, Form, verdictForm } from './form.ts';
import type { JsonObject } from './json.ts';
import { isRefusal } from './refusal.ts';

const formOf = (question: object, more: object[] = []) =>
  Form.parse({ questions: [{ name: 'q', ...question }, ...more] });
const faultsOf = (form: Form, values: JsonObject): string[] => {
  try {
    checkValues(form, values);
    return [];
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return (thrown.facts.errors as { field: string }[]).map(({ field }) => field);
  }
};
const options = [{ value: 'a' }, { value: 'b' }, { value: 'c' }];
const labels = [{ value: 'name' }, { value: 'place' }];

const rating = { kind: 'rating', min: 1, max: 5, step: 0.5 };
const kinds: Record<string, [object, unknown[], [unknown, string][]]> = {
  choice: [
    { kind: 'choice', options },
    ['a', 'c'],
    [
      ['d', 'values.q'],
      [['a'], 'values.q'],
      [1, 'values.q'],
      ['toString', 'values.q'],
    ],
  ],
  'choice of many': [
    { kind: 'choice', options, multiple: true },
    [['a'], ['c', 'a']],
    [
      [[], 'values.q'],
      [['a', 'a'], 'values.q'],
      [['a', 'd'], 'values.q.1'],
      ['a', 'values.q'],
    ],
  ],
  rating: [
    rating,
    [1, 5, 1.5, 4.5],
    [
      [0.5, 'values.q'],
      [5.5, 'values.q'],
      [1.2, 'values.q'],
      ['3', 'values.q'],
    ],
  ],
  number: [
    { kind: 'rating', min: -10, max: 10, step: null },
    [-10, 10, 0.1, -0.0001],
    [
      [-10.0001, 'values.q'],
      [10.0001, 'values.q'],
      [true, 'values.q'],
    ],
  ],
  text: [
    { kind: 'text', max_length: 5 },
    ['a', 'abcde', '\u202eab'],
    [
      ['', 'values.q'],
      ['abcdef', 'values.q'],
      ['a\u0000', 'values.q'],
      ['\ud800', 'values.q'],
      [5, 'values.q'],
    ],
  ],
  ranking: [
    { kind: 'ranking', options },
    [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
    ],
    [
      [['a', 'b'], 'values.q'],
      [['a', 'b', 'b'], 'values.q'],
      [['a', 'b', 'c', 'c'], 'values.q'],
      [['a', 'b', 'd'], 'values.q'],
    ],
  ],
  span: [
    { kind: 'span', part: 'input', labels },
    [
      [{ start: 0, end: 1, label: 'name' }],
      [
        { start: 0, end: 4, label: 'name' },
        { start: 4, end: 9, label: 'place' },
      ],
    ],
    [
      [[], 'values.q'],
      [[{ start: 1, end: 1, label: 'name' }], 'values.q.0'],
      [[{ start: -1, end: 1, label: 'name' }], 'values.q.0.start'],
      [[{ start: 0, end: 1.5, label: 'name' }], 'values.q.0.end'],
      [[{ start: 0, end: 1, label: 'thing' }], 'values.q.0.label'],
      [[{ start: 0, end: 1, label: 'name', note: 1 }], 'values.q.0'],
    ],
  ],
  'box region': [
    { kind: 'region', part: 'image', labels },
    [[{ label: 'name', shape: { x: 0, y: 0, width: 1, height: 0.5 } }]],
    [
      [[], 'values.q'],
      [[{ label: 'name', shape: { x: 1.1, y: 0, width: 1, height: 1 } }], 'values.q.0.shape.x'],
      [[{ label: 'name', shape: { points: [] } }], 'values.q.0.shape.x'],
    ],
  ],
  'polygon region': [
    { kind: 'region', part: 'image', labels, shape: 'polygon' },
    [
      [
        {
          label: 'name',
          shape: {
            points: [
              [0, 0],
              [1, 0],
              [1, 1],
            ],
          },
        },
      ],
    ],
    [
      [
        [
          {
            label: 'name',
            shape: {
              points: [
                [0, 0],
                [1, 0],
              ],
            },
          },
        ],
        'values.q.0.shape.points',
      ],
    ],
  ],
  'interval region': [
    { kind: 'region', part: 'sound', labels, shape: 'interval' },
    [[{ label: 'name', shape: { from_ms: 0, to_ms: 1 } }]],
    [[[{ label: 'name', shape: { from_ms: 5, to_ms: 5 } }], 'values.q.0.shape']],
  ],
  verdict: [
    { kind: 'verdict', edit: null },
    ['approve', 'reject'],
    [
      ['edit', 'values.q'],
      ['Approve', 'values.q'],
      [true, 'values.q'],
    ],
  ],
};

for (const [kind, [question, good, bad]] of Object.entries(kinds)) {
  test(`[C8] ${kind}: what is right is taken, what is wrong is named`, () => {
    const form = formOf(question);
    for (const value of good) expect(faultsOf(form, { q: value as never }), `${value}`).toEqual([]);
    for (const [value, field] of bad) {
      expect(faultsOf(form, { q: value as never }), JSON.stringify(value)).toContain(field);
    }
    expect(faultsOf(form, {})).toEqual(['values.q']);
    expect(faultsOf(form, { q: null })).toContain('values.q');
    const optional = formOf({ ...question, required: false });
    expect(faultsOf(optional, {})).toEqual([]);
    expect(faultsOf(form, { q: good[0] as never, extra: 1 })).toEqual(['values.extra']);
  });
}

test('[C8] whatever is sent as values, it is taken or refused with names, never worse', () => {
  const forms = Object.values(kinds).map(([question]) => formOf(question));
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.jsonValue({ maxDepth: 4 }), (form, value) => {
      for (const field of faultsOf(form, { q: value as never })) expect(field).toMatch(/^values\./);
    }),
    { numRuns: 2_000 },
  );
});

test('[C8] [G6] a question named like a part of every object is a question like others', () => {
  const form = formOf({ name: 'constructor', kind: 'text', required: false });
  expect(faultsOf(form, {})).toEqual([]);
  expect(faultsOf(form, { constructor: 'x' })).toEqual([]);
  expect(faultsOf(formOf({ name: 'constructor', kind: 'text' }), {})).toEqual([
    'values.constructor',
  ]);
});

test('[C8] what stands beside a verdict: an edit only with "edit", a reason where one is asked', () => {
  const form = verdictForm('arguments');
  expect(faultsOf(form, { verdict: 'edit' })).toEqual(['values.arguments']);
  expect(faultsOf(form, { verdict: 'approve', arguments: {} })).toEqual(['values.arguments']);
  expect(faultsOf(form, { verdict: 'edit', content: 'x' })).toContain('values.content');
  expect(faultsOf(form, { verdict: 'reject', reason: 5 })).toEqual(['values.reason']);
  const strict = formOf({ kind: 'verdict', reject_reason: 'required' });
  expect(faultsOf(strict, { q: 'reject' })).toEqual(['values.reason']);
  expect(faultsOf(strict, { q: 'reject', reason: '' })).toEqual(['values.reason']);
  expect(faultsOf(strict, { q: 'reject', reason: 'no' })).toEqual([]);
  expect(faultsOf(strict, { q: 'approve' })).toEqual([]);
});

test('[C8] a form says each name once, has one verdict at most, and leaves the verdict its names', () => {
  const parse = (...questions: object[]) => Form.safeParse({ questions }).success;
  const text = (name: string) => ({ kind: 'text', name });
  const verdict = { kind: 'verdict', name: 'v' };
  expect(parse(text('a'), text('a'))).toBe(false);
  expect(parse(verdict, { ...verdict, name: 'w' })).toBe(false);
  expect(parse(verdict, text('arguments'))).toBe(false);
  expect(parse(verdict, text('reason'))).toBe(false);
  expect(parse(verdict, text('content'))).toBe(true);
  expect(parse(text('reason'))).toBe(true);
  expect(parse({ kind: 'choice', name: 'a', options: [{ value: 'x' }, { value: 'x' }] })).toBe(
    false,
  );
  expect(parse({ ...rating, name: 'a', min: 5, max: 5 })).toBe(false);
});
