import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changes } from './diff.ts';
import { canonical, type Json } from './json.ts';
import { agreement, suggestedValues } from './suggestion.ts';

test.each<[Json | undefined, Json | undefined, object[]]>([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
  [{ a: 1 }, { a: 2 }, [{ path: 'a', from: 1, to: 2 }]],
  [{ a: 1 }, {}, [{ path: 'a', from: 1 }]],
  [{}, { a: null }, [{ path: 'a', to: null }]],
  [
    { a: { b: [1, 2] } },
    { a: { b: [1, 3, 4] } },
    [
      { path: 'a.b.1', from: 2, to: 3 },
      { path: 'a.b.2', to: 4 },
    ],
  ],
  [{ a: [1] }, { a: { 0: 1 } }, [{ path: 'a', from: [1], to: { 0: 1 } }]],
  ['x', 'y', [{ path: '', from: 'x', to: 'y' }]],
  [undefined, 'y', [{ path: '', to: 'y' }]],
  [undefined, undefined, []],
  [{ a: 'x' }, { a: 'x\u200b' }, [{ path: 'a', from: 'x', to: 'x\u200b' }]],
])('[C8] what differs between %j and %j', (from, to, wanted) => {
  expect(changes(from, to)).toEqual(wanted);
});

test('[C8] nothing differs exactly when the bytes are the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (from, to) => {
      const same = canonical(from as Json) === canonical(to as Json);
      // An empty list and an empty object have no place in which they differ but themselves.
      expect(changes(from as Json, to as Json).length === 0).toBe(same);
      expect(changes(from as Json, structuredClone(from) as Json)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

const form = {
  questions: [
    { kind: 'text' as const, name: 'intent', required: true, multiline: false, max_length: 99 },
    {
      kind: 'text' as const,
      name: 'constructor',
      required: false,
      multiline: false,
      max_length: 99,
    },
  ],
};

test.each<[Json, object, boolean | null]>([
  [{ intent: 'Refund ' }, { intent: 'refund' }, true],
  [{ intent: 'refund' }, { intent: 'other' }, false],
  [{ other: 1 }, { intent: 'refund' }, null],
  [{ intent: 'refund', constructor: 'x' }, { intent: 'refund' }, false],
  ['bare', { intent: 'bare' }, null],
])('[C14] whether %j had said %j: %s', (content, values, wanted) => {
  const docket = { form, proposed: { action: null, content } } as never;
  expect(agreement(docket, values as never, 'answered')).toBe(wanted);
});

test('[G6] a suggestion takes what the content has of its own', () => {
  expect(suggestedValues(form, {})).toEqual({});
  expect(suggestedValues({ questions: [form.questions[0] as never] }, 'bare')).toEqual({
    intent: 'bare',
  });
  expect(suggestedValues(form, null)).toEqual({});
});
