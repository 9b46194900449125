import * as z from 'zod';
import { type JsonObject, Text } from './json.ts';

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

/** The form of a gate in shadow that names none. */
export const answer_form: Form = {
  questions: [
    {
      kind: 'text',
      name: 'answer',
      title: 'What would you answer?',
      required: true,
      multiline: true,
      max_length: 10_000,
    },
  ],
};

/** Values by question name; a verdict's edit stands beside it as `arguments` or `content`. */
export type Values = JsonObject;
export const verdicts = ['approve', 'edit', 'reject'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictQuestion = (form: Form) =>
  form.questions.find((question) => question.kind === 'verdict');
