import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Condition, operators } from './condition.ts';
import type { Json } from './json.ts';
import { evaluate, type Truth, valueAt } from './truth.ts';

const document: Json = {
  confidence: 0.62,
  content: 'Your refund is on its way',
  metadata: {
    vip: true,
    note: null,
    customer: { country: 'XX', full_name: 'Ana Lee', code: '7' },
    tags: ['new', 'eu'],
    deep: [{ n: 1 }, { n: 3 }],
  },
  scores: { spam: 0.91 },
  action: { name: 'refund', arguments: { amount: 1_200, order: 'A-1' } },
};
const on = (field: string, op: string, value?: unknown) =>
  Condition.parse({ field, op, ...(value === undefined ? {} : { value }) });

test.each<[string, string, unknown, Truth, string]>([
  ['action.arguments.amount', '>', 500, true, 'amount 1,200 is over 500'],
  ['action.arguments.amount', '>', 1_200, false, 'amount 1,200 is not over 1,200'],
  ['action.arguments.amount', '>=', 1_200, true, 'amount 1,200 is at least 1,200'],
  ['action.arguments.amount', '>=', 1_500, false, 'amount 1,200 is under 1,500'],
  ['action.arguments.amount', '<', 1_200, false, 'amount 1,200 is not under 1,200'],
  ['action.arguments.amount', '<', 500, false, 'amount 1,200 is over 500'],
  ['action.arguments.amount', '<=', 1_200, true, 'amount 1,200 is at most 1,200'],
  ['action.arguments.amount', '<', 1_200.5, true, 'amount 1,200 is under 1,200.5'],
  ['action.arguments.amount', '<=', 1_199, false, 'amount 1,200 is over 1,199'],
  ['action.arguments.order', '=', 'A-1', true, 'order is A-1'],
  ['action.arguments.order', '!=', 'A-1', false, 'order is A-1'],
  ['action.arguments.order', '=', 'a-1', false, 'order is A-1, not a-1'],
  ['action.arguments.order', 'in', ['A-1', 'B'], true, 'order A-1 is one of A-1, B'],
  ['action.arguments.order', 'not_in', ['B'], true, 'order A-1 is not one of B'],
  ['metadata.vip', '=', true, true, 'vip is true'],
  ['metadata.note', '=', null, true, 'note is empty'],
  ['metadata.vip', '!=', null, true, 'vip is true, not empty'],
  ['metadata.tags', 'contains', 'eu', true, 'tags has eu'],
  ['metadata.tags', 'contains', 'us', false, 'tags does not have us'],
  ['metadata.tags.0', '=', 'new', true, 'tags 1 is new'],
  ['metadata.tags.length', '=', 2, true, 'number of tags is 2'],
  ['metadata.customer.country', '=', 'XX', true, 'customer country is XX'],
  ['metadata.customer.country', '!=', 'DE', true, 'customer country is XX, not DE'],
  ['metadata.customer.full_name', '=', 'Ana Lee', true, 'customer full name is "Ana Lee"'],
  ['metadata.customer.code', '=', '7', true, 'customer code is "7"'],
  ['metadata.deep.1.n', '<', 5, true, 'deep 2 n 3 is under 5'],
  ['scores.spam', '>=', 0.9, true, 'spam score 0.91 is at least 0.9'],
  ['action.name', '=', 'refund', true, 'action name is refund'],
  ['content', 'contains', 'REFUND', true, 'content contains "REFUND"'],
  ['content', 'starts_with', 'your', true, 'content starts with "your"'],
  ['content', 'ends_with', 'gone', false, 'content does not end with "gone"'],
  ['metadata.note', 'exists', undefined, true, 'note is given'],
  ['metadata.nothing', 'missing', undefined, true, 'nothing is not given'],
  // What cannot be judged.
  ['metadata.nothing', '=', 'x', 'unknown', 'nothing is missing'],
  ['metadata.nothing', '!=', 'x', 'unknown', 'nothing is missing'],
  ['metadata.nothing', 'not_in', ['x'], 'unknown', 'nothing is missing'],
  ['metadata.note', '=', 'x', 'unknown', 'note empty is not text'],
  ['action.arguments.amount', '=', '1200', 'unknown', 'amount 1,200 is not text'],
  ['action.arguments.order', '=', 1, 'unknown', 'order A-1 is not a number'],
  ['action.arguments.order', '>', 1, 'unknown', 'order A-1 is not a number'],
  ['action', '=', 'x', 'unknown', 'action (an object) is not text'],
  ['metadata.vip', 'contains', 'x', 'unknown', 'vip true is not text'],
])('[G3] [G5] %s %s %j: %s', (field, op, value, truth, because) => {
  expect(evaluate(on(field, op, value), document)).toEqual({ truth, because: [because] });
});

test('[G2] some and every look into lists; an empty one has none and all', () => {
  const where = { field: 'n', op: '>', value: 2 };
  const some = (path: string) => evaluate(Condition.parse({ some: path, where }), document).truth;
  const all = (path: string) => evaluate(Condition.parse({ every: path, where }), document).truth;
  expect([some('metadata.deep'), all('metadata.deep')]).toEqual([true, false]);
  expect([some('content'), all('nothing')]).toEqual(['unknown', 'unknown']);
  const empty = { list: [] };
  expect(evaluate(Condition.parse({ some: 'list', where }), empty).truth).toBe(false);
  expect(evaluate(Condition.parse({ every: 'list', where }), empty).truth).toBe(true);
});

test('[G2] [G5] some and every look into lists of plain values, where "." is the item', () => {
  const on_items = (of: 'some' | 'every', path: string, op: string, value: unknown) =>
    evaluate(Condition.parse({ [of]: path, where: { field: '.', op, value } }), {
      tags: ['new', 'eu'],
      amounts: [20, 1_200],
      rows: [[1], [2, 3]],
    });
  expect(on_items('some', 'amounts', '>', 500)).toEqual({
    truth: true,
    because: ['1,200 in amounts is over 500'],
  });
  expect(on_items('every', 'amounts', '>', 500)).toEqual({
    truth: false,
    because: ['20 in amounts is under 500'],
  });
  expect(on_items('some', 'tags', '=', 'eu').because).toEqual(['one of tags is eu']);
  expect(on_items('some', 'tags', 'in', ['vip'])).toEqual({
    truth: false,
    because: ['new in tags is not one of vip', 'eu in tags is not one of vip'],
  });
  expect(on_items('some', 'tags', '>', 1).truth).toBe('unknown');
  const nested = { some: 'rows', where: { some: '.', where: { field: '.', op: '=', value: 3 } } };
  const rows = { rows: [[1], [2, 3]] };
  expect(evaluate(Condition.parse(nested), rows).truth).toBe(true);
});

test('[G5] a long value is cut between characters, and a number is never rounded into another', () => {
  const long = `${'a'.repeat(58)}😀😀😀`;
  const [words = ''] = evaluate(on('t', '=', 'x'), { t: long }).because;
  expect(words.isWellFormed()).toBe(true);
  const [numbers = ''] = evaluate(on('n', '=', 0.3), { n: 0.30000001 }).because;
  expect(numbers).toBe('n is 0.30000001, not 0.3');
});

// Kleene's strong logic over conditions whose truth is known: 1 true, 0 false, no field unknown.
const atom = fc.constantFrom<[unknown, Truth]>(
  [{ field: 'one', op: '=', value: 1 }, true],
  [{ field: 'one', op: '=', value: 2 }, false],
  [{ field: 'none', op: '=', value: 1 }, 'unknown'],
  [{ field: 'one', op: '>', value: 0 }, true],
  [{ field: 'one', op: 'contains', value: 'x' }, 'unknown'],
  [{ field: 'none', op: 'exists' }, false],
);
const rank = (truth: Truth) => (truth === true ? 2 : truth === false ? 0 : 1);
const of_rank = (value: number): Truth => ([false, 'unknown', true] as const)[value] as Truth;
const { tree } = fc.letrec<{ tree: [unknown, Truth] }>((tie) => {
  const parts = fc.array(tie('tree'), { minLength: 1, maxLength: 3 });
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      parts.map(([...list]): [unknown, Truth] => [
        { all: list.map(([one]) => one) },
        of_rank(Math.min(...list.map(([, truth]) => rank(truth)))),
      ]),
      parts.map(([...list]): [unknown, Truth] => [
        { any: list.map(([one]) => one) },
        of_rank(Math.max(...list.map(([, truth]) => rank(truth)))),
      ]),
      tie('tree').map(([one, truth]): [unknown, Truth] => [{ not: one }, of_rank(2 - rank(truth))]),
    ),
  };
});

test('[G3] and, or and not follow Kleene’s three-valued logic', () => {
  fc.assert(
    fc.property(tree, ([condition, truth]) => {
      fc.pre(Condition.safeParse(condition).success);
      const found = evaluate(Condition.parse(condition), { one: 1 });
      expect(found.truth).toBe(truth);
      expect(found.because.length).toBeGreaterThan(0);
    }),
    { numRuns: 3_000 },
  );
});

const hostile_key = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '0',
  '-1',
  'a',
);
const path = fc.array(hostile_key, { minLength: 1, maxLength: 5 }).map((keys) => keys.join('.'));

test('[G6] no path reaches a prototype, and evaluating never throws', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      path,
      fc.constantFrom(...operators),
      fc.jsonValue(),
      (given, field, op, value) => {
        const found = valueAt(given as Json, field);
        // Whatever is found is in the document itself.
        if (found !== undefined && !field.includes('length')) {
          expect(JSON.stringify(given)).toContain(JSON.stringify(found));
        }
        expect(typeof found === 'function').toBe(false);
        const condition = Condition.safeParse({ field, op, value });
        if (condition.success) evaluate(condition.data, given as Json);
      },
    ),
    { numRuns: 3_000 },
  );
  for (const field of ['constructor', '__proto__', 'a.constructor.prototype', 'a.__proto__.x']) {
    expect(valueAt({ a: {} }, field)).toBeUndefined();
  }
});
