import { useBlocker } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';

/** Asks before a page with unsaved changes is left.
 *  @param what they are of, such as "this gate"
 *  @returns `now`, which lets the next leaving pass, for after a save */
export function useUnsaved(dirty: boolean, what: string): { now: () => void } {
  const free = useRef(false);
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!dirty || free.current || current.pathname === next.pathname) return false;
      return !confirm(`The changes to ${what} are not saved. Leave all the same?`);
    },
    enableBeforeUnload: () => dirty && !free.current,
  });
  return useMemo(
    () => ({
      now: () => {
        free.current = true;
      },
    }),
    [],
  );
}
