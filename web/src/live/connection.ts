import { useSyncExternalStore } from 'react';

/** Whether what is on screen follows what happens. `lost` says since when it does not. */
export type Connection =
  | { state: 'idle' }
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'lost'; since: number };

let current: Connection = { state: 'idle' };
const watchers = new Set<() => void>();

export const connection = {
  get: () => current,
  /** The first `lost` keeps its time: what is shown is old since then, not since the last attempt. */
  set(next: Connection['state'], now = Date.now()) {
    if (next === current.state) return;
    if (next === 'connecting' && current.state === 'lost') return;
    current = next === 'lost' ? { state: 'lost', since: now } : { state: next };
    for (const watcher of watchers) watcher();
  },
  watch(watcher: () => void) {
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  },
};

export const useConnection = (): Connection =>
  useSyncExternalStore(connection.watch, connection.get);
