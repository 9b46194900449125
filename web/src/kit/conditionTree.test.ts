import { Condition, evaluate, type Json } from '@wheelhouse/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { branchOf, closed, conditionOf, moved, opened } from './conditionTree.ts';

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({
      field: fc.constantFrom('a', 'b', 'c.d'),
      op: fc.constantFrom('=' as const, '!=' as const),
      value: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
    fc.record({ some: fc.constantFrom('list', 'a'), where: tie('condition') }),
    fc.record({ every: fc.constantFrom('list', 'a'), where: tie('condition') }),
  ),
}));
const leaf = fc.constantFrom<Json>(0, 1, 2, null, 'x');
const output = fc.record({
  a: leaf,
  b: leaf,
  c: fc.record({ d: leaf }),
  list: fc.array(fc.record({ a: leaf, b: leaf })),
});

/** Drawn and drawn back at every level, as the editor does when something inside is changed. */
function redrawn(from: Condition): Condition {
  const branch = branchOf(from);
  if (branch.kind === 'group') {
    return conditionOf({ ...branch, items: branch.items.map(redrawn) });
  }
  if (branch.kind === 'list') return conditionOf({ ...branch, where: redrawn(branch.where) });
  return conditionOf(branch);
}

test('[K12] a condition drawn as groups and back says the same', () => {
  fc.assert(
    fc.property(condition, output, (from, document) => {
      const back = closed(opened(redrawn(from)));
      expect(Condition.safeParse(back).success).toBe(true);
      expect(evaluate(back, document).truth).toBe(evaluate(from, document).truth);
    }),
    { numRuns: 500 },
  );
});

test('[K12] a lone comparison gains a group only once there is a second', () => {
  const one: Condition = { field: 'a', op: '=', value: 1 };
  expect(opened(one)).toEqual({ kind: 'group', join: 'all', items: [one] });
  expect(closed(opened(one))).toEqual(one);
  const two = { ...opened(one), items: [one, one] };
  expect(closed(two)).toEqual({ all: [one, one] });
  expect(closed({ ...opened(one), join: 'none' })).toEqual({ not: one });
});

test('[K12] rules are moved within their list, never out of it', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});
