import { type KeyboardEvent, type RefObject, useRef } from 'react';

/** Lets the arrows go from a search field into what it found and back, and Enter open the first of it.
 *  Rows are marked with `data-row`; what still waits for its answer (`aria-busy`) is left out.
 *  @param looking whether the list itself still waits for it */
export function useListArrows(field: RefObject<HTMLInputElement | null>, looking: boolean) {
  const list = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const in_field = event.target === field.current;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].filter(
      (row) => !row.closest('[aria-busy=true]'),
    );
    const at = rows.indexOf(event.target as HTMLElement);
    if ((!in_field && at < 0) || event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') rows[at + 1]?.focus();
    else if (event.key === 'ArrowUp' && !in_field) (rows[at - 1] ?? field.current)?.focus();
    else if (event.key === 'Enter' && in_field && !looking && rows[0]) {
      // What is opened has keys of its own, which a field would swallow.
      field.current?.blur();
      rows[0].click();
    } else return;
    event.preventDefault();
  };
  return { list, onKeyDown };
}
