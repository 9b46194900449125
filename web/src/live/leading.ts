import { useEffect } from 'react';

/** Whether this tab is the one of several that alerts for all of them. */
let leads = false;
const watchers = new Set<() => void>();

export const leading = {
  get: () => leads,
  watch(watcher: () => void) {
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  },
};

const set = (now: boolean) => {
  leads = now;
  for (const watcher of watchers) watcher();
};

/** Asks to be the tab that alerts, for as long as it is not let go: one is at a time, and when it
 *  closes or breaks the next one is. The browser itself keeps count, so no two are.
 *  @returns lets go of it */
export function lead(name: string): () => void {
  return hold(name, 'exclusive', () => {
    set(true);
    return () => set(false);
  });
}

const looksAt = (id: string) => `wheelhouse.looks_at.${id}`;

/** What is looked at in this tab, and in how many places of it. */
const here = new Map<string, number>();

/** Whether this tab shows it to somebody. */
export const isSeenHere = (id: string): boolean => here.has(id);

/** Tells this browser's tabs what is looked at in this one. @returns ends it */
function lookAt(id: string): () => void {
  here.set(id, (here.get(id) ?? 0) + 1);
  const letGo = hold(looksAt(id), 'shared', () => () => {});
  return () => {
    const left = (here.get(id) ?? 1) - 1;
    if (left) here.set(id, left);
    else here.delete(id);
    letGo();
  };
}

/** What is open here is looked at while the tab is shown. */
export function useLookedAt(id: string | null): void {
  useEffect(() => {
    if (!id) return;
    let end = () => {};
    const look = () => {
      end();
      end = document.hidden ? () => {} : lookAt(id);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      end();
      document.removeEventListener('visibilitychange', look);
    };
  }, [id]);
}

/** Whether any tab of this browser shows it to somebody. */
export async function isLookedAt(id: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === looksAt(id));
}

function hold(name: string, mode: LockMode, begin: () => () => void): () => void {
  // Without a secure address there are no locks, and nothing is alerted.
  if (!('locks' in navigator)) return () => {};
  const asked = new AbortController();
  let over = () => asked.abort();
  navigator.locks
    .request(name, { mode, signal: asked.signal }, () => {
      const end = begin();
      return new Promise<void>((resolve) => {
        over = () => {
          end();
          resolve();
        };
      });
    })
    // Let go of before it was had.
    .catch(() => {});
  return () => over();
}
