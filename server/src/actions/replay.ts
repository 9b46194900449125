import { refuse } from '@wheelhouse/core';
import { erased_status, type Remembered } from '../store/idempotency.ts';
import { refused, type Settled, settled } from './batch.ts';

interface Asked {
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
