import type { Comparison, Operator } from '@wheelhouse/core';
import { operator_words } from '../../kit/policyWords.ts';
import type { FieldType } from './fields.ts';

type Scalar = string | number | boolean | null;

const by_type: Record<FieldType, readonly Operator[]> = {
  number: ['>', '>=', '<', '<=', '=', '!=', 'in', 'not_in', 'exists', 'missing'],
  text: ['=', '!=', 'contains', 'starts_with', 'ends_with', 'in', 'not_in', 'exists', 'missing'],
  boolean: ['=', '!=', 'exists', 'missing'],
  list: ['contains', 'exists', 'missing'],
};
const every_operator = Object.keys(operator_words) as Operator[];

/** The operators that make sense for a field; all of them for one that nothing is known of. The one
 *  that stands already is kept, so that opening a rule never changes it. */
export function operatorsFor(type: FieldType | undefined, now: Operator): readonly Operator[] {
  const fitting = type ? by_type[type] : every_operator;
  return fitting.includes(now) ? fitting : [now, ...fitting];
}

/** How a value is put in. */
export type ValueKind = 'none' | 'number' | 'text' | 'boolean' | 'list';

export function valueKind(op: Operator, type: FieldType | undefined, value: unknown): ValueKind {
  if (op === 'exists' || op === 'missing') return 'none';
  if (op === 'in' || op === 'not_in') return 'list';
  if (op === '>' || op === '>=' || op === '<' || op === '<=') return 'number';
  if (op === 'starts_with' || op === 'ends_with') return 'text';
  if (type === 'number' || type === 'boolean') return type;
  if (type === undefined && (typeof value === 'number' || typeof value === 'boolean')) {
    return typeof value as 'number' | 'boolean';
  }
  return 'text';
}

/** The same comparison under another operator, its value made to fit (rule K13). */
export function withOperator(
  comparison: Comparison,
  op: Operator,
  type: FieldType | undefined,
): Comparison {
  const { field, value } = comparison;
  const kind = valueKind(op, type, value);
  if (kind === 'none') return { field, op };
  if (kind === 'list') {
    return { field, op, value: Array.isArray(value) ? value : value === undefined ? [] : [value] };
  }
  const one: Scalar | undefined = Array.isArray(value) ? value[0] : value;
  const fitted = fit(one, kind);
  return fitted === undefined ? { field, op } : { field, op, value: fitted };
}

function fit(value: Scalar | undefined, kind: Exclude<ValueKind, 'none' | 'list'>) {
  if (value === undefined || value === null) return kind === 'boolean' ? true : undefined;
  if (kind === 'text') return String(value);
  if (kind === 'boolean') return value === true || value === 'true';
  const number = typeof value === 'number' ? value : Number(value);
  return typeof value !== 'boolean' && value !== '' && Number.isFinite(number) ? number : undefined;
}

/** The comparison when another field is chosen: the operator is kept where it fits. */
export function withField(
  comparison: Comparison,
  field: string,
  type: FieldType | undefined,
): Comparison {
  const fitting = type ? by_type[type] : every_operator;
  const op = fitting.includes(comparison.op) ? comparison.op : (fitting[0] as Operator);
  return withOperator({ ...comparison, field }, op, type);
}

/** A typed word as the value it most likely stands for, among values of a field. */
export const scalarOf = (word: string, type: FieldType | undefined): Scalar => {
  const number = Number(word);
  if (type === 'number' && word.trim() !== '' && Number.isFinite(number)) return number;
  if (type === 'boolean' && (word === 'true' || word === 'false')) return word === 'true';
  return word;
};
