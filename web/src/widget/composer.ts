import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import type { Words } from './words.ts';

interface Acts {
  say(text: string): void;
  types(): void;
  share(files: File[]): void;
  /** What stands there, and is not said yet. */
  keep(text: string): void;
}

/** The server takes no longer message. */
const most_letters = 8_000;
/** From so many on it is said how many are left. */
const many_letters = 7_500;

/** Where the customer writes. What is too long is not sent, and nothing of it is lost. */
export class Composer {
  readonly element: HTMLFormElement;
  #text = make('textarea');
  /** How much more fits, near the end of it. */
  readonly limit = make('div', 'limit');
  #words: Words;
  #send: HTMLButtonElement;
  #acts: Acts;

  constructor(words: Words, acts: Acts) {
    this.#words = words;
    this.#acts = acts;
    this.#send = button('send', words.send, () => this.#go(), icon('send'));
    this.#text.rows = 1;
    this.limit.id = 'limit';
    this.limit.setAttribute('role', 'status');
    this.#text.setAttribute('aria-describedby', 'limit');
    this.#text.placeholder = words.write;
    this.#text.setAttribute('aria-label', words.write);
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#go();
    });
    this.#text.addEventListener('input', () => {
      this.#weigh();
      acts.keep(this.#text.value);
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
    this.#acts.keep(text);
    this.#weigh();
  }

  #weigh(): void {
    const { length } = this.#text.value.trim();
    const over = length > most_letters;
    this.#send.disabled = length === 0 || over;
    this.#text.setAttribute('aria-invalid', String(over));
    const words = over ? this.#words.over : length > many_letters ? this.#words.left : '';
    this.limit.textContent = words.replace('{n}', String(Math.abs(most_letters - length)));
    this.limit.hidden = words === '';
    this.limit.toggleAttribute('data-over', over);
  }

  #go(): void {
    const text = this.#text.value.trim();
    if (!text || text.length > most_letters) return;
    this.write('');
    this.#acts.say(text);
  }
}
