import { type Comparison, type Condition, compares_order, type Operator } from './condition.ts';
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
  const none = { truth: !('some' in condition), because: [`${leaf(path)} is empty`] };
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

function compare({ field, op, value }: Comparison, found: Json | undefined): Evaluation {
  const name = leaf(field);
  const say = (truth: Truth, because: string): Evaluation => ({ truth, because: [because] });
  const present = found !== undefined;
  if (op === 'exists') return say(present, `${name} is ${present ? 'given' : 'not given'}`);
  if (op === 'missing') return say(!present, `${name} is ${present ? 'given' : 'not given'}`);
  if (!present) return say('unknown', `${name} is missing`);
  const shown = `${name} ${inWords(found)}`;
  if (op === '=' || op === '!=') {
    const same = found === value;
    if (!same && !comparable(found, value)) return say('unknown', `${shown} is not ${kind(value)}`);
    return say(same === (op === '='), `${shown} is ${same ? '' : 'not '}${inWords(value)}`);
  }
  if (op === 'in' || op === 'not_in') {
    const list = value as Json[];
    const inside = list.includes(found);
    if (!inside && list.length && !list.some((one) => comparable(found, one))) {
      return say('unknown', `${shown} is not ${kind(list[0])}`);
    }
    const words = list.slice(0, most_said).map(inWords).join(', ');
    const rest = list.length > most_said ? ` and ${list.length - most_said} more` : '';
    return say(
      inside === (op === 'in'),
      `${shown} is ${inside ? '' : 'not '}one of ${words || 'none'}${rest}`,
    );
  }
  if (compares_order.has(op)) {
    if (typeof found !== 'number') return say('unknown', `${shown} is not a number`);
    return order(op, found, value as number, name);
  }
  if (op === 'contains' && Array.isArray(found)) {
    const has = found.includes(value as Json);
    return say(has, `${name} ${has ? 'holds' : 'does not hold'} ${inWords(value)}`);
  }
  if (typeof found !== 'string') return say('unknown', `${shown} is not text`);
  return text(op, found, String(value), name);
}

/** Whether two values can be told equal or not: "5" and 5 may or may not mean the same, so nobody
 *  says that they differ. A null is a value that everything else differs from. */
const comparable = (found: Json, value: unknown) =>
  value === null || (found !== null && typeof found !== 'object' && typeof found === typeof value);

const kind = (value: unknown) =>
  ({ string: 'text', number: 'a number', boolean: 'true or false' })[typeof value as 'string'] ??
  'comparable';

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
  return { truth, because: [`${name} ${inWords(found)} is ${relation} ${inWords(value)}`] };
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
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'string') return `"${value.length > 60 ? `${whole(value, 59)}…` : value}"`;
  if (Array.isArray(value)) return `(${value.length} items)`;
  return value !== null && typeof value === 'object' ? '(an object)' : String(value);
}

/** The first characters of a text, never half a surrogate pair: no text store takes one. */
const whole = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** With thousands set apart; exactly as it is where that would round it into another number. */
function numberInWords(value: number): string {
  const words = number_format.format(value);
  return Number(words.replaceAll(',', '')) === value ? words : String(value);
}
