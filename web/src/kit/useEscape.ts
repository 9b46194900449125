import { useKeys } from './useKeys.ts';

/** Escape closes what a key has opened, also before it has taken the focus: a hand is faster than a busy
 *  machine, and the page under it would take the key for its own and be left. */
export function useEscape(opened: boolean, close: () => void): void {
  useKeys(opened ? [{ key: 'Escape', label: 'Close', in_fields: true, run: close }] : []);
}
