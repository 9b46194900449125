import type { Chat, ChatMessage, MessageBody, Thumb } from '@wheelhouse/core';
import { type Judged, newMessageId, type Outgoing } from './memory.ts';
import { type ChatState, Refused } from './state.ts';

const again_ms = 4_000;

/** How what is written reaches the server, and what becomes of it the chat. */
interface Way {
  state(): ChatState;
  /** The conversation that is shown. */
  here(): string | undefined;
  change(change: Partial<ChatState>): void;
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** The conversation that is shown, begun where none is. */
  conversation(): Promise<string>;
  take(message: ChatMessage): void;
  /** What was answered before the first message, sent before it. @returns whether the next may follow */
  tellAnswers(): Promise<boolean>;
  /** Does it alone of all tabs of the browser, knowing what the others have sent. */
  alone(act: () => Promise<void>): Promise<void>;
  /** What is of another conversation that this browser knows stands there. */
  elsewhere(): void;
}

/** What is written, and what is thought of it, on its way to the server. */
export class Outbox {
  #way: Way;
  #sending = false;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(way: Way) {
    this.#way = way;
  }

  add(body: MessageBody): void {
    const one = { id: newMessageId(), body, failed: false, conversation_id: this.#way.here() };
    this.#way.change({ outbox: [...this.#way.state().outbox, one] });
    void this.flush();
  }

  /** Sends again what could not be sent. */
  retry(): void {
    const outbox = this.#way.state().outbox.map((one) => ({ ...one, failed: false }));
    this.#way.change({ outbox });
    void this.flush();
  }

  /** What the customer thinks of a reply, or of the whole; the last word counts, also while none of
   *  them is sent. */
  judge(said: Judged['said'], message_id?: string): void {
    const conversation_id = this.#way.here();
    if (!conversation_id) return;
    const others = this.#way
      .state()
      .judged.filter(
        (one) =>
          one.conversation_id !== conversation_id ||
          one.message_id !== message_id ||
          'output_id' in one.said !== 'output_id' in said,
      );
    const one = { conversation_id, said, ...(message_id ? { message_id } : {}) };
    this.#way.change({ judged: [...others, one] });
    void this.flush();
  }

  /** In order, one after another; a refusal is shown, a lost connection waits, and so does who has to
   *  sign in again. */
  async flush(): Promise<void> {
    const { barred, missing, person, answers, judged } = this.#way.state();
    if (this.#sending || barred || missing) return;
    if (!answers && !judged.length && !this.#waiting()) return;
    clearTimeout(this.#later);
    this.#sending = true;
    try {
      await this.#way.alone(() => this.#sendAll());
    } finally {
      this.#sending = false;
    }
    if (person !== this.#way.state().person) await this.flush();
  }
  async #sendAll(): Promise<void> {
    if (!(await this.#way.tellAnswers())) return this.#tryLater();
    for (let next = this.#waiting(); next; next = this.#waiting()) {
      if (!(await this.#send(next))) return this.#tryLater();
    }
    for (let next = this.#way.state().judged[0]; next; next = this.#way.state().judged[0]) {
      if (!(await this.#tell(next))) return this.#tryLater();
    }
  }
  // A connection may be back without a word: an open stream outlives a short cut.
  #tryLater(): void {
    this.#later = setTimeout(() => void this.flush(), again_ms);
  }
  /** What another tab begins a conversation with is for that tab to send. */
  #waiting = () =>
    this.#way
      .state()
      .outbox.find(({ failed, conversation_id: of }) => !failed && (of || !this.#way.here()));

  #arrived(id: string): void {
    this.#way.change({ outbox: this.#way.state().outbox.filter((one) => one.id !== id) });
  }

  /** Whether it is what was sent that is refused, and not who sends it. */
  #refuses = (thrown: unknown) =>
    thrown instanceof Refused && thrown.status !== 401 && !this.#way.state().barred;

  /** @returns whether the next may follow */
  async #send({ id, body, conversation_id }: Outgoing): Promise<boolean> {
    try {
      const conversation = conversation_id ?? (await this.#way.conversation());
      const path = `/conversations/${conversation}/messages`;
      const message = await this.#way.call<ChatMessage>('POST', path, { id, body });
      if (conversation === this.#way.here()) this.#way.take(message);
      else this.#arrived(id);
    } catch (thrown) {
      if (!this.#refuses(thrown)) return false;
      // Nobody else makes this id: it has arrived by another way, and perhaps in another place.
      if ((thrown as Refused).code === 'id_taken') {
        this.#way.elsewhere();
        this.#arrived(id);
        return true;
      }
      const outbox = this.#way
        .state()
        .outbox.map((one) => (one.id === id ? { ...one, failed: true } : one));
      this.#way.change({ outbox });
    }
    return true;
  }

  /** What is refused is not asked again: what it was said of is gone, or goes on. */
  async #tell(one: Judged): Promise<boolean> {
    const { conversation_id, message_id, said } = one;
    const place = `/conversations/${conversation_id}`;
    const change: Partial<ChatState> = {};
    try {
      if (message_id) {
        const thumb = await this.#way.call<Thumb>(
          'PUT',
          `${place}/messages/${message_id}/thumb`,
          said,
        );
        change.messages = this.#way
          .state()
          .messages.map((row) => (row.id === message_id ? { ...row, thumb } : row));
      } else {
        const prefers = 'output_id' in said;
        const chat = prefers
          ? await this.#way.call<Chat>('POST', `${place}/preference`, said)
          : await this.#way.call<Chat>('PUT', `${place}/rating`, said);
        if (conversation_id === this.#way.here()) change.chat = chat;
      }
    } catch (thrown) {
      if (!this.#refuses(thrown)) return false;
    }
    this.#way.change({
      ...change,
      judged: this.#way.state().judged.filter((other) => other !== one),
    });
    return true;
  }
}
