import { make } from './elements.ts';
import { icon } from './icons.ts';
import { rendered } from './markdown.ts';

/** A reply that is being written. A reader of the screen hears it once, when it is whole. */
export function writingRow(by: string): HTMLElement {
  const row = make('div', 'row bot', make('div', 'by', icon('bot'), by), make('div', 'bubble'));
  row.setAttribute('aria-live', 'off');
  row.setAttribute('aria-busy', 'true');
  return row;
}

/** More of it, where it already stands. */
export function drawWritten(row: HTMLElement | undefined, text: string): void {
  row?.querySelector('.bubble')?.replaceChildren(rendered(text));
}
