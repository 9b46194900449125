import { type Comparison, type Condition, compares_order } from './condition.ts';
import { canonical, type Json } from './json.ts';
import { evaluate } from './truth.ts';

/** How much is compared before it is left open: a definition may hold 200 rules of 2,000
 *  comparisons, and what is found by looking at each with each is not worth that. */
const most_looks = 20_000;

/** Says of conditions what follows from them, as far as it is cheap to tell: `false` is "not found",
 *  never "it does not". One for each definition, since it counts what it has looked at. */
export function reasoner() {
  let left = most_looks;

  /** Whether whatever makes `a` true makes `b` true as well. */
  function implies(a: Condition, b: Condition): boolean {
    left -= 1;
    if (left < 0) return false;
    if ('all' in b) return b.all.every((part) => implies(a, part));
    if ('any' in a) return a.any.every((part) => implies(part, b));
    if ('any' in b && b.any.some((part) => implies(a, part))) return true;
    if ('all' in a && a.all.some((part) => implies(part, b))) return true;
    if ('field' in a && 'field' in b) return a.field === b.field && follows(a, b);
    return canonical(a as Json) === canonical(b as Json);
  }

  /** Whether nothing can make it true. */
  function impossible(condition: Condition): boolean {
    if ('any' in condition) return condition.any.every(impossible);
    if (!('all' in condition)) return false;
    if (condition.all.some(impossible)) return true;
    const plain = condition.all.filter((part): part is Comparison => 'field' in part);
    return plain.some((a, at) =>
      plain.slice(at + 1).some((b) => {
        left -= 1;
        return left >= 0 && a.field === b.field && (excludes(a, b) || excludes(b, a));
      }),
    );
  }
  return { implies, impossible };
}

/** The values that a comparison allows, where it lists them. */
const listed = ({ op, value }: Comparison): Json[] | undefined =>
  op === '=' ? [value as Json] : op === 'in' ? (value as Json[]) : undefined;

/** Whether a value of the field makes a comparison true. */
const allows = (comparison: Comparison, value: Json): boolean =>
  evaluate({ ...comparison, field: '.' }, value).truth === true;

function follows(a: Comparison, b: Comparison): boolean {
  if (canonical(a as unknown as Json) === canonical(b as unknown as Json)) return true;
  const values = listed(a);
  if (values) return values.length > 0 && values.every((value) => allows(b, value));
  if (!compares_order.has(a.op) || !compares_order.has(b.op)) return false;
  const [one, other] = [a.value as number, b.value as number];
  if (a.op[0] !== b.op[0]) return false;
  const up = a.op[0] === '>';
  return one === other ? a.op.length <= b.op.length : up ? one > other : one < other;
}

function excludes(a: Comparison, b: Comparison): boolean {
  const values = listed(a);
  if (values) return values.every((value) => !allows(b, value));
  if (a.op[0] !== '>' || b.op[0] !== '<' || !compares_order.has(b.op)) return false;
  const [low, high] = [a.value as number, b.value as number];
  return low > high || (low === high && !(a.op === '>=' && b.op === '<='));
}
