import type * as core from '@wheelhouse/core';
import { Asking } from './asking.ts';
import { begun, without } from './begin.ts';
import { forget, type Judged, type Kept, keep, recall } from './memory.ts';
import { Outbox } from './outbox.ts';
import { Server } from './server.ts';
import { Signs } from './signs.ts';
import { type ChatOptions, type ChatState, nameOf, nothing, Refused, taken } from './state.ts';
import { Uploads } from './uploads.ts';

const first_wait_ms = 500;
const longest_wait_ms = 15_000;

/** One visitor's chat: what was said, live; what is written is kept until it has arrived, also over a
 *  reload; a connection that is lost is sought again, ever more seldom, and goes on where it was. */
export class VisitorChat {
  state: ChatState = nothing;
  #options: ChatOptions;
  #server: Server;
  #outbox: Outbox;
  readonly uploads: Uploads;
  readonly asking: Asking;
  #kept: Kept | undefined;
  #listeners = new Set<(state: ChatState) => void>();
  #stream: AbortController | undefined;
  #name: string;
  #signs: Signs;
  #wake: (() => void) | undefined;
  /** The conversation that was chosen to be shown. */
  #reading: string | undefined;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#server = new Server(options.server);
    this.#name = nameOf(options);
    const way = {
      state: () => this.state,
      here: () => this.here,
      change: (change: Partial<ChatState>) => this.#change(change),
      call: <Body>(method: string, path: string, body?: unknown) =>
        this.#call<Body>(method, path, body),
      conversation: () => this.#conversation(),
      take: (message: core.ChatMessage) => {
        if (message.conversation_id === this.here) this.#take([message]);
        else this.#go(message.conversation_id);
      },
    };
    const flush = () => void this.#outbox.flush();
    this.asking = new Asking({ ...way, bot: options.bot, flush });
    this.#outbox = new Outbox({ ...way, tellAnswers: this.asking.tell });
    this.#signs = new Signs(way.call);
    this.uploads = new Uploads({ ...way, server: this.#server });
    this.#recall();
    // A line that is lost is often noticed only much later by what stands open on it.
    addEventListener('offline', () => this.#change({ online: false }));
    addEventListener('online', () => {
      if (this.#stream) {
        this.close();
        this.#wake?.();
        void this.#follow();
      } else this.#change({ online: true });
      flush();
    });
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

  /** Somebody else is at the page, or nobody in particular. What was shown of the one before goes at
   *  once, and what is still under way for them finds no place (rule W24). */
  identify(identity: string | undefined): void {
    if (identity === this.#options.identity) return;
    const [left, before] = [this.#kept, this.#options.identity];
    if (before && left && identity === undefined) {
      void this.#call('POST', '/sign-out').catch(() => {});
      forget(this.#name);
    }
    const following = this.#stream !== undefined;
    this.close();
    this.#options = { ...this.#options, identity };
    this.#name = nameOf(this.#options);
    this.#kept = undefined;
    this.state = { ...nothing, person: this.state.person + 1 };
    this.#recall();
    this.#change({});
    if (following || identity) void this.open();
  }

  types = (): void => this.#signs.types(this.here);
  /** What was shown was read, up to a number. */
  read = (seq: number): void => this.#signs.read(this.here, seq);

  close(): void {
    this.#stream?.abort();
    this.#stream = undefined;
  }

  say = (body: core.MessageBody): void => this.#outbox.add(body);
  retry = (): void => this.#outbox.retry();
  judge = (said: Judged['said'], message_id?: string): void => this.#outbox.judge(said, message_id);

  async list(): Promise<core.ChatRow[]> {
    await this.#admit();
    return (await this.#call<{ rows: core.ChatRow[] }>('GET', '/conversations')).rows;
  }

  /** The conversation that is shown; undefined while none has begun. */
  get here(): string | undefined {
    return this.#kept?.conversation_id;
  }

  /** Shows another conversation of the same person, or begins one. One that was merged is shown to be
   *  read until something is written; that stands where it goes on. */
  turnTo(id: string | undefined): void {
    this.#reading = id;
    this.#go(id);
  }

  #go(id: string | undefined): void {
    if (!this.#kept || id === this.here) return;
    this.close();
    this.#signs.begin();
    this.#kept.conversation_id = id;
    this.#change({ chat: undefined, messages: [], erased: false });
    void this.#follow();
  }

  askForPerson = (): Promise<void> => this.#act('hand-off');
  /** Leaves where they can be called back. */
  leaveCallBack = (left: core.CallBackSubmission): Promise<void> => this.#act('call-back', left);
  /** The customer has what they came for. */
  end = (): Promise<void> => this.#act('resolve');

  async #act(act: string, body?: unknown): Promise<void> {
    const id = await this.#conversation();
    this.#change({
      chat: await this.#call<core.Chat>('POST', `/conversations/${id}/${act}`, body),
    });
  }

  async earlier(): Promise<boolean> {
    const id = this.#kept?.conversation_id;
    const before = this.state.messages[0]?.seq;
    if (!id || before === undefined || before <= 1) return false;
    const path = `/conversations/${id}?before=${before}`;
    const told = await this.#call<core.ChatTranscript>('GET', path);
    this.#change({ messages: [...told.messages, ...this.state.messages] });
    return told.more;
  }

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
          if (this.#stream === stream) this.#stream = undefined;
          void this.#outbox.flush();
          return;
        }
        await this.#listen(id, stream.signal, () => {
          wait_ms = first_wait_ms;
          this.#change({ online: true });
          void this.#outbox.flush();
        });
      } catch (thrown) {
        if (stream.signal.aborted) return;
        const status = thrown instanceof Refused ? thrown.status : 0;
        if (status === 403) {
          this.#stream = undefined;
          this.#change({ barred: true });
          dispatchEvent(new Event('wheelhouse:identity-refused'));
          return;
        }
        if (status === 401 || status === 404) {
          this.#kept = undefined;
          this.#change({ chat: undefined, messages: [] });
          continue;
        }
        if (status === 410 && this.#kept) {
          this.#change(without(this.state, this.#kept));
          this.#signs.begin();
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
      const told = await this.#call<core.ChatTranscript>('GET', `/conversations/${id}`);
      if (signal.aborted) return;
      this.#take(told.messages, told.chat);
    }
    const from = this.state.messages.at(-1)?.seq ?? 0;
    const path = `/conversations/${id}/stream?after=${from}`;
    const frames = await this.#server.stream<core.ChatTranscript>(path, signal);
    began();
    for await (const told of frames) {
      if (signal.aborted) return;
      this.#take(told.messages, told.chat);
    }
  }

  /** Messages by their numbers, each once; what has arrived leaves the outbox. */
  #take(messages: core.ChatMessage[], chat = this.state.chat): void {
    if (chat?.merged_into && chat.id !== this.#reading) {
      this.#go(chat.merged_into);
      return;
    }
    // One that stands by itself is followed on, should it be merged.
    if (chat && !chat.merged_into) this.#reading = undefined;
    this.#change(taken(this.state, messages, chat));
  }

  async #admit(anew = false): Promise<void> {
    const { bot, workspace_id, language, identity } = this.#options;
    if (anew) this.#kept = undefined;
    if (this.#kept && this.#kept.identity === identity) return;
    const body = { bot, workspace_id, contact: language ? { language } : {}, identity };
    const visitor = await this.#call<core.Visitor>('POST', '/visitors', body);
    const { token, verified, files } = visitor;
    const before = this.#kept?.conversation_id;
    const { outbox, asked } = this.state;
    const form = asked ? undefined : (visitor.pre_chat_form ?? undefined);
    this.#kept = { token, bot: visitor.bot, files, outbox, identity, conversation_id: before };
    // Whom the host knows goes on where they were, in whatever browser that was.
    if (verified && !before) {
      const { rows } = await this.#call<{ rows: core.Chat[] }>('GET', '/conversations');
      this.#kept.conversation_id = rows[0]?.id;
    }
    this.#change({ bot: visitor.bot, files, form, barred: false });
  }

  async #conversation(): Promise<string> {
    await this.#admit();
    if (this.here) return this.here;
    const { id } = await begun(this.asking, () => this.#admit(true));
    (this.#kept as Kept).conversation_id = id;
    // What was written before it began is of it.
    const outbox = this.state.outbox.map((one) =>
      one.conversation_id ? one : { ...one, conversation_id: id },
    );
    this.#change({ outbox, erased: false });
    void this.#follow();
    return id;
  }

  async #call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const { person } = this.state;
    this.#server.token = this.#kept?.token;
    const told = await this.#server.call<Body>(method, path, body);
    // What was asked for one person is not for the next.
    if (person !== this.state.person) throw new Error('somebody else is here');
    return told;
  }

  #change(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    if (this.#kept) {
      const { outbox, judged, form, answers, asked } = this.state;
      Object.assign(this.#kept, { outbox, judged, form, answers, asked });
      keep(this.#name, this.#kept);
    }
    for (const listener of this.#listeners) listener(this.state);
  }

  #recall(): void {
    this.#kept = recall(this.#name);
    if (this.#kept) {
      const { bot, outbox, judged = [], files, form, answers, asked = false } = this.#kept;
      this.state = { ...this.state, bot, outbox, judged, files, form, answers, asked };
    }
  }
}
