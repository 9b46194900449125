import { timeOf } from './dates.ts';
import { make } from './elements.ts';
import { icon } from './icons.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';

/** Who has the wheel: a shape, a name and a word, and on demand since when, and how replies are marked. */
export class WhoAnswers {
  readonly head = make('button', 'head');
  readonly about = make('div', 'about');
  #words: Words;
  /** What the page calls the chat; a person is called by their own name. */
  #title: string | undefined;
  #face = make('span', 'face');
  #name = make('strong');
  #kind = make('span');

  constructor(words: Words, title?: string) {
    this.#words = words;
    this.#title = title;
    this.head.type = 'button';
    this.head.title = words.who_answers;
    this.head.append(this.#face, make('span', 'who', this.#name, this.#kind));
    this.head.setAttribute('aria-expanded', 'false');
    this.about.id = 'about';
    this.head.setAttribute('aria-controls', 'about');
    this.about.hidden = true;
    this.head.addEventListener('click', () => {
      this.about.hidden = !this.about.hidden;
      this.head.setAttribute('aria-expanded', String(!this.about.hidden));
    });
  }

  draw({ bot, chat, messages, missing }: ChatState): void {
    const words = this.#words;
    const kind = chat?.owner.kind ?? 'bot';
    const own = kind === 'member' ? undefined : this.#title;
    const name = own || chat?.owner.name || bot?.title || words.title;
    const shape = missing ? 'chat' : kind;
    this.#face.className = `face ${shape}`;
    this.#face.replaceChildren(icon(shape));
    this.#name.textContent = name;
    const says_kind = { bot: words.ai, member: words.person, queue: words.awaited };
    // Where there is no chat nobody answers, and nothing is to be told of it.
    this.#kind.textContent = missing ? '' : says_kind[kind];
    this.head.disabled = missing;
    this.about.hidden ||= missing;
    const says = { bot: words.about_bot, member: words.about_member, queue: words.about_queue };
    const time = timeOf(words, sinceOf(messages));
    const told = says[kind].replace('{name}', name).replace('{time}', time);
    const paragraphs = missing ? [] : [told, words.about_marks];
    this.about.replaceChildren(...paragraphs.map((text) => make('p', '', text)));
  }
}

/** Since when whoever has the wheel has it: the last line that says so, else the first word. */
function sinceOf(messages: ChatState['messages']): Date {
  const turned = messages.findLast(({ body }) => body.kind === 'line' && body.line !== 'resolved');
  const at = turned ?? messages[0];
  return at ? new Date(at.at) : new Date();
}
