import type { Answers } from './state.ts';

interface Written {
  /** Half a sentence. */
  text?: string | undefined;
  /** Half a form. */
  form?: Answers | undefined;
}

/** What is written and not said yet. It outlives a reload and a way back, in its own tab alone: what one
 *  is at in another is something else. */
export class Draft {
  #name = '';
  #written: Written = {};

  get text(): string {
    return this.#written.text ?? '';
  }
  get form(): Answers {
    return this.#written.form ?? {};
  }

  /** Under which name it is kept of a person. */
  static nameOf = (person: string): string => `draft ${person}`;

  /** From now on of this person. */
  recall(name: string): void {
    this.#name = Draft.nameOf(name);
    this.#written = {};
    try {
      this.#written = JSON.parse(sessionStorage.getItem(this.#name) ?? '{}');
    } catch {
      // A browser may keep nothing for a page.
    }
  }

  keep(change: Written): void {
    this.#written = { ...this.#written, ...change };
    try {
      if (this.#written.text || this.#written.form) {
        sessionStorage.setItem(this.#name, JSON.stringify(this.#written));
      } else sessionStorage.removeItem(this.#name);
    } catch {
      // It then lasts as long as the page.
    }
  }
}
