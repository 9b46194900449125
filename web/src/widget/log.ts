import { uploadRow } from './attachment.ts';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import { type Acts, greetingRow, messageRow, outgoingRow } from './message.ts';
import { preferenceQuestion } from './preference.ts';
import { ratingQuestion } from './rating.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';
import { drawWritten, writingRow } from './writing.ts';

const near_px = 60;

interface LogActs extends Acts {
  earlier(): void;
  uploads: { cancel(id: string): void; retry(): void };
}

/** What was said, oldest first. Only what changed is drawn: a reader of the screen hears what is new,
 *  and nothing twice. */
export class Log {
  readonly element = make('div', 'log');
  #words: Words;
  #acts: LogActs;
  #drawn = new Map<string, Drawn>();
  #at_end = true;

  constructor(words: Words, acts: LogActs) {
    this.#words = words;
    this.#acts = acts;
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-live', 'polite');
    this.element.setAttribute('aria-label', words.title);
    this.element.tabIndex = 0;
    this.element.addEventListener('scroll', () => {
      this.#at_end = this.#near();
    });
    // A picture that has come makes the log longer: who read its end still does.
    this.element.addEventListener('load', () => this.#at_end && this.toEnd(), true);
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #near(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < near_px;
  }

  draw(state: ChatState, here: string | undefined): void {
    const at_end = this.#near();
    this.#place(this.#rows(state, here));
    for (const { update } of this.#drawn.values()) update?.(state);
    const { chat } = state;
    if (chat?.streaming) {
      drawWritten(this.#drawn.get(`${chat.streaming.id} writing`)?.element, chat.streaming.text);
    }
    if (at_end) this.toEnd();
  }

  /** Each row under a name, and how it is drawn when it is new. */
  #rows(state: ChatState, here: string | undefined) {
    const { bot, chat, messages, outbox, uploads, files } = state;
    const words = this.#words;
    const rows: [string, () => Drawn][] = [];
    const first = messages[0]?.seq ?? 1;
    if (first > 1) rows.push([`earlier ${first}`, () => this.#earlier()]);
    else if (bot?.greeting) {
      const { title, greeting } = bot;
      rows.push(['greeting', () => greetingRow(words, title, greeting as string)]);
    }
    for (const one of messages) rows.push([one.id, () => messageRow(words, one, this.#acts)]);
    const last = messages.at(-1);
    if (last?.author_kind === 'contact') {
      const state = (chat?.team_read_seq ?? 0) >= last.seq ? words.seen : words.sent;
      rows.push([`${state} ${last.seq}`, () => ({ element: make('div', 'seen', state) })]);
    }
    const writing = chat?.streaming;
    if (writing && !messages.some(({ id }) => id === writing.id)) {
      const by = `${chat.owner.name} · ${words.ai}`;
      rows.push([`${writing.id} writing`, () => ({ element: writingRow(by) })]);
    }
    const asked = chat?.preference;
    const went_on = outbox.some(({ conversation_id: of }) => of === here);
    if (asked && !went_on) {
      const name = `preference ${asked.first.output_id} ${asked.second.output_id}`;
      rows.push([name, () => preferenceQuestion(words, asked, this.#acts.judge)]);
    }
    for (const one of outbox.filter(({ conversation_id: of }) => of === here)) {
      rows.push([`${one.id} ${one.failed}`, () => outgoingRow(words, one, this.#acts)]);
    }
    for (const one of uploads.filter(({ conversation_id: of }) => of === here)) {
      rows.push([
        `${one.id} file`,
        () => uploadRow(words, one, files?.bytes ?? 0, this.#acts.uploads),
      ]);
    }
    const rating = chat?.rating;
    if (rating) {
      const name = `rating ${chat.id} ${chat.seq}`;
      rows.push([name, () => ratingQuestion(words, rating.scale, this.#acts.judge)]);
    }
    return rows;
  }

  #earlier(): Drawn {
    return { element: button('earlier', this.#words.more, () => this.#acts.earlier()) };
  }

  #place(rows: [string, () => Drawn][]): void {
    const wanted = new Set(rows.map(([key]) => key));
    for (const [key, { element }] of this.#drawn) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
    let before: Element | null = null;
    for (const [key, draw] of rows) {
      const drawn = this.#drawn.get(key) ?? draw();
      this.#drawn.set(key, drawn);
      const place: Element | null = before
        ? before.nextElementSibling
        : this.element.firstElementChild;
      if (place !== drawn.element) this.element.insertBefore(drawn.element, place);
      before = drawn.element;
    }
  }
}
