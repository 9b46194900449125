import * as z from 'zod';
import { type Json, type JsonObject, Text } from './json.ts';
import { type FieldFault, invalid } from './refusal.ts';

/** A form asks a person; its seven question kinds cover every case there is. */
const QuestionName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'lower-case letters, digits, "_"');
const base = {
  name: QuestionName,
  title: Text(300).optional(),
  help: Text(2_000).optional(),
  required: z.boolean().default(true),
};
const Option = z.strictObject({
  value: Text(200).min(1),
  label: Text(300).optional(),
  description: Text(1_000).optional(),
});
const options = z
  .array(Option)
  .min(1)
  .max(1_000)
  .refine((list) => new Set(list.map(({ value }) => value)).size === list.length, {
    message: 'each value may stand once',
  });

export const ChoiceQuestion = z.strictObject({
  ...base,
  kind: z.literal('choice'),
  options,
  multiple: z.boolean().default(false),
});
export const RatingQuestion = z
  .strictObject({
    ...base,
    kind: z.literal('rating'),
    min: z.number().default(1),
    max: z.number().default(5),
    /** The distance between allowed numbers; null allows any number between min and max. */
    step: z.number().positive().nullable().default(1),
    labels: z.record(Text(100), Text(100)).optional(),
    unit: Text(20).optional(),
  })
  .refine(({ min, max }) => min < max, { path: ['max'], message: 'must be over min' });
export const TextQuestion = z.strictObject({
  ...base,
  kind: z.literal('text'),
  multiline: z.boolean().default(true),
  max_length: z.int().min(1).max(100_000).default(10_000),
  /** Where in the output the text to correct stands ("content.reply"); shown as a diff. */
  original: Text(200).optional(),
});
export const RankingQuestion = z.strictObject({
  ...base,
  kind: z.literal('ranking'),
  options: options.max(50),
});
export const SpanQuestion = z.strictObject({
  ...base,
  kind: z.literal('span'),
  /** The text part that is marked. */
  part: Text(100),
  labels: options.max(200),
  overlap: z.boolean().default(false),
});
export const RegionQuestion = z.strictObject({
  ...base,
  kind: z.literal('region'),
  /** The image or audio part that is marked. */
  part: Text(100),
  labels: options.max(200),
  shape: z.enum(['box', 'polygon', 'interval']).default('box'),
});
export const VerdictQuestion = z.strictObject({
  ...base,
  kind: z.literal('verdict'),
  /** What an edit may change; null forbids edits. */
  edit: z.enum(['arguments', 'content']).nullable().default('arguments'),
  /** Whether a rejection must say why. */
  reject_reason: z.enum(['required', 'optional']).default('optional'),
});

export const Question = z.discriminatedUnion('kind', [
  ChoiceQuestion,
  RatingQuestion,
  TextQuestion,
  RankingQuestion,
  SpanQuestion,
  RegionQuestion,
  VerdictQuestion,
]);
export type Question = z.infer<typeof Question>;
export type QuestionKind = Question['kind'];

export const Form = z
  .strictObject({
    title: Text(300).optional(),
    instructions: Text(10_000).optional(),
    questions: z.array(Question).min(1).max(50),
  })
  .superRefine(({ questions }, context) => {
    const names = questions.map(({ name }) => name);
    names.forEach((name, at) => {
      if (names.indexOf(name) < at) {
        const path = ['questions', at, 'name'];
        context.addIssue({ code: 'custom', path, message: 'each name may stand once' });
      }
    });
    const verdicts = questions.filter(({ kind }) => kind === 'verdict');
    if (verdicts.length > 1) {
      context.addIssue({ code: 'custom', path: ['questions'], message: 'one verdict at most' });
    }
    // A verdict's edit and reason stand beside it in the values, under these names.
    const taken = verdicts.flatMap((one) => [one.kind === 'verdict' ? one.edit : null, 'reason']);
    questions.forEach(({ name }, at) => {
      if (!taken.includes(name)) return;
      const path = ['questions', at, 'name'];
      context.addIssue({ code: 'custom', path, message: 'this name belongs to the verdict' });
    });
  });
export type Form = z.infer<typeof Form>;

/** The form of a gate that names none. */
export const verdictForm = (edit: 'arguments' | 'content'): Form => ({
  questions: [
    { kind: 'verdict', name: 'verdict', required: true, edit, reject_reason: 'optional' },
  ],
});

/** Values by question name; a verdict's edit stands beside it as `arguments` or `content`. */
export type Values = JsonObject;
export const verdicts = ['approve', 'edit', 'reject'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictQuestion = (form: Form) =>
  form.questions.find((question) => question.kind === 'verdict');

const unit = z.number().min(0).max(1);
const region_geometry = {
  box: z.strictObject({ x: unit, y: unit, width: unit, height: unit }),
  polygon: z.strictObject({
    points: z
      .array(z.tuple([unit, unit]))
      .min(3)
      .max(2_000),
  }),
  interval: z
    .strictObject({ from_ms: z.number().min(0), to_ms: z.number().min(0) })
    .refine(({ from_ms, to_ms }) => from_ms < to_ms, { message: 'must end after it starts' }),
};

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
    case 'text':
      return Text(question.max_length).min(question.required ? 1 : 0);
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
      return z
        .array(
          z
            .strictObject({
              start: z.int().min(0),
              end: z.int().min(1),
              label: z.enum(question.labels.map(({ value }) => value) as [string, ...string[]]),
            })
            .refine(({ start, end }) => start < end, { message: 'must end after it starts' }),
        )
        .min(question.required ? 1 : 0)
        .max(10_000);
    case 'region':
      return z
        .array(
          z.strictObject({
            label: z.enum(question.labels.map(({ value }) => value) as [string, ...string[]]),
            shape: region_geometry[question.shape],
          }),
        )
        .min(question.required ? 1 : 0)
        .max(10_000);
    case 'verdict':
      return z.enum(question.edit === null ? (['approve', 'reject'] as const) : verdicts);
  }
}

const onStep = (distance: number, step: number) =>
  Math.abs(distance / step - Math.round(distance / step)) < 1e-9;

/** Checks a submitted answer's values against its form.
 *  @throws Refusal invalid, naming each field as `values.NAME` */
export function checkValues(form: Form, values: Values): Values {
  const faults: FieldFault[] = [];
  const known = new Set(form.questions.map(({ name }) => name));
  const verdict = verdictQuestion(form);
  const given = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  const chosen = verdict && given(verdict.name);
  if (verdict?.edit) known.add(verdict.edit);
  if (verdict) known.add('reason');
  for (const name of Object.keys(values)) {
    if (!known.has(name)) faults.push({ field: `values.${name}`, message: 'is not asked' });
  }
  for (const question of form.questions) {
    const value = given(question.name);
    if (value === undefined || value === null) {
      if (question.required)
        faults.push({ field: `values.${question.name}`, message: 'is needed' });
      continue;
    }
    const result = valueSchema(question).safeParse(value);
    if (result.success) continue;
    for (const { path, message } of result.error.issues) {
      faults.push({ field: ['values', question.name, ...path.map(String)].join('.'), message });
    }
  }
  if (verdict) faults.push(...verdictFaults(verdict, chosen, values));
  if (faults.length) throw invalid(...faults);
  return values;
}

function verdictFaults(
  verdict: z.infer<typeof VerdictQuestion>,
  chosen: Json | undefined,
  values: Values,
): FieldFault[] {
  const edit = verdict.edit;
  if (chosen === 'edit' && edit && values[edit] === undefined) {
    return [{ field: `values.${edit}`, message: 'an edit says what it changes it to' }];
  }
  if (chosen !== 'edit' && edit && values[edit] !== undefined) {
    return [{ field: `values.${edit}`, message: 'stands only beside the verdict "edit"' }];
  }
  const reason = values.reason;
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 10_000)) {
    return [{ field: 'values.reason', message: 'text of at most 10,000 characters' }];
  }
  if (chosen === 'reject' && verdict.reject_reason === 'required' && !reason) {
    return [{ field: 'values.reason', message: 'a rejection says why' }];
  }
  return [];
}
