import {
  type ClaimedAction,
  type ClaimedCase,
  canonical,
  type Instant,
  type Json,
  type Outcome,
  type Output,
  type SubmissionResult,
} from '@wheelhouse/core';
import type { Person } from './people.ts';

/** An output somebody submitted, perhaps more than once under one key. */
export interface Submitted {
  /** Stands in its metadata, so that every row in the store leads back to it. */
  marker: string;
  gate: string;
  by: Person;
  body: Record<string, Json>;
  /** Whether it counts once however often it is sent: it has a key, or an id of its own. */
  once: boolean;
  /** The answer, once one came. */
  result?: SubmissionResult;
}

/** An answer somebody gave to a case; `marker` is its note. */
export interface Answered {
  marker: string;
  case_id: string;
  by: Person;
  epoch: number | undefined;
  /** Whether it counts once however often it is sent. */
  once: boolean;
  /** When the first of its requests was sent; none of its rows may be older. */
  sent_at: Instant;
  status: number;
  answer_id?: string;
  /** The resolution it brought about, as it was acknowledged. */
  resolution_id?: string;
}

/** A case as somebody was told that they hold it. */
export interface Held {
  by: Person;
  shown: ClaimedCase;
}

/** The right to act, as it was handed out. */
export interface Right {
  output_id: string;
  by: Person;
  key: string | undefined;
  claimed: ClaimedAction;
}

/** What people and programs were told, and what they noticed that must not be. It knows nothing of
 *  the store: what it says is compared with it in the end. */
export interface Ledger {
  submitted: Submitted[];
  answered: Answered[];
  held: Held[];
  rights: Right[];
  /** Decisions that were acknowledged as undone, and those where the answer was lost. */
  undone: Set<string>;
  perhaps_undone: Set<string>;
  cancelled: Set<string>;
  /** Leases that somebody asked to hold longer: case, rater and epoch. */
  heartbeats: Set<string>;
  /** Every outcome that anyone ever saw, by output, in canonical form. */
  seen: Map<string, Map<string, string>>;
  checkpoint?: string;
  faults: string[];
}

export function openLedger() {
  const ledger: Ledger = {
    submitted: [],
    answered: [],
    held: [],
    rights: [],
    undone: new Set(),
    perhaps_undone: new Set(),
    cancelled: new Set(),
    heartbeats: new Set(),
    seen: new Map(),
    faults: [],
  };
  return {
    ...ledger,
    fault(rule: string, words: string) {
      ledger.faults.push(`[${rule}] ${words}`);
    },
    /** Notes an outcome as someone saw it. Once seen it stands: any other is a fault (rule C12). */
    see(output: Pick<Output, 'id' | 'outcome'>, how: string) {
      if (!output.outcome) return;
      const said = plain(output.outcome);
      const before = ledger.seen.get(output.id) ?? new Map<string, string>();
      ledger.seen.set(output.id, before);
      const [other] = before.keys();
      if (other !== undefined && other !== said) {
        ledger.faults.push(
          `[C12] ${output.id} was seen as ${other} (${before.get(other)}) and then as ${said} (${how})`,
        );
      }
      if (!before.has(said)) before.set(said, how);
    },
  };
}
export type Book = ReturnType<typeof openLedger>;

export const plain = (outcome: Outcome): string =>
  canonical(JSON.parse(JSON.stringify(outcome)) as Json);
