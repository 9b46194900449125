import type { ChatRow, Visitor } from '@wheelhouse/core';
import type { Keeping } from './keeping.ts';
import { Once } from './once.ts';
import { IdentityRefusal } from './refusal.ts';
import { Refused } from './state.ts';
import { warn } from './warning.ts';

interface Way {
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Alone of all tabs, with what the others have come to. */
  alone(act: () => Promise<void>): Promise<void>;
  /** Lets in anew, and then goes on. */
  anew(): void;
  /** Ends what somebody was let in by. */
  end(token: string): void;
}

/** Lets the visitor in, as whom the host page says it is or as nobody in particular, and knows when that
 *  counts no more. */
export class Admission {
  #keeping: Keeping;
  #way: Way;
  /** Under way once, whoever needs it. */
  readonly #going = new Once<void>();
  readonly #refusal = new IdentityRefusal();

  constructor(keeping: Keeping, way: Way) {
    this.#keeping = keeping;
    this.#way = way;
    // Another may have been at the page that stood here before.
    if (keeping.options.identity) this.forgetOthers();
  }

  async admit(anew = false): Promise<void> {
    if (anew) this.#keeping.leave();
    if (this.#admitted) return;
    await this.#going.run(() =>
      this.#way.alone(async () => {
        if (!this.#admitted) await this.#letIn();
      }),
    );
  }

  /** Somebody else is at the page, or the same with a fresh word of the host: whoever was to be let in
   *  is here no more. */
  turnTo(identity: string | undefined): void {
    const { kept, options, state } = this.#keeping;
    this.#going.leave();
    this.#keeping.turnTo(identity);
    const others = options.identity && state.person !== this.#keeping.state.person;
    this.forgetOthers(others ? kept?.token : undefined);
  }

  /** Nothing is left of others in the browser, and what let them in counts no more.
   *  @param token of one, which the browser may have kept or not */
  forgetOthers(token?: string): void {
    const tokens = new Set([...this.#keeping.forgetOthers(), ...(token ? [token] : [])]);
    for (const one of tokens) this.#way.end(one);
  }

  get #admitted(): boolean {
    const { kept, options } = this.#keeping;
    return kept?.token !== undefined && kept.identity === options.identity;
  }

  /** What the visitor was let in by counts no more: nothing is shown under it, and what was written
   *  waits until they are let in again (rule W58). */
  lapse(token: string | undefined): void {
    const { kept, options, tabs } = this.#keeping;
    if (!kept || !token || token !== kept.token) return;
    tabs.end(token);
    kept.token = undefined;
    // Under a fresh word they are being let in anew already.
    if (kept.identity !== options.identity) return;
    // Who is nobody in particular comes back as somebody new, perhaps in another tab already.
    if (!kept.identity) this.#keeping.leave();
    this.#keeping.catchUp();
    this.#keeping.change({ chat: undefined, messages: [] });
    this.#way.anew();
  }

  async #letIn(): Promise<void> {
    const { options, state } = this.#keeping;
    if (state.missing) throw new Error('no such bot');
    const { bot, workspace_id, language, identity } = options;
    const body = { bot, workspace_id, contact: language ? { language } : {}, identity };
    const visitor = await this.#way.call<Visitor>('POST', '/visitors', body).catch((thrown) => {
      if (thrown instanceof Refused && thrown.status === 403) this.#bar();
      if (thrown instanceof Refused && [404, 422].includes(thrown.status)) this.#miss(thrown);
      throw thrown;
    });
    const { token, verified, files } = visitor;
    const { here: before } = this.#keeping;
    const { outbox, asked } = this.#keeping.state;
    const form = asked ? undefined : (visitor.pre_chat_form ?? undefined);
    const kept = { token, bot: visitor.bot, files, outbox, identity, conversation_id: before };
    this.#keeping.kept = kept;
    // Whom the host knows goes on where they were, in whatever browser that was.
    if (verified && !before) {
      const { rows } = await this.#way.call<{ rows: ChatRow[] }>('GET', '/conversations');
      kept.conversation_id = rows[0]?.id;
    }
    this.#keeping.change({ bot: visitor.bot, files, form, barred: false });
  }

  /** The host's word on who this is does not count: nothing is shown, nothing is asked again before
   *  there is another, and what was written waits for it. */
  #bar(): void {
    const { kept } = this.#keeping;
    if (kept) kept.token = undefined;
    this.#keeping.change({ barred: true, chat: undefined, messages: [] });
    this.#refusal.tell(() => this.#keeping.state.barred);
  }

  /** There is no chat in this page, and asking again would bring none: its maker reads why. */
  #miss({ status, fields }: Refused): void {
    const { bot, workspace_id } = this.#keeping.options;
    const of = workspace_id ? ` in the workspace "${workspace_id}"` : '';
    const why = status === 404 ? `names no bot${of}` : `is refused (${fields.join(', ')})`;
    warn(`data-bot="${bot}" ${why}; this page has no chat.`);
    this.#keeping.change({ missing: true, chat: undefined, messages: [] });
  }
}
