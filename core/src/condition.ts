import * as z from 'zod';
import type { Json } from './json.ts';

/**
 * The rules' grammar. It is data, walked by `evaluate`; nothing of it is ever run as code, and it
 * has no pattern language, so no input can make it slow.
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

const Path = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^.\s][^.]*(\.[^.]+)*$/, 'a dotted path such as "action.arguments.amount"');
const Scalar = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

export interface Comparison {
  field: string;
  op: Operator;
  value?: string | number | boolean | null | (string | number | boolean | null)[];
}
export type Condition =
  | Comparison
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { some: string; where: Condition }
  | { every: string; where: Condition };

const needs_number = new Set<Operator>(['>', '>=', '<', '<=']);
const needs_list = new Set<Operator>(['in', 'not_in']);
const needs_text = new Set<Operator>(['starts_with', 'ends_with']);

const Comparison = z
  .strictObject({
    field: Path,
    op: z.enum(operators),
    value: z.union([Scalar, z.array(Scalar).max(1_000)]).optional(),
  })
  .superRefine(({ op, value }, context) => {
    const fault = (message: string) =>
      context.addIssue({ code: 'custom', path: ['value'], message });
    if (op === 'exists' || op === 'missing') {
      if (value !== undefined) fault(`"${op}" takes no value`);
    } else if (value === undefined) fault(`"${op}" needs a value`);
    else if (needs_list.has(op) !== Array.isArray(value)) {
      fault(needs_list.has(op) ? `"${op}" needs a list` : `"${op}" takes one value, not a list`);
    } else if (needs_number.has(op) && typeof value !== 'number') fault(`"${op}" needs a number`);
    else if (needs_text.has(op) && typeof value !== 'string') fault(`"${op}" needs text`);
  });

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Comparison,
    z.strictObject({ all: z.array(Condition).min(1).max(50) }),
    z.strictObject({ any: z.array(Condition).min(1).max(50) }),
    z.strictObject({ not: Condition }),
    z.strictObject({ some: Path, where: Condition }),
    z.strictObject({ every: Path, where: Condition }),
  ]),
);

/** True, false, or unknown: a comparison that its field does not allow (missing, wrong type). */
export type Truth = boolean | 'unknown';

export interface Evaluation {
  truth: Truth;
  /** What decided it, in words: "amount 1,200 is over 500". */
  because: string[];
}

/** The value at a dotted path; own properties only, so no path reaches a prototype. */
export function valueAt(document: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = document;
  for (const step of path.split('.')) {
    if (here === null || here === undefined || typeof here !== 'object') return undefined;
    if (Array.isArray(here)) {
      if (step === 'length') here = here.length;
      else here = /^\d{1,9}$/.test(step) ? here[Number(step)] : undefined;
    } else here = Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** Evaluates a condition over a document, in Kleene's three-valued logic (Kleene 1952, §64): what
 *  cannot be judged stays unknown, and the gate holds it rather than let it through. */
export function evaluate(condition: Condition, document: Json): Evaluation {
  if ('all' in condition) return every(condition.all.map((part) => evaluate(part, document)));
  if ('any' in condition) return some(condition.any.map((part) => evaluate(part, document)));
  if ('not' in condition) {
    const inner = evaluate(condition.not, document);
    return { truth: inner.truth === 'unknown' ? 'unknown' : !inner.truth, because: inner.because };
  }
  if ('field' in condition) return compare(condition, valueAt(document, condition.field));
  const path = 'some' in condition ? condition.some : condition.every;
  const list = valueAt(document, path);
  if (!Array.isArray(list)) return { truth: 'unknown', because: [`${leaf(path)} is not a list`] };
  const parts = list.map((item) => evaluate(condition.where, item));
  return 'some' in condition ? some(parts) : every(parts);
}

function every(parts: Evaluation[]): Evaluation {
  const no = parts.find(({ truth }) => truth === false);
  if (no) return no;
  const unknown = parts.filter(({ truth }) => truth === 'unknown');
  if (unknown.length) return { truth: 'unknown', because: unknown.flatMap((part) => part.because) };
  return { truth: true, because: parts.flatMap((part) => part.because) };
}

function some(parts: Evaluation[]): Evaluation {
  const yes = parts.find(({ truth }) => truth === true);
  if (yes) return yes;
  const unknown = parts.filter(({ truth }) => truth === 'unknown');
  if (unknown.length) return { truth: 'unknown', because: unknown.flatMap((part) => part.because) };
  return { truth: false, because: parts.flatMap((part) => part.because) };
}

function compare({ field, op, value }: Comparison, found: Json | undefined): Evaluation {
  const name = leaf(field);
  const say = (truth: Truth, because: string): Evaluation => ({ truth, because: [because] });
  const present = found !== undefined;
  if (op === 'exists') return say(present, `${name} is ${present ? 'given' : 'not given'}`);
  if (op === 'missing') return say(!present, `${name} is ${present ? 'given' : 'not given'}`);
  const shown = `${name} ${inWords(found)}`;
  if (op === '=' || op === '!=') {
    const same = found === value;
    return say(op === '=' ? same : !same, `${shown} is ${same ? '' : 'not '}${inWords(value)}`);
  }
  if (op === 'in' || op === 'not_in') {
    const inside = (value as Json[]).includes(found as Json);
    const list = (value as Json[]).map(inWords).join(', ');
    return say(op === 'in' ? inside : !inside, `${shown} is ${inside ? '' : 'not '}one of ${list}`);
  }
  if (needs_number.has(op)) {
    if (typeof found !== 'number') {
      return say('unknown', present ? `${shown} is not a number` : `${name} is missing`);
    }
    return order(op, found, value as number, name);
  }
  if (op === 'contains' && Array.isArray(found)) {
    const has = found.includes(value as Json);
    return say(has, `${name} ${has ? 'holds' : 'does not hold'} ${inWords(value)}`);
  }
  if (typeof found !== 'string') {
    return say('unknown', present ? `${shown} is not text` : `${name} is missing`);
  }
  return text(op, found, String(value), name);
}

function order(op: Operator, found: number, value: number, name: string): Evaluation {
  const truth =
    op === '>'
      ? found > value
      : op === '>='
        ? found >= value
        : op === '<'
          ? found < value
          : found <= value;
  const relation = found > value ? 'over' : found < value ? 'under' : 'exactly';
  const because = [`${name} ${inWords(found)} is ${relation} ${inWords(value)}`];
  return { truth, because };
}

function text(op: Operator, found: string, wanted: string, name: string): Evaluation {
  const [have, want] = [found.toLowerCase(), wanted.toLowerCase()];
  const truth =
    op === 'contains'
      ? have.includes(want)
      : op === 'starts_with'
        ? have.startsWith(want)
        : have.endsWith(want);
  const verb = { contains: 'contain', starts_with: 'start with', ends_with: 'end with' }[
    op as 'contains'
  ];
  const spoken = truth ? verb.replace(/^\w+/, (first) => `${first}s`) : `does not ${verb}`;
  return { truth, because: [`${name} ${spoken} "${wanted}"`] };
}

/** The last step of a path, which is how people call the field. */
const leaf = (path: string) => path.slice(path.lastIndexOf('.') + 1).replaceAll('_', ' ');

const number_format = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

function inWords(value: unknown): string {
  if (typeof value === 'number') return number_format.format(value);
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 59)}…` : value}"`;
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `(${value.length} items)`;
  return value !== null && typeof value === 'object' ? '(an object)' : String(value);
}
