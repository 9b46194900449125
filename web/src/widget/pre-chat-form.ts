import type { PreChatForm } from '@wheelhouse/core';
import { button, make } from './elements.ts';
import { type Field, fieldOf, needs } from './pre-chat-fields.ts';
import type { Answers, ChatState } from './state.ts';
import type { Words } from './words.ts';

interface Acts {
  answer(values: Answers): void;
  skip(): void;
  /** What is filled in so far, and what was before a reload. */
  keep(values: Answers | undefined): void;
  kept(): Answers;
}

/** What is asked before the first message, in place of where one writes. What is filled in stays until
 *  it has arrived, also when the server refuses one answer and the form comes back. */
export class FirstForm {
  readonly element = make('form', 'first');
  #words: Words;
  #acts: Acts;
  #of: PreChatForm | undefined;
  #person = 0;
  #fields: Field[] = [];
  #faults: ChatState['answer_faults'] = [];

  constructor(words: Words, acts: Acts) {
    this.#words = words;
    this.#acts = acts;
    this.element.noValidate = true;
    this.element.hidden = true;
    this.element.setAttribute('aria-labelledby', 'first');
    this.element.addEventListener('input', () => this.#acts.keep(this.#values()));
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  get shown(): boolean {
    return !this.element.hidden;
  }

  focus(): void {
    this.#fields[0]?.focus();
  }

  /** There while something is to be asked and no conversation has begun. */
  draw(state: ChatState, here: string | undefined): void {
    const { form, answers, asked, answer_faults, person } = state;
    const other = person !== this.#person;
    this.#person = person;
    if (form && (other || JSON.stringify(form) !== JSON.stringify(this.#of))) this.#build(form);
    if (asked && this.#of) {
      this.#of = undefined;
      this.#acts.keep(undefined);
    }
    this.element.hidden = !form || answers !== undefined || here !== undefined;
    if (answer_faults === this.#faults) return;
    this.#faults = answer_faults;
    this.#say(answer_faults.map((name) => [name, this.#words.first_wrong]));
  }

  #build(form: PreChatForm): void {
    this.#of = form;
    const words = this.#words;
    const title = make('strong', '', form.title ?? words.first);
    title.id = 'first';
    title.dir = 'auto';
    this.#fields = form.questions.map((question, at) => fieldOf(words, question, at));
    const before = this.#acts.kept();
    for (const { name, fill } of this.#fields) {
      const value = before[name];
      if (value !== undefined) fill(value);
    }
    const start = make('button', 'start', words.first_start);
    const acts = make('div', 'acts', start);
    if (form.skippable) acts.append(button('skip', words.first_skip, () => this.#acts.skip()));
    const instructions = make('p', 'fine', form.instructions ?? '');
    instructions.hidden = !form.instructions;
    this.element.replaceChildren(
      title,
      instructions,
      ...this.#fields.map(({ element }) => element),
      acts,
    );
  }

  #submit(): void {
    const words = this.#words;
    const required = new Set(this.#of?.questions.filter(needs).map(({ name }) => name));
    const faults = this.#fields.flatMap(({ name, value, wrong }): [string, string][] => {
      const fault = value() === undefined && required.has(name) ? words.first_needed : wrong();
      return fault ? [[name, fault]] : [];
    });
    this.#say(faults);
    if (faults.length) return;
    this.#acts.answer(this.#values());
  }

  #values(): Answers {
    const values: Answers = {};
    for (const { name, value } of this.#fields) {
      const said = value();
      if (said !== undefined) values[name] = said;
    }
    return values;
  }

  /** Each fault at its field, and the first of them in hand. */
  #say(faults: [name: string, words: string][]): void {
    const said = new Map(faults);
    for (const { name, fault } of this.#fields) fault(said.get(name) ?? '');
    if (this.shown) this.#fields.find(({ name }) => said.has(name))?.focus();
  }
}
