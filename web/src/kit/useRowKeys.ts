import { type RefObject, useRef } from 'react';
import { useKeys } from './useKeys.ts';

/** Lets J and K walk the rows of a list. Each row marks its own link or button with `data-row`, so
 *  that the focus itself moves and Enter does what it always does.
 *  @returns the ref of whatever holds the rows */
export function useRowKeys<Element extends HTMLElement>(group: string): RefObject<Element | null> {
  const box = useRef<Element>(null);
  const step = (by: number) => {
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };
  useKeys([
    { key: 'j', label: 'Next row', group, run: () => step(1) },
    { key: 'k', label: 'Row before', group, run: () => step(-1) },
  ]);
  return box;
}
