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
  /** Says that there is more below what is read, and leads there. */
  readonly below: HTMLElement;
  /** Whether its end is read. Only a hand that scrolls takes it away: what makes the log longer, or less
   *  of it seen, does not. */
  #at_end = true;
  #top = 0;
  #last_seq = 0;
  #end_seq = 0;
  readonly #sizes = new ResizeObserver(() => this.#at_end && this.toEnd());

  constructor(words: Words, acts: LogActs) {
    this.#words = words;
    this.#acts = acts;
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-live', 'polite');
    this.element.setAttribute('aria-label', words.title);
    this.element.tabIndex = 0;
    this.element.addEventListener('scroll', () => this.#scrolled());
    this.#sizes.observe(this.element);
    const more = button('small', words.below, () => {
      this.toEnd();
      this.element.focus();
    });
    this.below = make('div', 'below', more);
    this.below.hidden = true;
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.#top = this.element.scrollTop;
    this.#reach(true);
  }

  #scrolled(): void {
    const { scrollTop } = this.element;
    this.#reach(this.#near() || (this.#at_end && scrollTop >= this.#top));
    this.#top = scrollTop;
  }

  #reach(end: boolean): void {
    this.#at_end = end;
    if (end) {
      this.#end_seq = this.#last_seq;
      this.below.hidden = true;
    }
  }

  #near(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < near_px;
  }

  draw(state: ChatState, here: string | undefined): void {
    this.#at_end ||= this.#near();
    this.#place(this.#rows(state, here));
    for (const { update } of this.#drawn.values()) update?.(state);
    const { chat } = state;
    if (chat?.streaming) {
      drawWritten(this.#drawn.get(`${chat.streaming.id} writing`)?.element, chat.streaming.text);
    }
    this.#last_seq = state.messages.at(-1)?.seq ?? 0;
    if (this.#at_end) this.toEnd();
    else this.below.hidden = this.#last_seq <= this.#end_seq;
  }

  /** Each row under a name, and how it is drawn when it is new. */
  #rows(state: ChatState, here: string | undefined) {
    const { bot, chat, messages, uploads, files } = state;
    const outbox = [...state.elsewhere, ...state.outbox];
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
      this.#sizes.unobserve(element);
      this.#drawn.delete(key);
    }
    let before: Element | null = null;
    for (const [key, draw] of rows) {
      const known = this.#drawn.get(key);
      const drawn = known ?? draw();
      this.#drawn.set(key, drawn);
      if (!known) this.#sizes.observe(drawn.element);
      const place: Element | null = before
        ? before.nextElementSibling
        : this.element.firstElementChild;
      if (place !== drawn.element) this.element.insertBefore(drawn.element, place);
      before = drawn.element;
    }
  }
}
