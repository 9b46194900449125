import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Condition } from './condition.ts';

const faultsOf = (given: unknown) =>
  Condition.safeParse(given).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

test.each<[unknown, string]>([
  [null, ': a condition is an object'],
  [[], ': a condition is an object'],
  [{}, ': needs "field"'],
  [{ field: 'a', op: '~', value: 1 }, 'op: one of'],
  [{ field: 'a', op: '>' }, 'value: ">" needs a value'],
  [{ field: 'a', op: '>', value: '5' }, 'value: ">" needs a number'],
  [{ field: 'a', op: '>', value: Number.POSITIVE_INFINITY }, 'value: ">" takes one'],
  [{ field: 'a', op: 'in', value: 'x' }, 'value: "in" needs a list'],
  [{ field: 'a', op: 'in', value: [{}] }, 'value: "in" needs a list'],
  [{ field: 'a', op: '=', value: [] }, 'value: "=" takes one'],
  [{ field: 'a', op: 'exists', value: 1 }, 'value: takes no value'],
  [{ field: 'a', op: 'starts_with', value: 1 }, 'value: "starts_with" needs text'],
  [{ field: 'a', op: '=', value: 'a\u0000' }, 'value: "=" takes one'],
  [{ field: 'a\u0000', op: 'exists' }, 'field: a dotted path'],
  [{ field: '.a', op: 'exists' }, 'field: a dotted path'],
  [{ field: 'a', op: 'exists', code: 'x' }, 'code: does not go with "field"'],
  [{ all: [] }, 'all: a list of 1 to 50'],
  [{ all: [{}] }, 'all.0: needs "field"'],
  [{ not: { not: 5 } }, 'not.not: a condition is an object'],
  [{ some: 'a', every: 'a', where: {} }, 'every: does not go with "some"'],
  [{ some: 5, where: { field: 'a', op: 'exists' } }, 'some: a dotted path'],
  [{ some: 'a' }, 'where: a condition is an object'],
  // There is an item only inside a list.
  [{ field: '.', op: 'exists' }, 'field: a dotted path'],
  [{ some: '.', where: { field: '.', op: 'exists' } }, 'some: a dotted path'],
])('[G6] [S6] %j is refused where it is wrong: %s', (given, fault) => {
  expect(faultsOf(given)?.some((one) => one.startsWith(fault))).toBe(true);
});

test('[G6] a rule nested too deep, or too large, is refused in the time it takes to read it', () => {
  let deep: unknown = { field: 'a', op: 'exists' };
  for (let level = 0; level < 5_000; level++) deep = { some: 'a', every: 'b', where: deep };
  expect(faultsOf(deep)?.length).toBeGreaterThan(0);
  let nots: unknown = { field: 'a', op: 'exists' };
  for (let level = 0; level < 5_000; level++) nots = { not: nots };
  expect(faultsOf(nots)?.[0]).toContain('nested deeper');
  const wide = (depth: number): unknown =>
    depth ? { any: Array(50).fill(wide(depth - 1)) } : { field: 'a', op: 'exists' };
  expect(faultsOf(wide(3))?.some((fault) => fault.includes('more than'))).toBe(true);
});

test('[G6] whatever is given, checking it ends, and what passes is what was given', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, maxDepth: 6 }), (given) => {
      const found = Condition.safeParse(given);
      if (found.success) expect(found.data).toBe(given);
    }),
    { numRuns: 2_000 },
  );
});
