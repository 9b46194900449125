import type { Chat, ChatMessage, ChatTranscript, MessageBody, Visitor } from '@wheelhouse/core';

export interface Outgoing {
  id: string;
  body: MessageBody;
  failed: boolean;
}
export interface ChatState {
  bot: Visitor['bot'] | undefined;
  chat: Chat | undefined;
  messages: ChatMessage[];
  /** What was written and is not known to have arrived. */
  outbox: Outgoing[];
  online: boolean;
}
interface Kept {
  token: string;
  bot: Visitor['bot'];
  conversation_id?: string | undefined;
  outbox: Outgoing[];
}
export interface ChatOptions {
  server: string;
  bot: string;
  workspace_id?: string | undefined;
  language?: string | undefined;
}

const first_wait_ms = 500;
const longest_wait_ms = 15_000;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A message's id, made here, so that a message sent twice is one message. */
export function newMessageId(now_ms = Date.now()): string {
  let time = '';
  for (let rest = now_ms, digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) {
    time = alphabet[rest % 32] + time;
  }
  const chance = crypto.getRandomValues(new Uint8Array(16));
  return `msg_${time}${[...chance].map((byte) => alphabet[byte & 31]).join('')}`;
}

/** One visitor's chat: what was said, live; what is written is kept until it has arrived, also over a
 *  reload; a connection that is lost is sought again, ever more seldom, and goes on where it was. */
export class VisitorChat {
  state: ChatState = { bot: undefined, chat: undefined, messages: [], outbox: [], online: true };
  #options: ChatOptions;
  #kept: Kept | undefined;
  #listeners = new Set<(state: ChatState) => void>();
  #stream: AbortController | undefined;
  #sending = false;
  #name: string;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#name = `wheelhouse ${options.server} ${options.workspace_id ?? ''} ${options.bot}`;
    this.#kept = this.#recall();
    if (this.#kept) this.#change({ bot: this.#kept.bot, outbox: this.#kept.outbox });
    addEventListener('online', () => this.#wake?.());
  }

  /** Whether this browser has been here before and has something to go on with. */
  get known(): boolean {
    return this.#kept?.conversation_id !== undefined;
  }

  on(listener: (state: ChatState) => void): void {
    this.#listeners.add(listener);
    listener(this.state);
  }

  /** Lets the visitor in, and follows their conversation if they have one. */
  async open(): Promise<void> {
    await this.#admit().catch(() => this.#change({ online: false }));
    this.#follow();
  }

  close(): void {
    this.#stream?.abort();
    this.#stream = undefined;
  }

  say(body: MessageBody): void {
    const outbox = [...this.state.outbox, { id: newMessageId(), body, failed: false }];
    this.#change({ outbox });
    void this.#flush();
  }

  /** Sends again what could not be sent. */
  retry(): void {
    this.#change({ outbox: this.state.outbox.map((one) => ({ ...one, failed: false })) });
    void this.#flush();
  }

  async askForPerson(): Promise<void> {
    const id = await this.#conversation();
    const chat = await this.#call<Chat>('POST', `/conversations/${id}/hand-off`);
    this.#change({ chat });
  }

  async earlier(): Promise<boolean> {
    const id = this.#kept?.conversation_id;
    const before = this.state.messages[0]?.seq;
    if (!id || before === undefined || before <= 1) return false;
    const told = await this.#call<ChatTranscript>('GET', `/conversations/${id}?before=${before}`);
    this.#change({ messages: [...told.messages, ...this.state.messages] });
    return told.more;
  }

  /** In order, one after another; a refusal is shown, a lost connection waits. */
  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#waiting(); next; next = this.#waiting()) {
        const { id, body } = next;
        try {
          const conversation = await this.#conversation();
          const path = `/conversations/${conversation}/messages`;
          const message = await this.#call<ChatMessage>('POST', path, { id, body });
          this.#take([message]);
        } catch (thrown) {
          if (!(thrown instanceof Refused)) break;
          const outbox = this.state.outbox.map((one) =>
            one.id === id ? { ...one, failed: true } : one,
          );
          this.#change({ outbox });
        }
      }
    } finally {
      this.#sending = false;
    }
  }
  #waiting = () => this.state.outbox.find(({ failed }) => !failed);

  #wake: (() => void) | undefined;

  async #follow(): Promise<void> {
    if (this.#stream) return;
    const stream = new AbortController();
    this.#stream = stream;
    let wait_ms = first_wait_ms;
    while (!stream.signal.aborted) {
      try {
        await this.#admit();
        const id = this.#kept?.conversation_id;
        if (!id) {
          this.#change({ online: true });
          // Nothing to follow until something is said.
          this.#stream = undefined;
          void this.#flush();
          return;
        }
        await this.#listen(id, stream.signal, () => {
          wait_ms = first_wait_ms;
          this.#change({ online: true });
          void this.#flush();
        });
      } catch (thrown) {
        if (stream.signal.aborted) return;
        if (thrown instanceof Refused && (thrown.status === 401 || thrown.status === 404)) {
          this.#forget();
          continue;
        }
      }
      if (stream.signal.aborted) return;
      this.#change({ online: navigator.onLine !== false && wait_ms === first_wait_ms });
      await new Promise<void>((done) => {
        this.#wake = done;
        setTimeout(done, wait_ms * (0.75 + Math.random() / 2));
      });
      wait_ms = Math.min(longest_wait_ms, wait_ms * 2);
    }
  }

  async #listen(id: string, signal: AbortSignal, began: () => void): Promise<void> {
    const after = this.state.messages.at(-1)?.seq;
    if (after === undefined) {
      const told = await this.#call<ChatTranscript>('GET', `/conversations/${id}`);
      this.#take(told.messages, told.chat);
    }
    const from = this.state.messages.at(-1)?.seq ?? 0;
    const response = await fetch(this.#address(`/conversations/${id}/stream?after=${from}`), {
      headers: this.#headers(),
      signal,
    });
    if (!response.ok || !response.body) throw new Refused(response.status);
    began();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (!data) continue;
        const told = JSON.parse(data) as ChatTranscript;
        this.#take(told.messages, told.chat);
      }
    }
  }

  /** Messages by their numbers, each once; what has arrived leaves the outbox. */
  #take(messages: ChatMessage[], chat = this.state.chat): void {
    const known = new Map(this.state.messages.map((one) => [one.seq, one]));
    for (const one of messages) known.set(one.seq, one);
    const arrived = new Set(messages.map(({ id }) => id));
    this.#change({
      chat,
      messages: [...known.values()].sort((a, b) => a.seq - b.seq),
      outbox: this.state.outbox.filter(({ id }) => !arrived.has(id)),
    });
  }

  async #admit(): Promise<void> {
    if (this.#kept) return;
    const { bot, workspace_id, language } = this.#options;
    const contact = language ? { language } : {};
    const visitor = await this.#call<Visitor>('POST', '/visitors', { bot, workspace_id, contact });
    this.#kept = { token: visitor.token, bot: visitor.bot, outbox: this.state.outbox };
    this.#change({ bot: visitor.bot });
  }

  async #conversation(): Promise<string> {
    await this.#admit();
    const kept = this.#kept as Kept;
    if (kept.conversation_id) return kept.conversation_id;
    const made = await this.#call<{ id: string }>('POST', '/conversations', {
      bot: this.#options.bot,
    });
    kept.conversation_id = made.id;
    this.#change({});
    void this.#follow();
    return made.id;
  }

  #address = (path: string) => `${this.#options.server}/api/v1/chat${path}`;
  #headers = (): Record<string, string> =>
    this.#kept ? { authorization: `Bearer ${this.#kept.token}` } : {};

  async #call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(this.#address(path), {
      method,
      headers: {
        ...this.#headers(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // A server that is busy or away is asked again later; what it refuses, it refuses.
    if (response.status >= 500 || response.status === 429) throw new Error('unavailable');
    if (!response.ok) throw new Refused(response.status);
    return (response.status === 204 ? undefined : await response.json()) as Body;
  }

  #change(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    if (this.#kept) {
      this.#kept.outbox = this.state.outbox;
      this.#keep(this.#kept);
    }
    for (const listener of this.#listeners) listener(this.state);
  }

  #forget(): void {
    const outbox = this.#kept?.outbox ?? [];
    this.#kept = undefined;
    this.#change({ chat: undefined, messages: [], outbox });
  }

  // A browser may keep nothing for a page (private windows, settings): the chat then lasts as long
  // as the page.
  #recall(): Kept | undefined {
    try {
      const text = localStorage.getItem(this.#name);
      return text ? (JSON.parse(text) as Kept) : undefined;
    } catch {
      return undefined;
    }
  }
  #keep(kept: Kept): void {
    try {
      localStorage.setItem(this.#name, JSON.stringify(kept));
    } catch {
      return;
    }
  }
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}
