import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

/** Where the customer writes. */
export class Composer {
  readonly element: HTMLFormElement;
  #text = make('textarea');
  #send: HTMLButtonElement;
  #say: (text: string) => void;

  constructor(
    words: Words,
    acts: { say(text: string): void; types(): void; share(files: File[]): void },
  ) {
    this.#say = acts.say;
    this.#send = button('send', words.send, () => this.#go(), icon('send'));
    this.#text.rows = 1;
    this.#text.maxLength = 8_000;
    this.#text.placeholder = words.write;
    this.#text.setAttribute('aria-label', words.write);
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#go();
    });
    this.#text.addEventListener('input', () => {
      this.#weigh();
      acts.types();
    });
    this.#text.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      acts.share(files);
    });
    const pick = make('input');
    pick.type = 'file';
    pick.multiple = true;
    pick.hidden = true;
    pick.addEventListener('change', () => {
      acts.share([...(pick.files ?? [])]);
      pick.value = '';
    });
    const attach = button('attach', words.attach, () => pick.click(), icon('attach'));
    attach.title = words.attach;
    this.element = make('form', '', attach, pick, this.#text, this.#send);
    this.element.addEventListener('submit', (event) => event.preventDefault());
    this.#weigh();
  }

  focus(): void {
    this.#text.focus();
  }

  write(text: string): void {
    this.#text.value = text;
    this.#weigh();
  }

  #weigh(): void {
    this.#send.disabled = this.#text.value.trim() === '';
  }

  #go(): void {
    const text = this.#text.value.trim();
    if (!text) return;
    this.write('');
    this.#say(text);
  }
}
