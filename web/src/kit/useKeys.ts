import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { type KeyAct, key_registry } from './keys.ts';

/** Binds keys to acts for as long as the component is shown. Order of mounting decides who wins. */
export function useKeys(acts: readonly KeyAct[]): void {
  const latest = useRef(acts);
  useLayoutEffect(() => {
    latest.current = acts;
  });
  // What the sheet shows; runs are looked up when a key is pressed, so they are never old.
  const drawn = JSON.stringify(
    acts.map(({ key, label, group, off, in_fields }) => ({ key, label, group, off, in_fields })),
  );
  useEffect(() => {
    const fixed = (JSON.parse(drawn) as Omit<KeyAct, 'run'>[]).map((act, at) => ({
      ...act,
      run: () => latest.current[at]?.run(),
    }));
    return key_registry.add(fixed);
  }, [drawn]);
}

export const useKeyList = (): readonly KeyAct[] =>
  useSyncExternalStore(key_registry.watch, key_registry.list);
