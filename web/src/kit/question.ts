import type { Form, Question, QuestionKind } from '@wheelhouse/core';

export const kind_words: Record<QuestionKind, string> = {
  choice: 'Choice',
  rating: 'Rating or number',
  text: 'Text',
  ranking: 'Ranking',
  span: 'Marks in a text',
  region: 'Marks in a picture or sound',
  verdict: 'Verdict: approve, edit, reject',
};

const two = [{ value: 'yes' }, { value: 'no' }];

/** A new question of a kind. Its name is the first that the form does not have yet. */
export function newQuestion(kind: QuestionKind, form: Form | undefined): Question {
  const taken = new Set(form?.questions.map(({ name }) => name));
  let name = kind as string;
  for (let number = 2; taken.has(name); number++) name = `${kind}_${number}`;
  return shaped(kind, { name, required: true });
}

type Base = Pick<Question, 'name' | 'title' | 'help' | 'required'>;

/** The same question as another kind: its name and words stay, and its options where both have
 *  some. */
export function withKind(question: Question, kind: QuestionKind): Question {
  const { name, title, help, required } = question;
  const base: Base = {
    name,
    required,
    ...(title === undefined ? {} : { title }),
    ...(help === undefined ? {} : { help }),
  };
  return shaped(kind, base, optionsOf(question));
}

/** The options or labels of a question, where its kind has some. */
export const optionsOf = (question: Question) =>
  'options' in question
    ? question.options
    : question.kind === 'span' || question.kind === 'region'
      ? question.labels
      : undefined;

type Options = NonNullable<ReturnType<typeof optionsOf>>;

function shaped(kind: QuestionKind, base: Base, options: Options = two): Question {
  switch (kind) {
    case 'choice':
      return { ...base, kind, options, multiple: false };
    case 'rating':
      return { ...base, kind, min: 1, max: 5, step: 1 };
    case 'text':
      return { ...base, kind, multiline: true, max_length: 10_000 };
    case 'ranking':
      return { ...base, kind, options: options.slice(0, 50) };
    case 'span':
      return { ...base, kind, part: 'input', labels: options.slice(0, 200), overlap: false };
    case 'region':
      return { ...base, kind, part: 'input', labels: options.slice(0, 200), shape: 'box' };
    case 'verdict':
      return { ...base, kind, edit: 'content', reject_reason: 'optional' };
  }
}

/** Options as lines of text, `value` or `value: label`, which is how long lists are pasted. */
export const optionLines = (options: Options): string =>
  options.map(({ value, label }) => (label ? `${value}: ${label}` : value)).join('\n');

/** Reads them back; descriptions, which the lines do not say, are kept by value (rule K16). */
export function optionsFromLines(lines: string, before: Options): Options {
  const kept = new Map(before.map((option) => [option.value, option]));
  const seen = new Set<string>();
  const options: Options = [];
  for (const line of lines.split('\n')) {
    const colon = line.indexOf(': ');
    const value = (colon < 0 ? line : line.slice(0, colon)).trim();
    const label = colon < 0 ? '' : line.slice(colon + 2).trim();
    if (!value || seen.has(value)) continue;
    seen.add(value);
    const description = kept.get(value)?.description;
    options.push({
      value,
      ...(label ? { label } : {}),
      ...(description === undefined ? {} : { description }),
    });
  }
  return options;
}
