import type { ChatRow } from '@wheelhouse/core';
import { dayOf } from './dates.ts';
import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

interface Acts {
  list(): Promise<ChatRow[]>;
  open(id: string): void;
  back(): void;
}

/** The customer's conversations, to choose one from, in place of the one that was shown. */
export class History {
  readonly element: HTMLElement;
  #words: Words;
  #acts: Acts;
  #rows = make('div', 'rows');
  #back: HTMLButtonElement;

  constructor(words: Words, acts: Acts) {
    this.#words = words;
    this.#acts = acts;
    this.#back = button('shut', words.back_to_chat, () => acts.back(), icon('back'));
    const head = make('div', 'top', this.#back, make('strong', '', words.history));
    this.element = make('section', 'history', head, this.#rows);
    this.element.setAttribute('aria-label', words.history);
    this.element.hidden = true;
  }

  async show(here: string | undefined): Promise<void> {
    this.element.hidden = false;
    this.#back.focus();
    this.#rows.replaceChildren();
    try {
      const rows = (await this.#acts.list()).filter(({ id }) => id !== here);
      this.#rows.replaceChildren(...rows.map((row) => this.#row(row)));
      if (!rows.length) this.#rows.append(make('p', 'fine', this.#words.no_history));
    } catch {
      this.#rows.replaceChildren(make('p', 'fine', this.#words.offline));
    }
  }

  #row({ id, last, state, active_at }: ChatRow): HTMLElement {
    const words = this.#words;
    const day = dayOf(words, new Date(active_at));
    const kind = state === 'open' ? words.open_state : words.ended;
    const row = button('', '', () => this.#acts.open(id));
    row.append(make('span', 'one-line', last || '…'), make('span', 'fine', `${day} · ${kind}`));
    return row;
  }
}
