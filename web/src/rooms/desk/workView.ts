import type { Undoable } from './undoable.ts';

/** What of the work is on screen. */
export interface WorkView {
  held: ReadonlySet<string>;
  /** Held when last heard, but their time is past and the server out of reach. */
  doubtful: ReadonlySet<string>;
  /** Answered, and not known whether the answer arrived. */
  unsure: ReadonlySet<string>;
  /** Held too, to stand ready when the case at hand is done. */
  ahead: string | null;
  /** Decided or being decided here: never shown in a list of open cases again. */
  gone: ReadonlySet<string>;
  /** Decisions on their way to the server. */
  sending: number;
  undoable: Undoable | null;
}

export const nothing_yet: WorkView = {
  held: new Set(),
  doubtful: new Set(),
  unsure: new Set(),
  ahead: null,
  gone: new Set(),
  sending: 0,
  undoable: null,
};
