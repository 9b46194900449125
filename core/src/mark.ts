import * as z from 'zod';
import type { Form, Question } from './form.ts';
import { canonical, type Json } from './json.ts';
import type { Part } from './part.ts';
import type { FieldFault } from './refusal.ts';

/** What people mark in a part: spans of a text, regions of a picture or sound. */
type Marking = Extract<Question, { kind: 'span' | 'region' }>;
const isMarking = (question: Question): question is Marking =>
  question.kind === 'span' || question.kind === 'region';

const share = z.number().min(0).max(1);
const extent = z.number().gt(0).max(1);
/** Sums of shares that binary fractions miss by a hair (0.1 + 0.9) are no fault. */
const hair = 1e-9;
const geometry = {
  box: z
    .strictObject({ x: share, y: share, width: extent, height: extent })
    .refine(({ x, width }) => x + width <= 1 + hair, {
      path: ['width'],
      message: 'reaches past the right edge',
    })
    .refine(({ y, height }) => y + height <= 1 + hair, {
      path: ['height'],
      message: 'reaches past the lower edge',
    }),
  polygon: z.strictObject({
    points: z
      .array(z.tuple([share, share]))
      .min(3)
      .max(2_000)
      .refine(enclosesSomething, { message: 'lie on one line, so they enclose nothing' }),
  }),
  interval: z
    .strictObject({ from_ms: z.number().min(0), to_ms: z.number().min(0) })
    .refine(({ from_ms, to_ms }) => from_ms < to_ms, {
      path: ['to_ms'],
      message: 'must be over from_ms',
    }),
};

function enclosesSomething(points: [number, number][]): boolean {
  const [[x0, y0] = [0, 0], ...rest] = points;
  const far = rest.find(([x, y]) => x !== x0 || y !== y0);
  if (!far) return false;
  const [dx, dy] = [far[0] - x0, far[1] - y0];
  return rest.some(([x, y]) => Math.abs(dx * (y - y0) - dy * (x - x0)) > hair * hair);
}

const most_marks = 10_000;
const labelOf = ({ labels }: Marking) =>
  z.enum(labels.map(({ value }) => value) as [string, ...string[]]);

/** The schema of one question's marks; what they mark is for `markFaults` to say. */
export const marksSchema = (question: Marking): z.ZodType => {
  const mark =
    question.kind === 'region'
      ? z.strictObject({ label: labelOf(question), shape: geometry[question.shape] })
      : z
          .strictObject({ start: z.int().min(0), end: z.int().min(1), label: labelOf(question) })
          .refine(({ start, end }) => start < end, {
            path: ['end'],
            message: 'must be over start',
          });
  return z
    .array(mark)
    .min(question.required ? 1 : 0)
    .max(most_marks);
};

interface Span {
  start: number;
  end: number;
  label: string;
}

/** What a question's marks say that their part does not bear out: a place past its end, half a
 *  character, two marks where one may stand.
 *  @param marks as `marksSchema` takes them @returns faults below `field` */
export function markFaults(
  question: Marking,
  marks: Json[],
  parts: readonly Part[],
  field: string,
): FieldFault[] {
  const missing = partFault(question, parts);
  if (missing && marks.length) return [{ field, message: missing }];
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  marks.forEach((mark, at) => {
    const said = canonical(mark);
    if (seen.has(said)) faults.push({ field: `${field}.${at}`, message: 'stands twice' });
    seen.add(said);
  });
  if (question.kind === 'region' || faults.length) return faults;
  const text = textOf(parts, question.part) ?? '';
  const spans = (marks as unknown as Span[]).map((span, at) => ({ ...span, at }));
  for (const { start, end, at } of spans) {
    const here = `${field}.${at}`;
    if (end > text.length) {
      const message = `is past the end of "${question.part}", which is ${text.length} long`;
      faults.push({ field: `${here}.end`, message });
    } else if (splits(text, start)) {
      faults.push({ field: `${here}.start`, message: 'is in the middle of a character' });
    } else if (splits(text, end)) {
      faults.push({ field: `${here}.end`, message: 'is in the middle of a character' });
    }
  }
  if (question.overlap) return faults;
  const inOrder = spans.sort((a, b) => a.start - b.start);
  let reached = { end: 0, at: -1 };
  for (const span of inOrder) {
    if (span.start < reached.end) {
      const message = `overlaps the one at ${reached.at}, which this question does not allow`;
      faults.push({ field: `${field}.${span.at}`, message });
    }
    if (span.end > reached.end) reached = span;
  }
  return faults;
}

/** Whether a place is between the two halves of a surrogate pair. */
const splits = (text: string, place: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(place - 1, place + 1)) && place > 0;

const textOf = (parts: readonly Part[], name: string): string | undefined => {
  const part = parts.find((one) => one.name === name);
  return part?.kind === 'text' || part?.kind === 'prose' ? part.text : undefined;
};

const partFault = (question: Marking, parts: readonly Part[]): string | undefined => {
  const { kind, part } = question;
  if (kind === 'span' && textOf(parts, part) === undefined) return `no text "${part}" is shown`;
  if (!parts.some(({ name }) => name === part)) return `no part "${part}" is shown`;
  return undefined;
};

/** Questions that ask to mark what is not shown, by their place in the form: nobody could answer
 *  such a case. */
export const unmarkable = (
  { questions }: Form,
  parts: readonly Part[],
): { at: number; part: string; message: string }[] =>
  questions.flatMap((question, at) => {
    const message = isMarking(question) ? partFault(question, parts) : undefined;
    return isMarking(question) && message ? [{ at, part: question.part, message }] : [];
  });

export const asksForMarks = ({ questions }: Form): boolean => questions.some(isMarking);
