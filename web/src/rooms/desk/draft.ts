import type { Values } from '@wheelhouse/core';

/** Why a case is being left to others, as far as it is written. */
export interface PassingDraft {
  status: 'skipped' | 'cannot_judge';
  why: string;
}

/** What is being written at a case. It stays in the browser: the answer until the case is decided, a
 *  note until it is sent. */
export interface Draft {
  values: Values;
  passing?: PassingDraft;
  note?: string;
  /** Milliseconds since 1970 of the last change. */
  at: number;
}

const prefix = 'wheelhouse.draft.';
const longest_ms = 14 * 24 * 3_600_000;
const most = 200;

/** What a draft needs of the browser's storage. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Drafts by case, in the browser's own store, so that a reload or a crash loses no writing.
 *  A store that refuses (full, or a private window) costs the draft, never the work. */
export class DraftStore {
  readonly #storage: Shelf;

  constructor(storage: Shelf) {
    this.#storage = storage;
  }

  get(case_id: string): Draft | undefined {
    const text = this.#storage.getItem(prefix + case_id);
    if (!text) return undefined;
    try {
      const draft = JSON.parse(text) as Partial<Draft> | null;
      const whole =
        typeof draft?.at === 'number' && draft.values && typeof draft.values === 'object';
      return whole ? (draft as Draft) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a part of a draft beside its other parts; one with nothing in it is dropped. */
  set(case_id: string, part: Partial<Omit<Draft, 'at'>>, now: number): void {
    const { values, passing, note }: Partial<Draft> = { ...this.get(case_id), ...part };
    if (!Object.keys(values ?? {}).length && !passing && !note) {
      this.#storage.removeItem(prefix + case_id);
      return;
    }
    const draft = { values: values ?? {}, passing, note, at: now };
    try {
      this.#storage.setItem(prefix + case_id, JSON.stringify(draft));
    } catch {
      this.prune(now, most / 4);
    }
  }

  /** Forgets an answer that was given, or is to be begun anew. A note not yet sent stays. */
  clear(case_id: string): void {
    const found = this.get(case_id);
    if (found) this.set(case_id, { values: {}, passing: undefined }, found.at);
    else this.#storage.removeItem(prefix + case_id);
  }

  /** Drops what is two weeks old, and the oldest beyond `keep`. */
  prune(now: number, keep = most): void {
    const found: { id: string; at: number }[] = [];
    for (let at = 0; at < this.#storage.length; at++) {
      const key = this.#storage.key(at);
      if (!key?.startsWith(prefix)) continue;
      const id = key.slice(prefix.length);
      found.push({ id, at: this.get(id)?.at ?? 0 });
    }
    found.sort((a, b) => b.at - a.at);
    found.forEach(({ id, at }, place) => {
      if (place >= keep || now - at > longest_ms) this.#storage.removeItem(prefix + id);
    });
  }
}
