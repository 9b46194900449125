import type * as core from '@wheelhouse/core';
import { Asking } from './asking.ts';
import { begun, remembered, without } from './begin.ts';
import { Following } from './follow.ts';
import { forget, type Judged, type Kept, keep, recall } from './memory.ts';
import { Once } from './once.ts';
import { Outbox } from './outbox.ts';
import { IdentityRefusal } from './refusal.ts';
import { Server } from './server.ts';
import { Signs } from './signs.ts';
import { type ChatOptions, type ChatState, nameOf, nothing, Refused, taken } from './state.ts';
import { Uploads } from './uploads.ts';

/** One visitor's chat: what was said, live; what is written is kept until it has arrived, also over a
 *  reload. */
export class VisitorChat {
  state: ChatState = nothing;
  #options: ChatOptions;
  #server: Server;
  #outbox: Outbox;
  readonly uploads: Uploads;
  readonly asking: Asking;
  #kept: Kept | undefined;
  #listeners = new Set<(state: ChatState) => void>();
  #following: Following;
  #name: string;
  #signs: Signs;
  /** Under way to be let in, and to begin a conversation: each once, whoever needs it. */
  readonly #admission = new Once<void>();
  readonly #beginning = new Once<string>();
  readonly #refusal = new IdentityRefusal();
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
    const lapse = () => this.#lapse(this.#kept?.token);
    this.uploads = new Uploads({ ...way, server: this.#server, lapse });
    this.#following = new Following({
      ...way,
      flush,
      admit: () => this.#admit(),
      listen: (id, signal, began) => this.#listen(id, signal, began),
      refused: (status) => this.#refused(status),
    });
    this.#recall();
    // A line that is lost is often noticed only much later by what stands open on it.
    addEventListener('offline', () => this.#change({ online: false }));
    addEventListener('online', () => {
      if (this.#following.on) this.#following.restart();
      else this.#change({ online: true });
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
  open = (): void => this.#following.begin();

  /** Somebody else is at the page, or nobody in particular. What was shown of the one before goes at
   *  once, and what is still under way for them finds no place (rule W24). A fresh word on the same
   *  person changes nothing of what they see and write. */
  identify(identity: string | undefined): void {
    const { identity: before } = this.#options;
    if (identity === before) return;
    if (before && identity === undefined) {
      if (this.#kept?.token) void this.#call('POST', '/sign-out').catch(() => {});
      forget(this.#name);
    }
    const open = this.#following.on || this.state.barred || identity !== undefined;
    this.#following.stop();
    this.#admission.leave();
    this.#beginning.leave();
    this.#options = { ...this.#options, identity };
    const name = nameOf(this.#options);
    if (!before || !identity || name !== this.#name) {
      this.#name = name;
      this.#kept = undefined;
      this.state = { ...nothing, person: this.state.person + 1 };
      this.#recall();
      this.#change({});
    }
    if (open) this.open();
  }

  types = (): void => this.#signs.types(this.here);
  /** What was shown was read, up to a number. */
  read = (seq: number): void => this.#signs.read(this.here, seq);

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
    this.#following.stop();
    this.#signs.begin();
    this.#kept.conversation_id = id;
    this.#change({ chat: undefined, messages: [], erased: false });
    this.#following.begin();
  }

  /** Also before a word was said, behind what is answered first (rule W59). */
  askForPerson = async (): Promise<void> => {
    if (!this.here) await this.asking.tell();
    await this.#act('hand-off');
  };
  /** Leaves where they can be called back. */
  leaveCallBack = (left: core.CallBackSubmission): Promise<void> => this.#act('call-back', left);
  /** The customer has what they came for. */
  end = (): Promise<void> => this.#act('resolve');

  async #act(act: string, body?: unknown): Promise<void> {
    const id = await this.#conversation();
    const path = `/conversations/${id}/${act}`;
    this.#change({ chat: await this.#call<core.Chat>('POST', path, body) });
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

  /** What a refusal of what is followed changes. @returns whether to begin anew */
  #refused(status: number): boolean {
    if (status === 401) this.#lapse(this.#kept?.token);
    else if (status === 404 && this.#kept) {
      Object.assign(this.#kept, { token: undefined, conversation_id: undefined });
      this.#change({ chat: undefined, messages: [] });
    } else if (status === 410 && this.#kept) {
      this.#change(without(this.state, this.#kept));
      this.#signs.begin();
    } else return false;
    return true;
  }

  /** What the visitor was let in by counts no more: nothing is shown under it, and what was written
   *  waits until they are let in again (rule W58). */
  #lapse(token: string | undefined): void {
    if (!this.#kept || !token || token !== this.#kept.token) return;
    this.#kept.token = undefined;
    // Under a fresh word they are being let in anew already.
    if (this.#kept.identity !== this.#options.identity) return;
    // Who is nobody in particular comes back as somebody new.
    if (!this.#kept.identity) this.#kept.conversation_id = undefined;
    this.#change({ chat: undefined, messages: [] });
    this.#following.anew();
  }

  async #listen(id: string, signal: AbortSignal, began: () => void): Promise<void> {
    if (!this.state.messages.length) {
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
    if (anew && this.#kept) {
      Object.assign(this.#kept, { token: undefined, conversation_id: undefined });
    }
    if (this.#kept?.token && this.#kept.identity === this.#options.identity) return;
    await this.#admission.run(() => this.#letIn());
  }

  async #letIn(): Promise<void> {
    const { bot, workspace_id, language, identity } = this.#options;
    const body = { bot, workspace_id, contact: language ? { language } : {}, identity };
    const visitor = await this.#call<core.Visitor>('POST', '/visitors', body).catch((thrown) => {
      if (thrown instanceof Refused && thrown.status === 403) this.#bar();
      throw thrown;
    });
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

  /** The host's word on who this is does not count: nothing is shown, nothing is asked again before
   *  there is another, and what was written waits for it. */
  #bar(): void {
    if (this.#kept) this.#kept.token = undefined;
    this.#change({ barred: true, chat: undefined, messages: [] });
    this.#refusal.tell(() => this.state.barred);
  }

  async #conversation(): Promise<string> {
    await this.#admit();
    return this.here ?? this.#beginning.run(() => this.#begin());
  }

  async #begin(): Promise<string> {
    const { id } = await begun(this.asking, () => this.#admit(true));
    (this.#kept as Kept).conversation_id = id;
    // What was written before it began is of it.
    const outbox = this.state.outbox.map((one) =>
      one.conversation_id ? one : { ...one, conversation_id: id },
    );
    this.#change({ outbox, erased: false });
    this.#following.begin();
    return id;
  }

  async #call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const { person } = this.state;
    const token = this.#kept?.token;
    this.#server.token = token;
    const told = await this.#server.call<Body>(method, path, body).catch((thrown) => {
      if (thrown instanceof Refused && thrown.status === 401) this.#lapse(token);
      throw thrown;
    });
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
    if (this.#kept) this.state = { ...this.state, ...remembered(this.#kept) };
  }
}
