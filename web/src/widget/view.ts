import { CallBackForm } from './call-back.ts';
import type { VisitorChat } from './chat.ts';
import { Composer } from './composer.ts';
import { takeDropped } from './drop.ts';
import { button, make } from './elements.ts';
import { History } from './history.ts';
import { icon } from './icons.ts';
import { Log } from './log.ts';
import { Menu } from './menu.ts';
import { Notice } from './notice.ts';
import { FirstForm } from './pre-chat-form.ts';
import type { ChatState } from './state.ts';
import { style } from './style.ts';
import { placeIn } from './wait.ts';
import { WhoAnswers } from './who.ts';
import type { Words } from './words.ts';

const most_at_once = 10;

/** What the page says of itself. */
interface OfPage {
  title?: string | undefined;
  launcher?: string | undefined;
}

/** Draws a chat into a shadow root and hears what is done in it. */
export class ChatView {
  #root: ShadowRoot;
  #chat: VisitorChat;
  #words: Words;
  #panel = make('section', 'panel');
  #who: WhoAnswers;
  #log: Log;
  #history: History;
  #menu: Menu;
  #composer: Composer;
  #notice = new Notice();
  #typing = make('div', 'typing');
  #note = make('div', 'note');
  #ask: HTMLButtonElement;
  #end: HTMLButtonElement;
  #call_back: CallBackForm;
  #first: FirstForm;
  #launch: HTMLButtonElement;
  #launcher: string | undefined;
  #shut: HTMLButtonElement;
  #unread = make('span', 'unread');
  #person = 0;
  #conversation: string | undefined;
  #seen_seq = 0;
  #last_seq = 0;

  constructor(root: ShadowRoot, chat: VisitorChat, told: Words, page: OfPage) {
    const { title, launcher } = page;
    const words = title ? { ...told, title } : told;
    this.#root = root;
    this.#chat = chat;
    this.#words = words;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#who = new WhoAnswers(words, title);
    this.#ask = button('ask', words.ask, () => void chat.askForPerson().catch(() => {}));
    this.#call_back = new CallBackForm(words, (left) => chat.leaveCallBack(left));
    this.#first = new FirstForm(words, {
      ...chat.asking,
      keep: (form) => chat.draft.keep({ form }),
      kept: () => chat.draft.form,
    });
    this.#log = new Log(words, {
      pick: (text) => {
        this.#say(text);
        this.#composer.focus();
      },
      judge: chat.judge,
      retry: chat.retry,
      turnTo: (id) => this.#turnTo(id),
      fetchFile: chat.uploads.fetchFile,
      uploads: chat.uploads,
      earlier: () => void chat.earlier().catch(() => {}),
    });
    this.#composer = new Composer(words, {
      say: (text) => this.#say(text),
      types: () => chat.types(),
      share: (files) => this.#share(files),
      keep: (text) => chat.draft.keep({ text }),
    });
    this.#composer.write(chat.draft.text);
    this.#history = new History(words, {
      list: () => chat.list(),
      open: (id) => this.#turnTo(id),
      back: () => this.#turnTo(chat.here),
    });
    this.#menu = new Menu(words.menu);
    this.#shut = button('shut', words.close, () => this.toggle(false), icon('close'));
    this.#end = this.#addActs();
    this.#launcher = launcher;
    this.#launch = button('launch', this.#launchWords(false), () => this.toggle(), icon('chat'));
    if (launcher) this.#launch.append(make('span', 'launch-text', launcher));
    this.#launch.append(this.#unread);
    this.#launch.addEventListener('keydown', (event) => this.#shuts(event));
    this.#build();
    chat.on((state) => this.#draw(state));
    document.addEventListener('visibilitychange', () => this.#draw(chat.state));
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  toggle(open = !this.isOpen): void {
    this.#panel.hidden = !open;
    (this.#root.host as HTMLElement).toggleAttribute('open', open);
    this.#launch.setAttribute('aria-expanded', String(open));
    this.#launch.setAttribute('aria-label', this.#launchWords(open));
    if (open) {
      void this.#chat.open();
      this.#draw(this.#chat.state);
      this.#log.toEnd();
      this.#focus();
    } else this.#launch.focus();
  }

  #focus(): void {
    if (this.#chat.state.missing) this.#shut.focus();
    else if (this.#first.shown) this.#first.focus();
    else this.#composer.focus();
  }

  /** What its button says begins with the words that are seen on it. */
  #launchWords(open: boolean): string {
    const does = open ? this.#words.close : this.#words.open;
    return this.#launcher ? `${this.#launcher}: ${does}` : does;
  }

  /** Opens it with words in its field, for the customer to send or change. */
  write(text: string): void {
    this.toggle(true);
    this.#composer.write(text);
  }

  /** @returns the button that ends the conversation, there while there is one to end */
  #addActs(): HTMLButtonElement {
    const { begin, history, end } = this.#words;
    const [menu, chat] = [this.#menu, this.#chat];
    menu.add(begin, () => this.#turnTo(undefined));
    menu.add(history, () => {
      this.#panel.toggleAttribute('data-history', true);
      void this.#history.show(chat.here);
    });
    const soundWords = () => (this.#notice.on ? this.#words.sound_off : this.#words.sound_on);
    const sound = menu.add(soundWords(), () => {
      this.#notice.turn(!this.#notice.on);
      sound.textContent = soundWords();
    });
    return menu.add(end, () => void chat.end().catch(() => {}));
  }

  #turnTo(id: string | undefined): void {
    this.#history.element.hidden = true;
    this.#panel.toggleAttribute('data-history', false);
    this.#chat.turnTo(id);
    this.#focus();
  }

  #build(): void {
    const words = this.#words;
    this.#panel.setAttribute('role', 'dialog');
    this.#panel.setAttribute('aria-label', words.title);
    this.#panel.hidden = true;
    this.#note.setAttribute('role', 'status');
    this.#panel.addEventListener('keydown', (event) => {
      this.#shuts(event);
      // The host page's own keys do not hear what is typed here.
      event.stopPropagation();
    });
    this.#typing.append(make('span', 'dots', make('i'), make('i'), make('i')), words.typing);
    this.#panel.append(
      make('header', '', this.#who.head, this.#menu.element, this.#shut),
      this.#who.about,
      this.#history.element,
      this.#log.element,
      this.#log.below,
      this.#typing,
      this.#ask,
      this.#call_back.element,
      this.#note,
      this.#first.element,
      this.#composer.limit,
      this.#composer.element,
    );
    takeDropped(this.#panel, words.drop, (files) => this.#share(files));
    this.#root.append(this.#panel, this.#launch);
    this.#launch.setAttribute('aria-expanded', 'false');
  }

  #shuts({ key }: KeyboardEvent): void {
    if (key === 'Escape' && this.isOpen) this.toggle(false);
  }

  #share(files: File[]): void {
    for (const file of files.slice(0, most_at_once)) this.#chat.uploads.add(file);
    if (files.length <= most_at_once) return;
    this.#note.textContent = this.#words.too_many.replace('{n}', String(most_at_once));
    this.#note.hidden = false;
  }

  #say(text: string): void {
    this.#chat.say({ kind: 'text', text });
    this.#log.toEnd();
  }

  #draw(state: ChatState): void {
    if (state.person !== this.#person) {
      this.#person = state.person;
      this.#composer.write(this.#chat.draft.text);
    }
    const { here } = this.#chat;
    if (here !== this.#conversation) {
      this.#conversation = here;
      this.#seen_seq = 0;
      this.#last_seq = 0;
    }
    this.#drawFirst(state);
    this.#drawOwner(state);
    this.#log.draw(state, here);
    this.#drawUnread(state);
  }

  /** What is asked first stands where one would write; whoever was there goes on in what has come. */
  #drawFirst(state: ChatState): void {
    const before = this.#first.shown;
    this.#first.draw(state, this.#chat.here);
    const { element } = this.#composer;
    const wrote = !element.hidden;
    element.hidden = this.#first.shown || state.missing;
    const changed = this.#first.shown !== before || wrote === element.hidden;
    if (changed && this.isOpen) this.#focus();
  }

  #drawUnread({ messages, chat }: ChatState): void {
    const last = messages.at(-1)?.seq ?? 0;
    const reads = this.isOpen && !document.hidden;
    if (reads || !this.#seen_seq) this.#seen_seq = last;
    if (reads && last) this.#chat.read(last);
    else this.#chat.delivered(last);
    const fresh = messages.filter(({ author_kind }) => author_kind !== 'contact');
    // A question that waits behind the closed panel is news too.
    const asked = !reads && chat?.preference ? 1 : 0;
    const unread = fresh.filter(({ seq }) => seq > this.#seen_seq).length + asked;
    const replied = fresh.some(
      ({ seq, author_kind }) => seq > this.#last_seq && author_kind !== 'system',
    );
    if (this.#last_seq && replied) this.#notice.sound();
    this.#last_seq = Math.max(this.#last_seq, last);
    this.#unread.hidden = unread === 0;
    this.#unread.textContent = String(unread);
    this.#notice.unread(unread);
  }

  #drawOwner(state: ChatState): void {
    const { bot, chat, online, barred, missing, erased } = state;
    const words = this.#words;
    const kind = chat?.owner.kind ?? 'bot';
    this.#who.draw(state);
    this.#call_back.draw(chat?.call_back ?? null);
    this.#typing.hidden = !chat?.typing || !online;
    // Before the first message too, once what is asked first is answered.
    const asks = chat ? chat.state === 'open' : bot !== undefined && !barred && !missing;
    // While one is being read it is not known yet whether there is somebody to ask for.
    if (chat || !this.#chat.here) this.#ask.hidden = kind !== 'bot' || !asks || this.#first.shown;
    this.#ask.disabled = !online;
    this.#end.hidden = chat?.state !== 'open';
    const waits = chat?.owner.kind === 'queue' ? placeIn(words, words.waiting, chat) : '';
    const gone = erased ? words.erased : waits;
    const not_here = missing ? words.missing : barred ? words.sign_in : undefined;
    this.#note.textContent = not_here ?? (online ? gone : words.offline);
    this.#menu.element.hidden = missing;
    this.#note.hidden = this.#note.textContent === '';
  }
}
