import {
  type Case,
  checkValues,
  type FieldFault,
  type Form,
  isRefusal,
  type Json,
  type JsonObject,
  type Question,
  type Values,
  verdictQuestion,
} from '@wheelhouse/core';

type Asked = Pick<Case, 'form' | 'parts'>;

/** What is wrong with an answer so far, field by field (`values.NAME`), as the server would say. */
export function answerFaults({ form, parts }: Asked, values: Values): FieldFault[] {
  try {
    checkValues(form, values, parts);
    return [];
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    return refusal.facts.errors as FieldFault[];
  }
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** What stands at a dotted path of the output, as far as the case shows it. A content that the form
 *  itself asks for is shown as the suggestion; other content stands among the parts.
 *  @param path such as `content.reply`; `content` alone is the whole
 *  @returns undefined when the case does not show it */
export function shownAt(
  shown: Pick<Case, 'parts' | 'suggestion' | 'form'>,
  path: string,
): Json | undefined {
  const [head = '', ...steps] = path.split('.');
  if (head === 'content') return contentAt(shown, steps);
  const part = shown.parts.find(({ name }) => name === (head === '' ? 'input' : head));
  if (!part) return undefined;
  if (part.kind === 'json') return reach(part.value, steps);
  if (part.kind !== 'text' && part.kind !== 'prose') return undefined;
  return steps.length === 0 || (steps.length === 1 && steps[0] === 'text') ? part.text : undefined;
}

function contentAt(
  { parts, suggestion, form }: Pick<Case, 'parts' | 'suggestion' | 'form'>,
  steps: string[],
) {
  const part = parts.find(({ name }) => name === 'content');
  if (part?.kind === 'prose') {
    return steps.length === 0 || (steps.length === 1 && steps[0] === 'text')
      ? part.text
      : undefined;
  }
  if (part?.kind === 'json') return reach(part.value, steps);
  if (!suggestion) return undefined;
  if (steps.length) return reach(suggestion.values, steps);
  const asked = form.questions.filter(({ kind }) => kind !== 'verdict');
  const only = asked[0];
  return asked.length === 1 && only ? suggestion.values[only.name] : suggestion.values;
}

const reach = (value: Json, steps: string[]): Json | undefined =>
  steps.reduce<Json | undefined>(
    (place, step) => (isObject(place) && Object.hasOwn(place, step) ? place[step] : undefined),
    value,
  );

/** The text that a text question corrects; undefined when it asks for new text. */
export function originalText(
  shown: Pick<Case, 'parts' | 'suggestion' | 'form'>,
  question: Question,
): string | undefined {
  if (question.kind !== 'text' || !question.original) return undefined;
  const found = shownAt(shown, question.original);
  return typeof found === 'string' ? found : undefined;
}

/** What an answer starts from: nothing, but the text where a text is to be corrected. */
export function firstValues(shown: Pick<Case, 'parts' | 'suggestion' | 'form'>): Values {
  const values: Values = {};
  for (const question of shown.form.questions) {
    const original = originalText(shown, question);
    if (original !== undefined) values[question.name] = original;
  }
  return values;
}

/** What the AI says to the questions, where that is more than the answer starts from; null when there
 *  is nothing to take over. */
export function takeable(shown: Pick<Case, 'parts' | 'suggestion' | 'form'>): Values | null {
  if (!shown.suggestion) return null;
  const first = firstValues(shown);
  const said = shown.form.questions.flatMap(({ kind, name }): [string, Json][] => {
    const value = shown.suggestion?.values[name];
    const known = value === undefined || kind === 'verdict' || value === first[name];
    return known ? [] : [[name, value]];
  });
  return said.length ? Object.fromEntries(said) : null;
}

/** What is wrong with a question's answer, in the words of the desk: what is still to be done. */
export function faultWords(question: Question, value: Json | undefined, message: string): string {
  if (question.kind === 'ranking' && Array.isArray(value)) {
    const left = question.options.filter((option) => !value.includes(option.value));
    const labels = left.map((option) => option.label ?? option.value);
    if (labels.length) return `Still to be placed: ${labels.join(', ')}.`;
  }
  const empty = value === undefined || value === '' || (Array.isArray(value) && !value.length);
  if (!empty) return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  switch (question.kind) {
    case 'choice':
      return question.multiple ? 'Choose at least one.' : 'Choose one.';
    case 'rating':
      return `Give a number from ${question.min} to ${question.max}.`;
    case 'text':
      return 'Write something here.';
    case 'ranking':
      return 'Place each of them, best first.';
    default:
      return 'This is still to be answered.';
  }
}

/** The same answer with a verdict: only an edit carries what it changes to, only a rejection a
 *  reason. */
export function withVerdict(
  form: Form,
  values: Values,
  verdict: 'approve' | 'edit' | 'reject',
  more: Values = {},
): Values {
  const asked = verdictQuestion(form);
  if (!asked) return values;
  const own: Values = {};
  for (const { name } of form.questions) {
    const value = values[name];
    if (value !== undefined) own[name] = value;
  }
  return { ...own, [asked.name]: verdict, ...more };
}

/** The same answer with the verdict, and what it carries, taken back. */
export function withoutVerdict(form: Form, values: Values): Values {
  const verdict = verdictQuestion(form);
  const own = form.questions.filter(
    ({ name }) => name !== verdict?.name && values[name] !== undefined,
  );
  return Object.fromEntries(own.map(({ name }) => [name, values[name] as Json]));
}

export interface OptionRow {
  value: string;
  label: string;
  description?: string | undefined;
  /** The model's probability 0..1; null when it gave none. */
  score: number | null;
  /** Its digit key, 1 to 9. */
  digit: number | null;
}

/** More options than there are digits are found by typing. */
export const digits_most = 9;
const likely_most = 5;

/** Options as they are shown. Up to nine stand in the form's order, each with a digit. Of more, the
 *  model's five likeliest come first and have the digits; without scores the first nine do. */
export function optionRows(
  options: readonly {
    value: string;
    label?: string | undefined;
    description?: string | undefined;
  }[],
  scores: Record<string, number> | null,
): { likely: OptionRow[]; rest: OptionRow[] } {
  const rows = options.map(({ value, label, description }) => ({
    value,
    label: label ?? value,
    description,
    score: scores && Object.hasOwn(scores, value) ? (scores[value] ?? null) : null,
    digit: null as number | null,
  }));
  const numbered = (list: OptionRow[]) =>
    list.map((row, at) => ({ ...row, digit: at < digits_most ? at + 1 : null }));
  if (rows.length <= digits_most) return { likely: [], rest: numbered(rows) };
  const scored = rows.filter(({ score }) => score !== null && score > 0);
  if (!scored.length) return { likely: [], rest: numbered(rows) };
  const likely = scored.sort((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, likely_most);
  return { likely: numbered(likely), rest: rows.filter((row) => !likely.includes(row)) };
}

/** Options whose words all stand in label or value, in any order. */
export function findOptions(rows: readonly OptionRow[], query: string): OptionRow[] {
  const words = query
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
  return rows.filter(({ label, value }) => {
    const text = `${label} ${value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
