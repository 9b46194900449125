import type { Clients } from '../clients.ts';
import type { Book } from '../ledger.ts';
import type { Population } from '../people.ts';
import type { Random } from '../random.ts';
import type { VirtualTime } from '../time.ts';

/** What an act plays with. */
export interface Scene {
  clients: Clients;
  book: Book;
  people: Population;
  random: Random;
  time: VirtualTime;
  /** Whether the play is over, so that whoever still waits may stop. */
  isOver(): boolean;
  /** A number that no act had before. */
  number(): number;
  /** An id made by a caller. */
  ownId(noun: 'output'): string;
}

/** Something that somebody does, from the first request to the last. */
export type Act = (scene: Scene) => Promise<void>;
