import type { ChatMessage } from '@wheelhouse/core';
import { CallBackForm } from './call-back.ts';
import type { VisitorChat } from './chat.ts';
import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import { link, rendered } from './markdown.ts';
import type { Outgoing } from './memory.ts';
import type { ChatState } from './state.ts';
import { style } from './style.ts';
import { backIn, placeIn } from './wait.ts';
import { WhoAnswers } from './who.ts';
import type { Words } from './words.ts';
import { drawWritten, writingRow } from './writing.ts';

/** Draws a chat into a shadow root and hears what is done in it. */
export class ChatView {
  #root: ShadowRoot;
  #chat: VisitorChat;
  #words: Words;
  #panel = make('section', 'panel');
  #who: WhoAnswers;
  #typing = make('div', 'typing');
  #person = 0;
  #log = make('div', 'log');
  #note = make('div', 'note');
  #ask: HTMLButtonElement;
  #call_back: CallBackForm;
  #text = make('textarea');
  #send: HTMLButtonElement;
  #launch: HTMLButtonElement;
  #unread = make('span', 'unread');
  #seen_seq = 0;
  #drawn = new Map<string, HTMLElement>();

  constructor(root: ShadowRoot, chat: VisitorChat, words: Words) {
    this.#root = root;
    this.#chat = chat;
    this.#words = words;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#who = new WhoAnswers(words);
    this.#ask = button('ask', words.ask, () => void chat.askForPerson().catch(() => {}));
    this.#call_back = new CallBackForm(words, (left) => chat.leaveCallBack(left));
    this.#send = button('send', words.send, () => this.#say(), icon('send'));
    this.#launch = button('launch', words.open, () => this.toggle(), icon('chat'));
    this.#launch.append(this.#unread);
    this.#build();
    chat.on((state) => this.#draw(state));
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  toggle(open = !this.isOpen): void {
    this.#panel.hidden = !open;
    (this.#root.host as HTMLElement).toggleAttribute('open', open);
    this.#launch.setAttribute('aria-expanded', String(open));
    this.#launch.setAttribute('aria-label', open ? this.#words.close : this.#words.open);
    if (open) {
      void this.#chat.open();
      this.#draw(this.#chat.state);
      this.#log.scrollTop = this.#log.scrollHeight;
      this.#text.focus();
    } else this.#launch.focus();
  }

  /** Opens it with words in its field, for the customer to send or change. */
  write(text: string): void {
    this.toggle(true);
    this.#text.value = text;
    this.#weigh();
  }

  #build(): void {
    const words = this.#words;
    const shut = button('shut', words.close, () => this.toggle(false), icon('close'));
    this.#panel.setAttribute('role', 'dialog');
    this.#panel.setAttribute('aria-label', words.title);
    this.#panel.hidden = true;
    this.#log.setAttribute('role', 'log');
    this.#log.setAttribute('aria-live', 'polite');
    this.#log.setAttribute('aria-label', words.title);
    this.#log.tabIndex = 0;
    this.#note.setAttribute('role', 'status');
    this.#text.rows = 1;
    this.#text.maxLength = 8_000;
    this.#text.placeholder = words.write;
    this.#text.setAttribute('aria-label', words.write);
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#say();
    });
    this.#text.addEventListener('input', () => {
      this.#weigh();
      this.#chat.types();
    });
    const form = make('form', '', this.#text, this.#send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say();
    });
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.toggle(false);
      // The host page's own keys do not hear what is typed here.
      event.stopPropagation();
    });
    const header = make('header', '', this.#who.head, shut);
    this.#typing.append(make('span', 'dots', make('i'), make('i'), make('i')), words.typing);
    this.#panel.append(
      header,
      this.#who.about,
      this.#log,
      this.#typing,
      this.#ask,
      this.#call_back.element,
      this.#note,
      form,
    );
    this.#root.append(this.#panel, this.#launch);
    this.#launch.setAttribute('aria-expanded', 'false');
    this.#weigh();
  }

  #weigh(): void {
    this.#send.disabled = this.#text.value.trim() === '';
  }

  #say(): void {
    const text = this.#text.value.trim();
    if (!text) return;
    this.#text.value = '';
    this.#weigh();
    this.#chat.say({ kind: 'text', text });
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #draw(state: ChatState): void {
    if (state.person !== this.#person) {
      this.#person = state.person;
      this.#text.value = '';
      this.#seen_seq = 0;
    }
    this.#drawOwner(state);
    const at_end = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 60;
    this.#drawLog(state);
    if (at_end) this.#log.scrollTop = this.#log.scrollHeight;
    const last = state.messages.at(-1)?.seq ?? 0;
    if (this.isOpen || !this.#seen_seq) this.#seen_seq = last;
    const unread = state.messages.filter(
      ({ seq, author_kind }) => seq > this.#seen_seq && author_kind !== 'contact',
    ).length;
    this.#unread.hidden = unread === 0;
    this.#unread.textContent = String(unread);
  }

  #drawOwner(state: ChatState): void {
    const { chat, online, barred } = state;
    const words = this.#words;
    const kind = chat?.owner.kind ?? 'bot';
    this.#who.draw(state);
    this.#call_back.draw(chat?.call_back ?? null);
    this.#typing.hidden = !chat?.typing || !online;
    this.#ask.hidden = kind !== 'bot' || !chat;
    const waits =
      chat?.owner.kind === 'queue' ? placeIn(words, chat.ahead, chat.wait_ms, chat.back_at) : '';
    this.#note.textContent = barred ? words.sign_in : online ? waits : words.offline;
    this.#note.hidden = this.#note.textContent === '';
  }

  /** Only what changed is drawn: a reader of the screen hears what is new, and nothing twice. */
  #drawLog({ bot, chat, messages, outbox }: ChatState): void {
    const rows: [string, () => HTMLElement][] = [];
    if (bot?.greeting && (messages[0]?.seq ?? 1) === 1) {
      rows.push(['greeting', () => this.#greeting(bot.title, bot.greeting as string)]);
    }
    for (const one of messages) rows.push([one.id, () => this.#message(one)]);
    const last = messages.at(-1);
    if (last?.author_kind === 'contact' && (chat?.team_read_seq ?? 0) >= last.seq) {
      rows.push([`seen ${last.seq}`, () => make('div', 'seen', this.#words.seen)]);
    }
    const writing = chat?.streaming;
    if (writing && !messages.some(({ id }) => id === writing.id)) {
      rows.push([
        `${writing.id} writing`,
        () => writingRow(`${chat.owner.name} · ${this.#words.ai}`),
      ]);
    }
    for (const one of outbox) {
      rows.push([`${one.id} ${one.failed}`, () => this.#outgoing(one)]);
    }
    const wanted = new Set(rows.map(([key]) => key));
    for (const [key, element] of this.#drawn) {
      if (wanted.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
    let before: Element | null = null;
    for (const [key, draw] of rows) {
      const element = this.#drawn.get(key) ?? draw();
      this.#drawn.set(key, element);
      const place: Element | null = before
        ? before.nextElementSibling
        : this.#log.firstElementChild;
      if (place !== element) this.#log.insertBefore(element, place);
      before = element;
    }
    if (writing) drawWritten(this.#drawn.get(`${writing.id} writing`), writing.text);
  }

  #greeting(title: string, text: string): HTMLElement {
    const by = make('div', 'by', icon('bot'), `${title} · ${this.#words.ai}`);
    return make('div', 'row bot', by, make('div', 'bubble', rendered(text)));
  }

  #outgoing({ body, failed }: Outgoing): HTMLElement {
    const text = body.kind === 'text' ? body.text : '';
    const row = make('div', 'row mine waits', make('div', 'bubble', rendered(text)));
    if (failed) row.append(button('again', this.#words.failed, () => this.#chat.retry()));
    else row.append(make('div', 'by', this.#words.sending));
    return row;
  }

  #message(message: ChatMessage): HTMLElement {
    const { body, author_kind, author_name, approved, citations } = message;
    const words = this.#words;
    if (body.kind === 'line') {
      const text = {
        taken: words.taken,
        handed_off: `${words.asked} ${backIn(words, body.back_at ?? null)}`.trim(),
        handed_back: words.handed_back,
        nobody_came: words.nobody_came,
        paused: words.paused,
        still_waiting: placeIn(words, body.ahead ?? null, body.wait_ms ?? null, null),
        silent: words.silent,
        call_back_offered: words.call_back_offered,
        call_back_asked: words.call_back_asked,
        resolved: words.resolved,
      }[body.line];
      return make('div', 'line', text.replace('{name}', body.name ?? words.person));
    }
    const mine = author_kind === 'contact';
    const row = make('div', `row ${mine ? 'mine' : author_kind}`);
    if (!mine) {
      const kind = author_kind === 'member' ? words.person : approved ? words.approved : words.ai;
      const by = `${author_name ?? ''} · ${kind}`;
      row.append(make('div', 'by', icon(author_kind === 'member' ? 'member' : 'bot'), by));
    }
    const bubble = make('div', 'bubble');
    if ('text' in body && body.text) bubble.append(rendered(body.text));
    if (body.kind === 'card') bubble.prepend(make('strong', '', body.title));
    if (body.kind === 'image' || body.kind === 'audio' || body.kind === 'file') {
      bubble.append(link(body.name ?? body.url, body.url));
    }
    if (body.kind === 'location') {
      bubble.append(body.label ?? `${body.latitude}, ${body.longitude}`);
    }
    row.append(bubble);
    if (message.cut) row.append(make('div', 'cites', `… ${words.cut}`));
    if (citations.length) row.append(this.#cites(citations));
    if (body.kind === 'buttons' || body.kind === 'card') row.append(this.#picks(body.buttons));
    return row;
  }

  #picks(buttons: { label: string; value?: string | undefined }[]): HTMLElement {
    const picks = buttons.map(({ label, value }) =>
      button('pick', label, () => this.#chat.say({ kind: 'text', text: value ?? label })),
    );
    return make('div', 'picks', ...picks);
  }

  #cites(citations: ChatMessage['citations']): HTMLElement {
    const line = make('div', 'cites', `${this.#words.source}: `);
    citations.forEach(({ title, url }, at) => {
      if (at) line.append(', ');
      line.append(url ? link(title, url) : title);
    });
    return line;
  }
}
