import { remembered, within } from './begin.ts';
import { Draft } from './draft.ts';
import { forget, type Kept } from './memory.ts';
import { type ChatOptions, type ChatState, nameOf, nothing } from './state.ts';
import { sentElsewhere, Tabs } from './tabs.ts';

const longest_ms = 10_000;

/** What is known of the chat of whoever is at the page: drawn as it changes, and kept by the browser,
 *  for a reload and for its other tabs. */
export class Keeping {
  state: ChatState = nothing;
  options: ChatOptions;
  kept: Kept | undefined;
  readonly draft = new Draft();
  readonly tabs: Tabs;
  #name: string;
  #expecting: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<(state: ChatState) => void>();

  /** @param heard called when another tab has kept something */
  constructor(options: ChatOptions, heard: () => void) {
    this.options = options;
    this.#name = nameOf(options);
    this.tabs = new Tabs(heard);
    this.#recall();
  }

  /** The conversation that is shown; undefined while none has begun. */
  get here(): string | undefined {
    return this.kept?.conversation_id;
  }

  on(listener: (state: ChatState) => void): void {
    this.#listeners.add(listener);
    listener(this.state);
  }

  /** Somebody else is at the page, or the same with a fresh word of the host. */
  turnTo(identity: string | undefined): void {
    const { identity: before } = this.options;
    this.options = { ...this.options, identity };
    const name = nameOf(this.options);
    if (before && identity && name === this.#name) return;
    this.#name = name;
    this.kept = undefined;
    this.state = { ...nothing, person: this.state.person + 1 };
    this.#recall();
    this.change({});
  }

  /** Leaves in the browser nothing of anybody but of whom the host says is here, and of whoever is nobody
   *  in particular (rules W24, W115). @returns what the others were let in by */
  forgetOthers(): string[] {
    const nobody = nameOf({ ...this.options, identity: undefined });
    forget('sessionStorage', `${Draft.nameOf(nobody)} `, Draft.nameOf(this.#name));
    return forget('localStorage', `${nobody} `, this.#name);
  }

  change(change: Partial<ChatState>): void {
    const before = this.state.outbox;
    const next = { ...this.state, ...change };
    // What is written before anybody was let in outlives a reload too.
    if (next.outbox.length) this.kept ??= { outbox: [], identity: this.options.identity };
    if (this.kept) {
      const { outbox, judged, form, answers, asked } = next;
      Object.assign(this.kept, { outbox, judged, form, answers, asked });
      next.outbox = this.tabs.keep(this.kept, before);
      this.kept.outbox = next.outbox;
    }
    this.#show(next);
  }

  /** What the browser let in by, and where it talked, counts no more. */
  leave(): void {
    if (!this.kept) return;
    this.tabs.end(this.kept.token, this.kept.conversation_id);
    Object.assign(this.kept, { token: undefined, conversation_id: undefined });
  }

  /** Takes over what other tabs have come to. Nothing that was known is kept again by it: two tabs that
   *  differ would tell each other for ever. */
  catchUp(): void {
    const { here: before } = this;
    const news = this.tabs.meanwhile(this.kept, this.options.identity);
    if (!news) return;
    this.kept = news.kept;
    const { here } = this;
    const elsewhere = sentElsewhere(this.state, news.change.outbox, here);
    this.#show({ ...news.change, elsewhere });
    if (elsewhere.length) this.#expect();
    if (here && !before) this.change({ outbox: within(this.state.outbox, here) });
  }

  /** What another tab has sent stays where it stands until it comes, and no longer than it may take. */
  #expect(): void {
    clearTimeout(this.#expecting);
    this.#expecting = setTimeout(() => this.#show({ elsewhere: [] }), longest_ms);
  }

  #show(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener(this.state);
  }

  #recall(): void {
    this.kept = this.tabs.recall(this.#name);
    this.draft.recall(this.#name);
    if (this.kept) this.state = { ...this.state, ...remembered(this.kept) };
  }
}
