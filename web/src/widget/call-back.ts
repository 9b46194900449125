import type { CallBackSubmission, Chat } from '@wheelhouse/core';
import type { CallBackWords } from './call-back-words.ts';
import { make } from './elements.ts';

/** Where a customer leaves how they can be called back: a line that unfolds into a small form. */
export class CallBackForm {
  readonly element = make('details', 'call-back');
  #words: CallBackWords;
  #leave: (left: CallBackSubmission) => Promise<void>;
  #fault = make('div', 'fault');
  #send = make('button', 'pick');
  #phone: HTMLInputElement;
  #email: HTMLInputElement;
  #time: HTMLInputElement;

  constructor(words: CallBackWords, leave: (left: CallBackSubmission) => Promise<void>) {
    this.#words = words;
    this.#leave = leave;
    this.#phone = field('tel', 'tel', 40);
    this.#email = field('email', 'email', 320);
    this.#time = field('text', 'off', 200);
    this.#fault.setAttribute('role', 'alert');
    this.#send.textContent = words.call_back_leave;
    const form = make(
      'form',
      '',
      labelled(words.call_back_phone, this.#phone),
      labelled(words.call_back_email, this.#email),
      labelled(words.call_back_time, this.#time),
      this.#fault,
      this.#send,
    );
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.element.hidden = true;
    this.element.append(make('summary', '', words.call_back), form);
  }

  /** There while it is offered. It says once that something was left, and stays out of the way then. */
  draw(state: Chat['call_back']): void {
    this.element.hidden = state !== 'offered';
  }

  async #submit(): Promise<void> {
    const left = filled({
      phone: this.#phone.value,
      email: this.#email.value,
      time: this.#time.value,
    });
    this.#fault.textContent = '';
    if (!left.phone && !left.email) {
      this.#fault.textContent = this.#words.call_back_need;
      this.#phone.focus();
      return;
    }
    this.#send.disabled = true;
    try {
      await this.#leave(left);
    } catch {
      this.#fault.textContent = this.#words.call_back_failed;
    }
    this.#send.disabled = false;
  }
}

const filled = (all: Record<'phone' | 'email' | 'time', string>): CallBackSubmission =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
  );

function field(type: string, autocomplete: AutoFill, longest: number): HTMLInputElement {
  const input = make('input');
  input.type = type;
  input.autocomplete = autocomplete;
  input.maxLength = longest;
  return input;
}

const labelled = (words: string, input: HTMLInputElement): HTMLLabelElement =>
  make('label', '', words, input);
