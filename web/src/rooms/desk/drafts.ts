import { DraftStore, type Shelf } from './draft.ts';

/** A browser may keep its storage closed (a private window, a strict setting); drafts then last as
 *  long as the page. */
function shelf(): Shelf {
  try {
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
      key: (at) => [...kept.keys()][at] ?? null,
      get length() {
        return kept.size;
      },
    };
  }
}

/** The drafts of this browser. */
export const drafts = new DraftStore(shelf());
drafts.prune(Date.now());
