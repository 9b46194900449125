import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Form, verdictForm } from './form.ts';
import type { Json, JsonObject } from './json.ts';
import type { Part } from './part.ts';
import { isRefusal } from './refusal.ts';
import { checkValues, inOneOrder } from './values.ts';

const formOf = (question: object, more: object[] = []) =>
  Form.parse({ questions: [{ name: 'q', ...question }, ...more] });
/** What is shown: a text in which 🙂 takes the places 4 and 5, a picture, a sound. */
const parts: Part[] = [
  { kind: 'text', name: 'input', text: 'Ana 🙂 of Lisbon' },
  { kind: 'json', name: 'image', value: 'https://example.com/a.png' },
  { kind: 'json', name: 'sound', value: 'https://example.com/a.wav' },
];
const faultsOf = (form: Form, values: JsonObject): string[] => {
  try {
    checkValues(form, values, parts);
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
      [' \n', 'values.q'],
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
      [
        { start: 10, end: 16, label: 'place' },
        { start: 4, end: 6, label: 'name' },
      ],
    ],
    [
      [[], 'values.q'],
      [[{ start: 1, end: 1, label: 'name' }], 'values.q.0.end'],
      [[{ start: 5, end: 2, label: 'name' }], 'values.q.0.end'],
      [[{ start: 0, end: 17, label: 'name' }], 'values.q.0.end'],
      [[{ start: 900, end: 901, label: 'name' }], 'values.q.0.end'],
      [[{ start: 5, end: 9, label: 'name' }], 'values.q.0.start'],
      [[{ start: 0, end: 5, label: 'name' }], 'values.q.0.end'],
      [
        [
          { start: 4, end: 9, label: 'name' },
          { start: 0, end: 6, label: 'name' },
        ],
        'values.q.0',
      ],
      [
        [
          { start: 0, end: 16, label: 'name' },
          { start: 1, end: 2, label: 'name' },
          { start: 3, end: 4, label: 'place' },
        ],
        'values.q.2',
      ],
      [[{ start: -1, end: 1, label: 'name' }], 'values.q.0.start'],
      [[{ start: 0, end: 1.5, label: 'name' }], 'values.q.0.end'],
      [[{ start: 0, end: 1, label: 'thing' }], 'values.q.0.label'],
      [[{ start: 0, end: 1, label: 'name', note: 1 }], 'values.q.0'],
    ],
  ],
  'span that may overlap': [
    { kind: 'span', part: 'input', labels, overlap: true },
    [
      [
        { start: 0, end: 9, label: 'name' },
        { start: 0, end: 9, label: 'place' },
        { start: 1, end: 2, label: 'name' },
      ],
    ],
    [
      [
        [
          { start: 0, end: 9, label: 'name' },
          { start: 0, end: 9, label: 'name' },
        ],
        'values.q.1',
      ],
      [[{ start: 0, end: 17, label: 'name' }], 'values.q.0.end'],
    ],
  ],
  'box region': [
    { kind: 'region', part: 'image', labels },
    [
      [{ label: 'name', shape: { x: 0, y: 0, width: 1, height: 0.5 } }],
      [{ label: 'name', shape: { x: 0.1, y: 0.7, width: 0.9, height: 0.3 } }],
    ],
    [
      [[], 'values.q'],
      [
        [{ label: 'name', shape: { x: 0.5, y: 0, width: 0.6, height: 1 } }],
        'values.q.0.shape.width',
      ],
      [
        [{ label: 'name', shape: { x: 0, y: 0.5, width: 1, height: 0.6 } }],
        'values.q.0.shape.height',
      ],
      [[{ label: 'name', shape: { x: 0, y: 0, width: 0, height: 1 } }], 'values.q.0.shape.width'],
      [[{ label: 'name', shape: { x: 0, y: -0.1, width: 1, height: 1 } }], 'values.q.0.shape.y'],
      [
        [
          { label: 'name', shape: { x: 0, y: 0, width: 1, height: 1 } },
          { label: 'name', shape: { x: 0, y: 0, width: 1, height: 1 } },
        ],
        'values.q.1',
      ],
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
      ...[
        [
          [0, 0],
          [0.5, 0.5],
          [1, 1],
        ],
        [
          [0.2, 0.2],
          [0.2, 0.2],
          [0.2, 0.2],
        ],
        [
          [0, 0],
          [1, 0],
          [1, 1.01],
        ],
      ].map((points): [unknown, string] => [
        [{ label: 'name', shape: { points } }],
        'values.q.0.shape.points',
      ]),
    ],
  ],
  'interval region': [
    { kind: 'region', part: 'sound', labels, shape: 'interval' },
    [[{ label: 'name', shape: { from_ms: 0, to_ms: 1 } }]],
    [[[{ label: 'name', shape: { from_ms: 5, to_ms: 5 } }], 'values.q.0.shape.to_ms']],
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
      const named = faultsOf(form, { q: value as never });
      const under = named.some((one) => one === field || one.startsWith(`${field}.`));
      expect([value, named, under]).toEqual([value, named, true]);
    }
    expect(faultsOf(form, {})).toEqual(['values.q']);
    expect(faultsOf(form, { q: null })).toContain('values.q');
    const optional = formOf({ ...question, required: false });
    expect(faultsOf(optional, {})).toEqual([]);
    expect(faultsOf(form, { q: good[0] as never, extra: 1 })).toEqual(['values.extra']);
  });
}

test('[C8] what marks are made in must be shown, and a text for words', () => {
  const span = (part: string) => formOf({ kind: 'span', part, labels });
  const marks = [{ start: 0, end: 1, label: 'name' }];
  for (const part of ['image', 'elsewhere', 'constructor']) {
    expect(faultsOf(span(part), { q: marks })).toEqual(['values.q']);
  }
  expect(faultsOf(formOf({ kind: 'span', part: 'x', labels, required: false }), { q: [] })).toEqual(
    [],
  );
  const region = formOf({ kind: 'region', part: 'elsewhere', labels });
  const box = { x: 0, y: 0, width: 1, height: 1 };
  expect(faultsOf(region, { q: [{ label: 'name', shape: box }] })).toEqual(['values.q']);
});

test('[C2] what is said in no order is kept in one, so that the same is the same', () => {
  const form = formOf({ kind: 'choice', options, multiple: true }, [
    { name: 'spans', kind: 'span', part: 'input', labels, overlap: true },
    { name: 'boxes', kind: 'region', part: 'image', labels },
    { name: 'order', kind: 'ranking', options },
  ]);
  const spans = [
    { start: 2, end: 9, label: 'name' },
    { start: 2, end: 10, label: 'name' },
    { start: 11, end: 12, label: 'name' },
  ];
  const boxes = [0.1, 0.2].map((x) => ({
    label: 'name',
    shape: { x, y: 0, width: 0.1, height: 0.1 },
  }));
  const values = { q: ['a', 'b', 'c'], spans, boxes, order: ['c', 'a', 'b'] };
  const mixed = {
    q: ['c', 'a', 'b'],
    spans: spans.toReversed(),
    boxes: boxes.toReversed(),
    order: ['c', 'a', 'b'],
  };
  expect(inOneOrder(form, mixed)).toEqual(values);
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), (list) => {
      for (const name of ['q', 'spans', 'boxes']) {
        const there = inOneOrder(form, { [name]: list as Json })[name] as Json[];
        const back = inOneOrder(form, { [name]: list.toReversed() as Json })[name];
        expect(there).toHaveLength(list.length);
        if (name === 'boxes') expect(there).toEqual(back);
      }
    }),
  );
});

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
  expect(faultsOf(form, { verdict: 'edit', arguments: null })).toEqual(['values.arguments']);
  expect(faultsOf(form, { verdict: 'approve', arguments: {} })).toEqual(['values.arguments']);
  expect(faultsOf(form, { verdict: 'edit', content: 'x' })).toContain('values.content');
  expect(faultsOf(form, { verdict: 'reject', reason: 5 })).toEqual(['values.reason']);
  const strict = formOf({ kind: 'verdict', reject_reason: 'required' });
  expect(faultsOf(strict, { q: 'reject' })).toEqual(['values.reason']);
  expect(faultsOf(strict, { q: 'reject', reason: '' })).toEqual(['values.reason']);
  expect(faultsOf(strict, { q: 'reject', reason: '  ' })).toEqual(['values.reason']);
  expect(faultsOf(strict, { q: 'reject', reason: 'no' })).toEqual([]);
  expect(faultsOf(strict, { q: 'approve' })).toEqual([]);
});
