import {
  type Comparison,
  type Condition,
  compares_order,
  item_path,
  type Operator,
} from './condition.ts';
import { fieldWords } from './field-words.ts';
import type { Json } from './json.ts';

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
 *  cannot be judged stays unknown, and the gate holds it rather than let it through (rule G3). */
export function evaluate(condition: Condition, document: Json): Evaluation {
  return judged(condition, document, '');
}

/** @param list what the document is an item of, in words; '' for a whole one */
function judged(condition: Condition, document: Json, list: string): Evaluation {
  const inside = (part: Condition) => judged(part, document, list);
  if ('all' in condition) return every(condition.all.map(inside));
  if ('any' in condition) return some(condition.any.map(inside));
  if ('not' in condition) {
    const inner = inside(condition.not);
    return { truth: inner.truth === 'unknown' ? 'unknown' : !inner.truth, because: inner.because };
  }
  if ('field' in condition) return compare(condition, subjectOf(condition, document, list));
  const path = 'some' in condition ? condition.some : condition.every;
  const items = path === item_path ? document : valueAt(document, path);
  const name = path === item_path ? list : fieldWords(path);
  if (!Array.isArray(items)) return { truth: 'unknown', because: [`${name} is not a list`] };
  const parts = items.map((item) => judged(condition.where, item, name));
  const none = { truth: !('some' in condition), because: [`${name} is empty`] };
  if (!parts.length) return none;
  return 'some' in condition ? some(parts) : every(parts);
}

const every = (parts: Evaluation[]) => combined(parts, false);
const some = (parts: Evaluation[]) => combined(parts, true);

/** One part of the deciding truth settles it; else what is unknown does; else all say the other. */
function combined(parts: Evaluation[], deciding: boolean): Evaluation {
  const settles = parts.find(({ truth }) => truth === deciding);
  if (settles) return settles;
  const unknown = parts.filter(({ truth }) => truth === 'unknown');
  const [truth, from] = unknown.length ? (['unknown', unknown] as const) : [!deciding, parts];
  return { truth, because: from.slice(0, most_said).flatMap(({ because }) => because) };
}

/** A reason is read by a person, so it names the first few and no more. */
const most_said = 8;

/** What a comparison is about: its value, and what to call it with and without that value. */
interface Subject {
  found: Json | undefined;
  /** "amount", or "one of tags" for an item itself. */
  name: string;
  /** "amount 1,200", or "1,200 in amounts". */
  valued: string;
}

function subjectOf({ field }: Comparison, document: Json, list: string): Subject {
  if (field === item_path) {
    return { found: document, name: `one of ${list}`, valued: `${inWords(document)} in ${list}` };
  }
  const found = valueAt(document, field);
  const name = fieldWords(field);
  return { found, name, valued: `${name} ${inWords(found)}` };
}

function compare({ op, value }: Comparison, { found, name, valued }: Subject): Evaluation {
  const say = (truth: Truth, because: string): Evaluation => ({ truth, because: [because] });
  const present = found !== undefined;
  if (op === 'exists') return say(present, `${name} is ${present ? 'given' : 'not given'}`);
  if (op === 'missing') return say(!present, `${name} is ${present ? 'given' : 'not given'}`);
  if (!present) return say('unknown', `${name} is missing`);
  if (op === '=' || op === '!=') {
    const same = found === value;
    if (!same && !comparable(found, value)) {
      return say('unknown', `${valued} is not ${kind(value)}`);
    }
    const apart = same ? '' : `, not ${inWords(value)}`;
    return say(same === (op === '='), `${name} is ${inWords(found)}${apart}`);
  }
  if (op === 'in' || op === 'not_in') return membership(op, found, value as Json[], valued, say);
  if (compares_order.has(op)) {
    if (typeof found !== 'number') return say('unknown', `${valued} is not a number`);
    return order(op, found, value as number, valued);
  }
  if (op === 'contains' && Array.isArray(found)) {
    const has = found.includes(value as Json);
    return say(has, `${name} ${has ? 'has' : 'does not have'} ${inWords(value)}`);
  }
  if (typeof found !== 'string') return say('unknown', `${valued} is not text`);
  return text(op, found, String(value), name);
}

function membership(
  op: 'in' | 'not_in',
  found: Json,
  list: Json[],
  valued: string,
  say: (truth: Truth, because: string) => Evaluation,
): Evaluation {
  const inside = list.includes(found);
  if (!inside && list.length && !list.some((one) => comparable(found, one))) {
    return say('unknown', `${valued} is not ${kind(list[0])}`);
  }
  const words = list.slice(0, most_said).map(inWords).join(', ');
  const rest = list.length > most_said ? ` and ${list.length - most_said} more` : '';
  const relation = inside ? 'is one of' : 'is not one of';
  return say(inside === (op === 'in'), `${valued} ${relation} ${words || 'none'}${rest}`);
}

/** Whether two values can be told equal or not: "5" and 5 may or may not mean the same, so nobody
 *  says that they differ. A null is a value that everything else differs from. */
const comparable = (found: Json, value: unknown) =>
  value === null || (found !== null && typeof found !== 'object' && typeof found === typeof value);

const kind = (value: unknown) =>
  ({ string: 'text', number: 'a number', boolean: 'true or false' })[typeof value as 'string'] ??
  'comparable';

/** Said as what is true of the two numbers; where they are equal, as the comparison puts it. */
function order(op: Operator, found: number, value: number, valued: string): Evaluation {
  const [truth, when_true] = orderings[op as '>'](found, value);
  const apart = found > value ? 'over' : found < value ? 'under' : `not ${when_true}`;
  return { truth, because: [`${valued} is ${truth ? when_true : apart} ${inWords(value)}`] };
}

const orderings = {
  '>': (a: number, b: number) => [a > b, 'over'] as const,
  '>=': (a: number, b: number) => [a >= b, 'at least'] as const,
  '<': (a: number, b: number) => [a < b, 'under'] as const,
  '<=': (a: number, b: number) => [a <= b, 'at most'] as const,
};

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

const number_format = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

function inWords(value: unknown): string {
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'string') return textInWords(value);
  if (value === null) return 'empty';
  if (Array.isArray(value)) return `(${value.length} items)`;
  return typeof value === 'object' ? '(an object)' : String(value);
}

/** A plain word stands as it is; what has spaces or signs, or could be taken for something else, in
 *  quotes. */
function textInWords(value: string): string {
  if (plain_word.test(value) && !mistakable.test(value)) return value;
  return `"${value.length > 60 ? `${whole(value, 59)}…` : value}"`;
}
const plain_word = /^[\p{L}\p{N}][\p{L}\p{N}_.:@/+-]{0,59}$/u;
const mistakable = /^(true|false|empty|null|none|one|not|[\d.,+-]+)$/i;

/** The first characters of a text, never half a surrogate pair: no text store takes one. */
const whole = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** With thousands set apart; exactly as it is where that would round it into another number. */
function numberInWords(value: number): string {
  const words = number_format.format(value);
  return Number(words.replaceAll(',', '')) === value ? words : String(value);
}
