import { alone } from './alone.ts';
import { remembered } from './begin.ts';
import { type Kept, keep, type Outgoing, recall } from './memory.ts';
import type { ChatState } from './state.ts';

/** What is written in all tabs, after one of them has changed what it knew of it.
 *  @param theirs what the browser keeps, to which the other tabs may have added and from which they took
 *    what has arrived */
export function together(
  before: Outgoing[],
  after: Outgoing[],
  theirs: Outgoing[] | undefined,
): Outgoing[] {
  if (!theirs) return after;
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(after.map((one) => [one.id, one]));
  const left = theirs.filter(({ id }) => is.has(id) || !was.has(id));
  const known = new Set(left.map(({ id }) => id));
  const changed = left.map((one) => {
    const mine = is.get(one.id);
    return mine && mine !== was.get(one.id) ? mine : one;
  });
  return [...changed, ...after.filter(({ id }) => !was.has(id) && !known.has(id))];
}

/** What was written and is no more, in the conversation that is shown: another tab has sent it, and it
 *  comes by the line of this one.
 *  @param left what is still to be sent, as the tabs know it now */
export function sentElsewhere(
  { outbox, elsewhere, messages }: ChatState,
  left: Outgoing[],
  here: string | undefined,
): Outgoing[] {
  const known = new Set([...messages, ...left, ...elsewhere].map(({ id }) => id));
  const gone = outbox.filter(({ id }) => here && !known.has(id));
  return [
    ...elsewhere,
    ...gone.map((one) => ({ ...one, failed: false, conversation_id: one.conversation_id ?? here })),
  ];
}

/** The tabs of a browser in which one visitor chats: what it keeps of them is of all. */
export class Tabs {
  #name = '';
  /** Whether the browser keeps what it is given. */
  #keeps = true;
  /** Tokens and conversations that count no more, whatever another tab still keeps. */
  #over = new Set<string | undefined>();
  /** Whether a new conversation was asked for in this tab. */
  anew = false;

  /** @param changed called when another tab has kept something */
  constructor(changed: () => void) {
    addEventListener('storage', ({ key }) => key === this.#name && changed());
  }

  /** From now on of this person. */
  recall(name: string): Kept | undefined {
    this.#name = name;
    this.anew = false;
    return recall(name);
  }

  /** @returns all that is written and has not arrived, with what other tabs have added */
  keep(kept: Kept, before: Outgoing[]): Outgoing[] {
    const theirs = this.#keeps ? recall(this.#name)?.outbox : undefined;
    const outbox = together(before, kept.outbox, theirs);
    this.#keeps = keep(this.#name, { ...kept, outbox });
    return outbox;
  }

  /** A token or a conversation that counts no more. */
  end(...over: (string | undefined)[]): void {
    for (const one of over) this.#over.add(one);
  }

  /** Does something alone of all tabs, whoever is at the page. */
  alone<Made>(what: 'in' | 'begin' | 'send', act: () => Promise<Made>): Promise<Made> {
    return alone(`wheelhouse ${what}`, act);
  }

  /** What other tabs have come to: what is still to be sent, and, where this one has come to nothing,
   *  who the visitor is and where they talk. */
  meanwhile(
    mine: Kept | undefined,
    identity: string | undefined,
  ):
    | { kept: Kept | undefined; change: Partial<ChatState> & Pick<ChatState, 'outbox'> }
    | undefined {
    const theirs = this.#keeps ? recall(this.#name) : undefined;
    if (!theirs) return undefined;
    const { outbox, asked, answers } = theirs;
    const done = { form: undefined, answers: undefined, asked: true };
    const change = { outbox, ...(asked ? done : answers ? { answers } : {}) };
    const talk = this.talk(identity);
    if (!talk || (mine?.token && mine.conversation_id)) return { kept: mine, change };
    const there = this.anew ? undefined : talk.conversation_id;
    const kept = { ...talk, conversation_id: mine?.conversation_id ?? there };
    return { kept, change: mine?.token ? change : { ...remembered(theirs), ...change } };
  }

  /** What the browser keeps, where the visitor is let in by it still. */
  talk(identity: string | undefined): Kept | undefined {
    const kept = this.#keeps ? recall(this.#name) : undefined;
    if (!kept?.token || this.#over.has(kept.token) || kept.identity !== identity) return undefined;
    const { conversation_id: there } = kept;
    return this.#over.has(there) ? { ...kept, conversation_id: undefined } : kept;
  }
}
