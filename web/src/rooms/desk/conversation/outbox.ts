import { makeId } from '@wheelhouse/core';
import { api } from '../../../live/api.ts';
import { ApiProblem } from '../../../live/problem.ts';

export interface Suggested {
  text: string;
  written_by: string | null;
}

/** What was written, to be sent. */
export type Said = Pick<Unsent, 'text' | 'note' | 'mentions' | 'suggested'>;

/** A message on its way. */
export interface Unsent {
  id: string;
  text: string;
  note: boolean;
  mentions: string[];
  /** The suggested reply that it began as, as it stood then. */
  suggested?: Suggested;
  at: string;
  /** `waiting` for a connection, `failed` when the server refused it. */
  state: 'sending' | 'waiting' | 'failed';
  problem: ApiProblem | null;
}

const prefix = 'wheelhouse.outbox.';

type Send = (
  conversation_id: string,
  body: {
    id: string;
    mentions: string[];
    suggested?: Suggested;
    audience: 'all' | 'team';
    body: { kind: 'text'; text: string };
  },
) => Promise<unknown>;
/** What an outbox needs of the browser's storage. */
type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was written in one conversation and has not arrived. Each message keeps the id it was made
 *  with, so that trying again can not say it twice (rule W2); they go out in their order. What waits
 *  outlives a reload. */
export class Outbox {
  readonly #conversation_id: string;
  readonly #shelf: Shelf;
  readonly #send: Send;
  readonly #watchers = new Set<() => void>();
  #rows: readonly Unsent[] = [];
  #busy = false;

  constructor(conversation_id: string, shelf: Shelf, send: Send) {
    this.#conversation_id = conversation_id;
    this.#shelf = shelf;
    this.#send = send;
    try {
      const kept = JSON.parse(shelf.getItem(prefix + conversation_id) ?? '[]') as Unsent[];
      this.#rows = kept.map((row) => ({ ...row, state: 'waiting', problem: null }));
    } catch {
      // Written by something else: nothing is waiting.
    }
  }

  readonly rows = () => this.#rows;
  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  };

  add(said: Said, now_ms: number, chance: Uint8Array): void {
    const id = makeId('message', now_ms, chance);
    const at = new Date(now_ms).toISOString();
    this.#set([...this.#rows, { ...said, id, at, state: 'sending', problem: null }]);
    void this.flush();
  }

  again(id: string): void {
    this.#change(id, { state: 'waiting', problem: null });
    void this.flush();
  }

  drop(id: string): void {
    this.#set(this.#rows.filter((row) => row.id !== id));
  }

  /** Sends what waits, one after the other; the first that finds no server ends it. */
  async flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (;;) {
        const row = this.#rows.find(({ state }) => state !== 'failed');
        if (!row) return;
        this.#change(row.id, { state: 'sending' });
        if (!(await this.#one(row))) return;
      }
    } finally {
      this.#busy = false;
    }
  }

  /** @returns whether to go on with the next */
  async #one({ id, text, note, mentions, suggested }: Unsent): Promise<boolean> {
    try {
      await this.#send(this.#conversation_id, {
        ...{ id, mentions, audience: note ? 'team' : 'all' },
        body: { kind: 'text', text },
        ...(suggested ? { suggested } : {}),
      });
      this.drop(id);
      return true;
    } catch (thrown) {
      const problem =
        thrown instanceof ApiProblem
          ? thrown
          : new ApiProblem({ code: 'internal' }, { cause: thrown });
      const away = problem.code === 'unreachable' || problem.code === 'unavailable';
      this.#change(id, { state: away ? 'waiting' : 'failed', problem });
      return !away;
    }
  }

  #change(id: string, part: Partial<Unsent>): void {
    this.#set(this.#rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  }

  #set(rows: readonly Unsent[]): void {
    this.#rows = rows;
    const key = prefix + this.#conversation_id;
    try {
      if (rows.length) this.#shelf.setItem(key, JSON.stringify(rows));
      else this.#shelf.removeItem(key);
    } catch {
      // No room: what waits lasts as long as the page.
    }
    for (const watcher of this.#watchers) watcher();
  }
}

const open = new Map<string, Outbox>();

/** The one outbox of a conversation in this page. */
export function outboxOf(id: string): Outbox {
  const found = open.get(id) ?? new Outbox(id, localStorage, api.conversations.send);
  open.set(id, found);
  return found;
}
