import type { ChatState } from './state.ts';

/** One thing in the log. It stays the same element while it is there, so that a reader of the screen
 *  hears it once and nobody's place in it is lost; what changes of it is changed in place. */
export interface Drawn {
  element: HTMLElement;
  update?(state: ChatState): void;
}
