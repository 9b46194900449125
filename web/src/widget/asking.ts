import type { PreChat } from '@wheelhouse/core';
import { type Answers, type ChatState, Refused } from './state.ts';

interface Way {
  bot: string;
  state(): ChatState;
  change(change: Partial<ChatState>): void;
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  flush(): void;
}

/** What is asked before the first message, and how its answers reach the server: before all that is
 *  written, and once the connection is back if it is away. */
export class Asking {
  #way: Way;

  constructor(way: Way) {
    this.#way = way;
  }

  answer = (answers: Answers): void => {
    this.#way.change({ answers, answer_faults: [] });
    this.#way.flush();
  };

  /** The customer does not want to say. */
  skip = (): void => this.#end();

  #end(): void {
    const nothing = { form: undefined, answers: undefined, answer_faults: [] };
    this.#way.change({ ...nothing, asked: true });
  }

  /** @returns whether what is written may follow */
  tell = async (): Promise<boolean> => {
    const { answers: values } = this.#way.state();
    if (!values) return true;
    const { bot } = this.#way;
    try {
      await this.#way.call<PreChat>('PUT', '/pre-chat-form', { bot, values });
      this.#end();
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.status !== 422) return false;
      const faults = thrown.fields.map((field) => field.replace(/^values\.([^.]+).*$/, '$1'));
      this.#way.change({ answers: undefined, answer_faults: faults });
      // What is asked may have changed meanwhile.
      await this.#askAfresh().catch(() => {});
    }
    return true;
  };

  /** Begins a conversation, after what has to be answered before one. Whoever writes past what may be
   *  skipped has skipped it. @throws Error while something is to be answered first */
  async begin(): Promise<{ id: string }> {
    if (this.#way.state().form?.skippable === false) throw new Error('asked first');
    try {
      const { bot } = this.#way;
      const made = await this.#way.call<{ id: string }>('POST', '/conversations', { bot });
      if (this.#way.state().form) this.#end();
      return made;
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.status !== 422) throw thrown;
      await this.#askAfresh();
      throw new Error('asked first');
    }
  }

  async #askAfresh(): Promise<void> {
    const path = `/pre-chat-form?bot=${encodeURIComponent(this.#way.bot)}`;
    const { form } = await this.#way.call<PreChat>('GET', path);
    if (form) this.#way.change({ form });
    else this.#end();
  }
}
