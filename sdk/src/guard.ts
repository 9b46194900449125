import {
  actionHash,
  type ClaimedAction,
  type JsonObject,
  type OutputSubmission,
} from '@wheelhouse/core';
import type * as z from 'zod';
import { newOutputId, type WaitOptions, type Wheelhouse } from './client.ts';
import { NotApproved, WheelhouseError } from './fault.ts';

type Submission = z.input<typeof OutputSubmission>;

export interface GuardOptions<Arguments> extends WaitOptions {
  wheelhouse: Wheelhouse;
  /** The gate that judges the call. */
  gate: string;
  /** The action's name; the function's own by default. */
  name?: string;
  /** What else the gate may judge by, from the arguments: confidence, risk, input, … */
  describe?(given: Arguments): Omit<Partial<Submission>, 'action' | 'id'>;
}

/** A guarded function: called like the first, it runs only as approved.
 *  @param output_id the id of an earlier call: it is taken up where it stopped, and never run twice
 *  @throws NotApproved; WheelhouseError already_claimed, integrity, or what kept it from the server */
export type Guarded<Arguments, Result> = (given: Arguments, output_id?: string) => Promise<Result>;

/** Puts a function behind a gate: each call is submitted as an action, waits for the gate or a
 *  person, takes the one-time right to act, recomputes the hash of what was approved, and runs with
 *  exactly those arguments, edited or not. */
export function guard<Arguments extends object, Result>(
  run: (given: Arguments, call: { output_id: string; edited: boolean }) => Result | Promise<Result>,
  { wheelhouse, gate, name = run.name, describe, timeout_ms, signal }: GuardOptions<Arguments>,
): Guarded<Arguments, Result> {
  if (!name)
    throw new WheelhouseError('invalid', 0, 'guard needs a name for a function without one.');
  return async (given, output_id = newOutputId()) => {
    const action = { name, arguments: given as unknown as JsonObject };
    const options = signal ? { signal } : {};
    await wheelhouse.submit(gate, { ...describe?.(given), id: output_id, action }, options);
    const { outcome } = await wheelhouse.wait(output_id, {
      ...options,
      ...(timeout_ms === undefined ? {} : { timeout_ms }),
    });
    const runs =
      ['passed', 'approved', 'edited'].includes(outcome.status) ||
      (outcome.status === 'expired' && outcome.fallback === 'approve');
    if (!runs) throw new NotApproved(outcome.status, output_id, outcome.reason);
    const claimed = checkClaim(await wheelhouse.claim(output_id), output_id, name);
    return run(claimed.action.arguments as unknown as Arguments, {
      output_id,
      edited: outcome.status === 'edited',
    });
  };
}

/** Recomputes the hash over the very bytes that came, so that nothing between the approval and
 *  here can change them unseen. @throws WheelhouseError integrity */
export function checkClaim(claimed: ClaimedAction, output_id: string, name: string): ClaimedAction {
  const hash = actionHash({ ...claimed.bound, output_id, action: claimed.action });
  if (hash !== claimed.hash || claimed.output_id !== output_id || claimed.action.name !== name) {
    throw new WheelhouseError(
      'integrity',
      0,
      'What came is not what was approved. Nothing was run.',
      { output_id },
    );
  }
  return claimed;
}
