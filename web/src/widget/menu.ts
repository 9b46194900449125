import { button, make } from './elements.ts';
import { icon } from './icons.ts';

/** What is done seldom, behind one button. */
export class Menu {
  readonly element: HTMLElement;
  #open: HTMLButtonElement;
  #list = make('div', 'menu');

  constructor(label: string) {
    this.#open = button('shut', label, () => this.#turn(this.#list.hidden === true), icon('more'));
    this.#open.title = label;
    this.#open.setAttribute('aria-expanded', 'false');
    this.#open.setAttribute('aria-controls', 'menu');
    this.#list.id = 'menu';
    this.#list.hidden = true;
    this.element = make('div', 'more', this.#open, this.#list);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#list.hidden) return;
      event.stopPropagation();
      this.#turn(false);
      this.#open.focus();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget as Node | null)) this.#turn(false);
    });
  }

  /** @returns its button, whose words may change */
  add(label: string, act: () => void): HTMLButtonElement {
    const one = button('', label, () => {
      this.#turn(false);
      act();
    });
    this.#list.append(one);
    return one;
  }

  #turn(open: boolean): void {
    this.#list.hidden = !open;
    this.#open.setAttribute('aria-expanded', String(open));
    if (open) this.#list.querySelector<HTMLElement>('button:not([hidden])')?.focus();
  }
}
