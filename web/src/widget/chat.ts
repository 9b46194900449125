import type * as core from '@wheelhouse/core';
import { Admission } from './admission.ts';
import { Asking } from './asking.ts';
import { begun, within, without } from './begin.ts';
import { Following } from './follow.ts';
import { Keeping } from './keeping.ts';
import type { Judged, Kept } from './memory.ts';
import { Once } from './once.ts';
import { Outbox } from './outbox.ts';
import { Server } from './server.ts';
import { Signs } from './signs.ts';
import { type ChatOptions, type ChatState, Refused, taken } from './state.ts';
import { Uploads } from './uploads.ts';

const somebody_else = 'somebody else is here';

/** One visitor's chat: what was said, live; what is written is kept until it has arrived, also over a
 *  reload. */
export class VisitorChat {
  readonly uploads: Uploads;
  readonly asking: Asking;
  #keeping: Keeping;
  #server: Server;
  #outbox: Outbox;
  #following: Following;
  #signs: Signs;
  #admission: Admission;
  /** Under way to begin a conversation, once, whoever needs it. */
  readonly #beginning = new Once<string>();
  /** What the open stream was let in by: with its end nothing else ends. */
  #heard_by: string | undefined;
  /** The conversation that was chosen to be shown. */
  #reading: string | undefined;

  constructor(options: ChatOptions) {
    this.#keeping = new Keeping(options, () => this.#hear());
    this.#server = new Server(options.server);
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
    this.#outbox = new Outbox({
      ...way,
      tellAnswers: this.asking.tell,
      alone: (act) =>
        this.#keeping.tabs.alone('send', () => {
          this.#catchUp();
          return act();
        }),
      elsewhere: () => this.#follow(),
    });
    this.#signs = new Signs(way.call);
    const lapse = () => this.#admission.lapse(this.#kept?.token);
    this.uploads = new Uploads({ ...way, server: this.#server, lapse });
    this.#following = new Following({
      ...way,
      flush,
      admit: () => this.#admission.admit(),
      listen: (id, signal, began) => this.#listen(id, signal, began),
      refused: (status) => this.#refused(status),
    });
    this.#admission = new Admission(this.#keeping, {
      call: way.call,
      alone: (act) => this.#alone('in', act),
      anew: () => this.#following.anew(),
      end: this.#server.end,
    });
    // A line that is lost is often noticed only much later by what stands open on it.
    addEventListener('offline', () => this.#change({ online: false }));
    addEventListener('online', () => {
      if (this.#following.on) this.#following.restart();
      else this.#change({ online: true });
      flush();
    });
  }

  get state(): ChatState {
    return this.#keeping.state;
  }
  get #kept(): Kept | undefined {
    return this.#keeping.kept;
  }
  /** What is written and not said yet. */
  get draft(): Keeping['draft'] {
    return this.#keeping.draft;
  }

  /** Whether this browser has been here before and has something to go on with. */
  get known(): boolean {
    return this.here !== undefined || this.state.outbox.length > 0;
  }

  on = (listener: (state: ChatState) => void): void => this.#keeping.on(listener);

  /** Lets the visitor in, and follows their conversation if they have one. */
  open = (): void => this.#following.begin();

  /** Somebody else is at the page, or nobody in particular. What was shown of the one before goes at
   *  once, and what is still under way for them finds no place (rule W24). A fresh word on the same
   *  person changes nothing of what they see and write. */
  identify(identity: string | undefined): void {
    const { identity: before } = this.#keeping.options;
    // Whoever signs out here may have been signed in on another page.
    if (!identity && !before) this.#admission.forgetOthers();
    if (identity === before) return;
    const { barred, missing } = this.state;
    const open = this.#following.on || barred || missing || identity !== undefined;
    this.#following.stop();
    this.#beginning.leave();
    this.#admission.turnTo(identity);
    this.#signs.begin();
    if (open) this.open();
  }

  types = (): void => this.#signs.types(this.here);
  /** What was shown was read, up to a number. */
  read = (seq: number): void => this.#signs.read(this.here, seq);
  /** What has come, up to a number, and may not be seen yet. */
  delivered = (seq: number): void => this.#signs.delivered(this.here, seq);

  say = (body: core.MessageBody): void => this.#outbox.add(body);
  retry = (): void => this.#outbox.retry();
  judge = (said: Judged['said'], message_id?: string): void => this.#outbox.judge(said, message_id);

  async list(): Promise<core.ChatRow[]> {
    await this.#admission.admit();
    return (await this.#call<{ rows: core.ChatRow[] }>('GET', '/conversations')).rows;
  }

  /** The conversation that is shown; undefined while none has begun. */
  get here(): string | undefined {
    return this.#keeping.here;
  }

  /** Shows another conversation of the same person, or begins one. One that was merged is shown to be
   *  read until something is written; that stands where it goes on. */
  turnTo(id: string | undefined): void {
    this.#reading = id;
    this.#keeping.tabs.anew = id === undefined;
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
    const id = this.here;
    const before = this.state.messages[0]?.seq;
    if (!id || before === undefined || before <= 1) return false;
    const path = `/conversations/${id}?before=${before}`;
    const told = await this.#call<core.ChatTranscript>('GET', path);
    this.#change({ messages: [...told.messages, ...this.state.messages] });
    return told.more;
  }

  /** What a refusal of what is followed changes. @returns whether to begin anew */
  #refused(status: number): boolean {
    if (status === 401) this.#admission.lapse(this.#heard_by);
    else if (status === 404 && this.#kept) {
      this.#keeping.leave();
      this.#change({ chat: undefined, messages: [] });
    } else if (status === 410 && this.#kept) {
      this.#keeping.tabs.end(this.here);
      this.#change(without(this.state, this.#kept));
      this.#signs.begin();
    } else return false;
    return true;
  }

  async #listen(id: string, signal: AbortSignal, began: () => void): Promise<void> {
    if (!this.state.messages.length) {
      const told = await this.#call<core.ChatTranscript>('GET', `/conversations/${id}`);
      if (signal.aborted) return;
      this.#take(told.messages, told.chat);
    }
    this.#heard_by = this.#kept?.token;
    this.#server.token = this.#heard_by;
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

  async #conversation(): Promise<string> {
    await this.#admission.admit();
    const begin = async () => this.here ?? (await this.#begin());
    return this.here ?? this.#beginning.run(() => this.#alone('begin', begin));
  }

  /** Alone of all tabs, with what the others have come to. */
  #alone<Made>(what: 'in' | 'begin', act: () => Promise<Made>): Promise<Made> {
    const { person } = this.state;
    return this.#keeping.tabs.alone(what, async () => {
      if (person !== this.state.person) throw new Error(somebody_else);
      this.#catchUp();
      return act();
    });
  }

  /** Another tab has kept something: what is written there is seen here, and where it is said. */
  #hear(): void {
    this.#catchUp();
    if (this.state.barred) return;
    if (this.known) this.#following.begin();
    void this.#outbox.flush();
  }

  /** What was written here stands where another tab talks: unless there is talk here too, one goes there. */
  #follow(): void {
    if (this.state.messages.some(({ author_kind }) => author_kind === 'contact')) return;
    const talk = this.#keeping.tabs.talk(this.#keeping.options.identity);
    if (!talk || talk.conversation_id === this.here) return;
    this.#keeping.kept = { ...talk, conversation_id: this.here };
    this.#go(talk.conversation_id);
  }

  /** Where another tab has begun to talk, one talks here too. */
  #catchUp(): void {
    const { here } = this;
    this.#keeping.catchUp();
    if (this.here !== here) this.#following.restart();
  }

  async #begin(): Promise<string> {
    const { id } = await begun(this.asking, () => this.#admission.admit(true));
    (this.#kept as Kept).conversation_id = id;
    this.#keeping.tabs.anew = false;
    this.#change({ outbox: within(this.state.outbox, id), erased: false });
    this.#following.begin();
    return id;
  }

  async #call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const { person } = this.state;
    const token = this.#kept?.token;
    this.#server.token = token;
    const told = await this.#server.call<Body>(method, path, body).catch((thrown) => {
      if (thrown instanceof Refused && thrown.status === 401) this.#admission.lapse(token);
      throw thrown;
    });
    // What was asked for one person is not for the next.
    if (person !== this.state.person) throw new Error(somebody_else);
    return told;
  }

  #change = (change: Partial<ChatState>): void => this.#keeping.change(change);
}
