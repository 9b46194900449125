import * as z from 'zod';
import { type Form, type Question, type Values, verdictQuestion, verdicts } from './form.ts';
import { canonical, type Json, type JsonObject, Text } from './json.ts';
import { markFaults, marksSchema } from './mark.ts';
import type { Part } from './part.ts';
import { type FieldFault, invalid } from './refusal.ts';

function valueSchema(question: Question): z.ZodType {
  switch (question.kind) {
    case 'choice': {
      const one = z.enum(question.options.map(({ value }) => value) as [string, ...string[]]);
      if (!question.multiple) return one;
      return z
        .array(one)
        .min(question.required ? 1 : 0)
        .refine((list) => new Set(list).size === list.length, { message: 'each value once' });
    }
    case 'rating': {
      const { min, max, step } = question;
      return z
        .number()
        .min(min)
        .max(max)
        .refine((value) => step === null || onStep(value - min, step), {
          message: `in steps of ${step} from ${min}`,
        });
    }
    case 'text': {
      const text = Text(question.max_length);
      return question.required ? text.refine((said) => /\S/u.test(said), 'is blank') : text;
    }
    case 'ranking': {
      const wanted = question.options.map(({ value }) => value);
      return z
        .array(z.string())
        .refine(
          (list) => list.length === wanted.length && wanted.every((value) => list.includes(value)),
          { message: `each of ${wanted.join(', ')} once, best first` },
        );
    }
    case 'span':
    case 'region':
      return marksSchema(question);
    case 'verdict':
      return z.enum(question.edit === null ? (['approve', 'reject'] as const) : verdicts);
  }
}

const onStep = (distance: number, step: number) =>
  Math.abs(distance / step - Math.round(distance / step)) < 1e-9;

/** Checks a submitted answer's values against its form, and marks against the parts they are in.
 *  @param parts what the case shows
 *  @throws Refusal invalid, naming each field as `values.NAME` */
export function checkValues(form: Form, values: Values, parts: readonly Part[]): Values {
  const faults: FieldFault[] = [];
  const known = new Set(form.questions.map(({ name }) => name));
  const verdict = verdictQuestion(form);
  const given = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  if (verdict?.edit) known.add(verdict.edit);
  if (verdict) known.add('reason');
  for (const name of Object.keys(values)) {
    if (!known.has(name)) faults.push({ field: `values.${name}`, message: 'is not asked' });
  }
  for (const question of form.questions) {
    faults.push(...valueFaults(question, given(question.name), parts));
  }
  if (verdict) faults.push(...verdictFaults(verdict, given(verdict.name), values));
  if (faults.length) throw invalid(...faults);
  return values;
}

function valueFaults(
  question: Question,
  value: Json | undefined,
  parts: readonly Part[],
): FieldFault[] {
  const field = `values.${question.name}`;
  if (value === undefined || value === null) {
    return question.required ? [{ field, message: 'is needed' }] : [];
  }
  const { error } = valueSchema(question).safeParse(value);
  if (error) {
    return error.issues.map(({ path, message }) => ({
      field: [field, ...path.map(String)].join('.'),
      message,
    }));
  }
  const marks = question.kind === 'span' || question.kind === 'region';
  return marks ? markFaults(question, value as Json[], parts, field) : [];
}

function verdictFaults(
  verdict: Extract<Question, { kind: 'verdict' }>,
  chosen: Json | undefined,
  values: Values,
): FieldFault[] {
  const edit = verdict.edit;
  // Nothing is no edit: it would let out what was to be changed, as it was.
  if (chosen === 'edit' && edit && (values[edit] ?? null) === null) {
    return [{ field: `values.${edit}`, message: 'an edit says what it changes it to' }];
  }
  if (chosen !== 'edit' && edit && values[edit] !== undefined) {
    return [{ field: `values.${edit}`, message: 'stands only beside the verdict "edit"' }];
  }
  const reason = values.reason;
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 10_000)) {
    return [{ field: 'values.reason', message: 'text of at most 10,000 characters' }];
  }
  if (chosen === 'reject' && verdict.reject_reason === 'required' && !reason?.trim()) {
    return [{ field: 'values.reason', message: 'a rejection says why' }];
  }
  return [];
}

/** The values with what is said in no order put into one: choices of several as the form has them,
 *  marks by where they are. So two who say the same in another order say the same (rule C2).
 *  @param values of any shape, as an AI may suggest them */
export function inOneOrder({ questions }: Form, values: JsonObject): JsonObject {
  const ordered = questions.flatMap((question) => {
    const value = Object.hasOwn(values, question.name) ? values[question.name] : undefined;
    const key = Array.isArray(value) ? orderOf(question) : undefined;
    if (!key) return [];
    const keyed = (value as Json[]).map((item) => ({ item, place: key(item) }));
    keyed.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
    return [[question.name, keyed.map(({ item }) => item)] as const];
  });
  return ordered.length ? { ...values, ...Object.fromEntries(ordered) } : values;
}

/** What the items of an unordered answer are ordered by; undefined where their order says something. */
function orderOf(question: Question): ((item: Json) => string) | undefined {
  switch (question.kind) {
    case 'choice': {
      const places = question.options.map(({ value }) => value);
      return (item) => digits(places.indexOf(item as string));
    }
    case 'span':
      return (item) => {
        const { start, end } = (item ?? {}) as { start?: Json; end?: Json };
        return `${digits(start)} ${digits(end)} ${canonical(item)}`;
      };
    case 'region':
      return canonical;
    default:
      return undefined;
  }
}

const digits = (number: unknown): string => String(Number(number ?? 0)).padStart(12, '0');
