import type { PreChatForm } from '@wheelhouse/core';
import { make } from './elements.ts';
import type { Words } from './words.ts';

type Question = PreChatForm['questions'][number];
type Value = string | number | string[];

/** One question of a form, as it is filled in. */
export interface Field {
  name: string;
  element: HTMLElement;
  focus(): void;
  /** Undefined while nothing is answered. */
  value(): Value | undefined;
  /** As it was answered before. */
  fill(value: Value): void;
  /** Says what is wrong with it, or nothing any more. */
  fault(words: string): void;
  /** What the browser itself finds wrong with what is typed. */
  wrong(): string | undefined;
}

/** Names that are asked everywhere, with what a browser can fill them from. */
const known: Record<string, [type: string, autocomplete: AutoFill]> = {
  name: ['text', 'name'],
  email: ['email', 'email'],
  phone: ['tel', 'tel'],
};
/** A scale of at most so many steps is picked from. */
const most_steps = 10;

export const needs = ({ required }: Question): boolean => required;

export function fieldOf(words: Words, question: Question, at: number): Field {
  const { name, help } = question;
  const id = `first-${at}`;
  const said = make('span', 'fault');
  said.id = `${id}-fault`;
  said.setAttribute('role', 'alert');
  const helping = make('span', 'fine', help ?? '');
  helping.id = `${id}-help`;
  helping.hidden = !help;
  const input = inputOf(words, question, id);
  const title = make('span', '', titleOf(words, question));
  if (!needs(question)) title.append(make('small', '', ` (${words.first_optional})`));
  title.id = `${id}-title`;
  const { control } = input;
  control.setAttribute('aria-labelledby', title.id);
  control.setAttribute('aria-describedby', help ? `${helping.id} ${said.id}` : said.id);
  if (needs(question) && control.matches('input, select, textarea')) {
    control.setAttribute('aria-required', 'true');
  }
  const element = make(
    control.matches('div') ? 'div' : 'label',
    'asked',
    title,
    helping,
    control,
    said,
  );
  // A question and what is picked from are read the same way, whatever the page's own is.
  element.dir = 'auto';
  return {
    name,
    element,
    focus: input.focus,
    value: input.value,
    fill: input.fill,
    fault(text) {
      said.textContent = text;
      if (text) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    },
    wrong() {
      const email = control instanceof HTMLInputElement && control.type === 'email';
      return email && !control.checkValidity() ? words.first_wrong_email : undefined;
    },
  };
}

function titleOf(words: Words, { name, title }: Question): string {
  const own = words[`first_${name}` as keyof Words];
  return title ?? own ?? name.replaceAll('_', ' ');
}

interface Input {
  control: HTMLElement;
  focus(): void;
  value(): Value | undefined;
  fill(value: Value): void;
}

function inputOf(words: Words, question: Question, id: string): Input {
  if (question.kind === 'choice') {
    const options = question.options.map(({ value, label }) => [value, label ?? value] as const);
    return question.multiple ? picks('checkbox', options, id) : selectOf(words, options);
  }
  if (question.kind === 'rating') {
    const { min, max, step, unit = '' } = question;
    const count = step ? Math.floor((max - min) / step + 1e-9) + 1 : Number.POSITIVE_INFINITY;
    if (count > most_steps) return numberOf(min, max, step);
    const options = Array.from({ length: count }, (_, at) => {
      const value = String(Number((min + at * (step ?? 1)).toPrecision(12)));
      return [value, question.labels?.[value] ?? `${value}${unit && ` ${unit}`}`] as const;
    });
    const input = picks('radio', options, id);
    return {
      ...input,
      value: () => numeric((input.value() as string[] | undefined)?.[0]),
      fill: (value) => input.fill([String(value)]),
    };
  }
  return textOf(question);
}

const typed = (
  control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  value: Input['value'],
): Input => ({
  control,
  value,
  focus: () => control.focus(),
  fill: (before) => {
    control.value = String(before);
  },
});

const numeric = (text: string | undefined) => (text ? Number(text) : undefined);

function textOf(question: Question): Input {
  const lines = question.kind === 'text' && question.multiline && !known[question.name];
  const control = lines ? make('textarea') : make('input');
  if (control instanceof HTMLInputElement) {
    const [type, autocomplete] = known[question.name] ?? ['text', 'off'];
    control.type = type;
    control.autocomplete = autocomplete;
  } else control.rows = 2;
  control.dir = 'auto';
  control.maxLength = question.kind === 'text' ? question.max_length : 0;
  return typed(control, () => control.value.trim() || undefined);
}

function numberOf(min: number, max: number, step: number | null): Input {
  const control = make('input');
  control.type = 'number';
  Object.assign(control, { min: String(min), max: String(max), step: String(step ?? 'any') });
  return typed(control, () => numeric(control.value));
}

type Options = (readonly [value: string, label: string])[];

function selectOf(words: Words, options: Options): Input {
  const control = make('select');
  for (const [value, label] of [['', words.first_choose], ...options] as const) {
    control.append(new Option(label, value));
  }
  return typed(control, () => control.value || undefined);
}

/** Several to pick from, each with its own box. */
function picks(type: 'checkbox' | 'radio', options: Options, name: string): Input {
  const boxes = options.map(([value]) => {
    const box = make('input');
    Object.assign(box, { type, name, value });
    return box;
  });
  const rows = boxes.map((box, at) => make('label', 'choice', box, options[at]?.[1] ?? ''));
  const control = make('div', `choices ${type}`, ...rows);
  control.setAttribute('role', type === 'radio' ? 'radiogroup' : 'group');
  return {
    control,
    focus: () => boxes[0]?.focus(),
    value() {
      const picked = boxes.filter(({ checked }) => checked).map(({ value }) => value);
      return picked.length ? picked : undefined;
    },
    fill(value) {
      for (const box of boxes) box.checked = Array.isArray(value) && value.includes(box.value);
    },
  };
}
