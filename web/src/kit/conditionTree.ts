import type { Comparison, Condition } from '@wheelhouse/core';

/** How a condition is drawn: a comparison, a group of conditions, or one about a list's items. The
 *  grammar has four more ways of saying the same with `not`; they are groups too. */
export type Branch =
  | { kind: 'compare'; comparison: Comparison }
  | { kind: 'group'; join: Join; items: Condition[] }
  | { kind: 'list'; of: 'some' | 'every'; path: string; where: Condition };

export const joins = ['all', 'any', 'none', 'not_all'] as const;
export type Join = (typeof joins)[number];
export const join_words: Record<Join, string> = {
  all: 'All of these',
  any: 'Any of these',
  none: 'None of these',
  not_all: 'Not all of these',
};

/** Reads a condition as it is drawn. */
export function branchOf(condition: Condition): Branch {
  if ('field' in condition) return { kind: 'compare', comparison: condition };
  if ('all' in condition) return { kind: 'group', join: 'all', items: condition.all };
  if ('any' in condition) return { kind: 'group', join: 'any', items: condition.any };
  if ('not' in condition) {
    const inner = condition.not;
    if ('any' in inner) return { kind: 'group', join: 'none', items: inner.any };
    if ('all' in inner) return { kind: 'group', join: 'not_all', items: inner.all };
    return { kind: 'group', join: 'none', items: [inner] };
  }
  if ('some' in condition) {
    return { kind: 'list', of: 'some', path: condition.some, where: condition.where };
  }
  return { kind: 'list', of: 'every', path: condition.every, where: condition.where };
}

/** The condition that a drawing says (rule K12). */
export function conditionOf(branch: Branch): Condition {
  switch (branch.kind) {
    case 'compare':
      return branch.comparison;
    case 'list':
      return branch.of === 'some'
        ? { some: branch.path, where: branch.where }
        : { every: branch.path, where: branch.where };
    case 'group': {
      const { join, items } = branch;
      if (join === 'all') return { all: items };
      if (join === 'any') return { any: items };
      if (join === 'not_all') return { not: { all: items } };
      const [only] = items;
      return items.length === 1 && only && 'field' in only
        ? { not: only }
        : { not: { any: items } };
    }
  }
}

/** A lone comparison is drawn as a group of one, so that there is always something to add to. */
export const opened = (condition: Condition): Extract<Branch, { kind: 'group' }> => {
  const branch = branchOf(condition);
  return branch.kind === 'group' ? branch : { kind: 'group', join: 'all', items: [condition] };
};

/** Takes a group of one apart again, so that adding and removing a row leaves no trace. */
export const closed = (branch: Extract<Branch, { kind: 'group' }>): Condition => {
  const [only] = branch.items;
  const plain = branch.join === 'all' || branch.join === 'any';
  return plain && branch.items.length === 1 && only ? only : conditionOf(branch);
};

/** A list with one entry moved; the same list when there is nowhere to go. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const copy = [...list];
  if (to < 0 || to >= list.length) return copy;
  copy.splice(to, 0, ...copy.splice(from, 1));
  return copy;
}

export const replaced = <T>(list: readonly T[], at: number, entry: T): T[] =>
  list.map((old, place) => (place === at ? entry : old));

export const without = <T>(list: readonly T[], at: number): T[] =>
  list.filter((_, place) => place !== at);
