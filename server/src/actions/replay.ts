import { type Principal, refuse } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import {
  erased_status,
  findRemembered,
  type Remembered,
  rememberAll,
} from '../store/idempotency.ts';
import { refused, type Settled, settled } from './batch.ts';

export interface Asked {
  key: string;
  request: string;
}

/** What a key brings back to whoever asks the same again (rule O4).
 *  @throws Refusal key_reused, erased */
export function replayOf(first: Remembered, asked: Asked): unknown {
  if (first.status === erased_status && first.response === null) throw refuse('erased', {});
  if (first.request !== asked.request) throw refuse('key_reused', { key: asked.key });
  return first.response;
}

/** The same, for one of a batch. */
export function replayed<Result>(first: Remembered, asked: Asked): Settled<Result> {
  try {
    return settled(replayOf(first, asked) as Result);
  } catch (refusal) {
    return refused(refusal);
  }
}

/** Sees that every key was kept now. One that was not is in another transaction's hands: everything
 *  is undone, as after any other conflict, and the next try finds what that one answered. */
export function insistKept(wanted: readonly unknown[], kept: readonly unknown[]): void {
  if (kept.length === wanted.length) return;
  throw Object.assign(new Error('an Idempotency-Key was taken meanwhile'), { code: '40001' });
}

/** One of a batch, which may have come with a key. */
interface Item {
  by: Principal;
  once?: Asked | undefined;
}

/** The keys of a batch: what each brought back before, and what is kept under it with the work. */
export async function keysOf(tx: Tx, items: Item[]) {
  const asked = items.flatMap(({ by, once }) =>
    once ? [{ principal: by.id, key: once.key }] : [],
  );
  const rows = asked.length ? await findRemembered(tx, tx.scope, asked) : [];
  const known = new Map(rows.map((row) => [`${row.principal} ${row.key}`, row]));
  const fresh: Remembered[] = [];
  return {
    /** What an item's key brings back; undefined when it is to be done. */
    replay<Result>({ by, once }: Item): Settled<Result> | undefined {
      const first = once && known.get(`${by.id} ${once.key}`);
      return first && replayed<Result>(first, once);
    },
    keep({ by, once }: Item, status: number, response: unknown): void {
      if (!once) return;
      const row = { principal: by.id, ...once, status, response };
      fresh.push(row);
      known.set(`${by.id} ${once.key}`, row);
    },
    async save(): Promise<void> {
      if (fresh.length) insistKept(fresh, await rememberAll(tx, tx.scope, fresh));
    },
  };
}
