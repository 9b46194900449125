import * as z from 'zod';
import { hostilePath, isText } from './json.ts';

/**
 * The rules' grammar. It is data, walked by `evaluate`; nothing of it is ever run as code, and it
 * has no pattern language, so no input can make it slow (rule G6).
 */
export const operators = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'ends_with',
  'exists',
  'missing',
] as const;
export type Operator = (typeof operators)[number];

export type Scalar = string | number | boolean | null;
export interface Comparison {
  field: string;
  op: Operator;
  value?: Scalar | Scalar[];
}
export type Condition =
  | Comparison
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { some: string; where: Condition }
  | { every: string; where: Condition };

export const compares_order: ReadonlySet<Operator> = new Set(['>', '>=', '<', '<=']);
const needs_list: ReadonlySet<Operator> = new Set(['in', 'not_in']);
const needs_text: ReadonlySet<Operator> = new Set(['starts_with', 'ends_with']);
const takes_none: ReadonlySet<Operator> = new Set(['exists', 'missing']);

/** Deeper and larger than any rule a person can follow. */
const depth_limit = 16;
const size_limit = 2_000;
/** Inside `where`, the item itself: how a rule speaks of a list of plain values. */
export const item_path = '.';
const path_pattern = /^[^.\s][^.]*(\.[^.]+)*$/;

interface Fault {
  path: PropertyKey[];
  message: string;
}

/** What is wrong with a condition, walked once: a union of recursive schemas would try every shape
 *  at every level, and a small body could keep it busy for years. */
function conditionFaults(given: unknown): Fault[] {
  const faults: Fault[] = [];
  let nodes = 0;
  const walk = (value: unknown, path: PropertyKey[], depth: number, in_list: boolean): void => {
    const fault = (message: string, ...rest: PropertyKey[]) =>
      faults.push({ path: [...path, ...rest], message });
    nodes += 1;
    if (depth > depth_limit) return void fault(`nested deeper than ${depth_limit}`);
    if (nodes > size_limit) return void fault(`more than ${size_limit} comparisons`);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return void fault('a condition is an object: {"field", "op", "value"}, or all, any, not');
    }
    const one = value as Record<string, unknown>;
    const shape = shapes.find(([key]) => Object.hasOwn(one, key));
    if (!shape) return void fault('needs "field", "all", "any", "not", "some" or "every"');
    const [key, ...others] = shape;
    for (const name of Object.keys(one)) {
      if (name !== key && !others.includes(name)) fault(`does not go with "${key}"`, name);
    }
    if (key === 'all' || key === 'any') {
      const parts = one[key];
      if (!Array.isArray(parts) || parts.length < 1 || parts.length > 50) {
        return void fault('a list of 1 to 50 conditions', key);
      }
      parts.forEach((part, at) => {
        walk(part, [...path, key, at], depth + 1, in_list);
      });
    } else if (key === 'not') walk(one.not, [...path, 'not'], depth + 1, in_list);
    else if (key === 'field') faults.push(...comparisonFaults(one, path, in_list));
    else {
      if (!isPath(one[key], in_list)) fault(path_message, key);
      walk(one.where, [...path, 'where'], depth + 1, true);
    }
  };
  walk(given, [], 1, false);
  return faults.slice(0, 20);
}

/** The key that tells a condition's shape, then the keys that may stand beside it. */
const shapes = [
  ['field', 'op', 'value'],
  ['all'],
  ['any'],
  ['not'],
  ['some', 'where'],
  ['every', 'where'],
] as const satisfies readonly (readonly string[])[] as readonly (readonly [string, ...string[]])[];

const path_message =
  'a dotted path such as "action.arguments.amount", or "." inside "where" for the item itself';
const isPath = (value: unknown, in_list: boolean) =>
  typeof value === 'string' &&
  value.length <= 200 &&
  isText(value) &&
  (path_pattern.test(value) || (in_list && value === item_path));
const isScalar = (value: unknown) =>
  value === null ||
  typeof value === 'boolean' ||
  ((typeof value === 'string' || typeof value === 'number') &&
    !hostilePath(value) &&
    String(value).length <= 1_000);

function comparisonFaults(
  one: Record<string, unknown>,
  path: PropertyKey[],
  in_list: boolean,
): Fault[] {
  const fault = (field: string, message: string) => [{ path: [...path, field], message }];
  if (!isPath(one.field, in_list)) return fault('field', path_message);
  const op = one.op as Operator;
  if (!operators.includes(op)) return fault('op', `one of ${operators.join(' ')}`);
  const value = one.value;
  if (takes_none.has(op)) return value === undefined ? [] : fault('value', 'takes no value');
  if (value === undefined) return fault('value', `"${op}" needs a value`);
  if (needs_list.has(op)) {
    const list = Array.isArray(value) && value.length <= 1_000 && value.every(isScalar);
    return list ? [] : fault('value', `"${op}" needs a list of at most 1,000 plain values`);
  }
  if (!isScalar(value))
    return fault('value', `"${op}" takes one text, number, true, false or null`);
  if (compares_order.has(op) && typeof value !== 'number') {
    return fault('value', `"${op}" needs a number`);
  }
  if (needs_text.has(op) && typeof value !== 'string') return fault('value', `"${op}" needs text`);
  return [];
}

const described = {
  type: 'object',
  description:
    'A comparison {"field": "action.arguments.amount", "op": ">", "value": 500}, or conditions ' +
    'combined: {"all": […]}, {"any": […]}, {"not": …}, {"some": "path.of.list", "where": …}, ' +
    '{"every": "path.of.list", "where": …}. Inside "where", the field "." is the item itself.',
  properties: {
    field: { type: 'string' },
    op: { type: 'string', enum: [...operators] },
    value: {},
    all: { type: 'array', items: { type: 'object' } },
    any: { type: 'array', items: { type: 'object' } },
    not: { type: 'object' },
    some: { type: 'string' },
    every: { type: 'string' },
    where: { type: 'object' },
  },
  additionalProperties: false,
};

export const Condition = z
  .unknown()
  .superRefine((value, context) => {
    for (const fault of conditionFaults(value)) context.addIssue({ code: 'custom', ...fault });
  })
  .meta(described) as unknown as z.ZodType<Condition>;
