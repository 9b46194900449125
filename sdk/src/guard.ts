import {
  type Action,
  actionHash,
  ClaimedAction,
  canonical,
  type JsonObject,
  type Outcome,
} from '@wheelhouse/core';
import type { Submission, WaitOptions, Wheelhouse } from './client.ts';
import { NotApproved, WheelhouseError } from './fault.ts';
import { newOutputId } from './id.ts';

export interface GuardOptions<Arguments> extends WaitOptions {
  wheelhouse: Wheelhouse;
  /** The gate that judges the call. */
  gate: string;
  /** The action's name; the function's own by default. */
  name?: string;
  /** What it acts on, when the arguments do not say. */
  target?: string;
  tool_version?: string;
  /** What else the gate may judge by, from the arguments: confidence, risk, input, … */
  describe?(given: Arguments): Omit<Submission, 'action' | 'id'>;
}

/** A guarded function: called like the first, it runs only as approved.
 *  @param output_id the id of an earlier call (`newOutputId()`), or of a run with a name of its own
 *  (`outputIdFor(name)`): the call is taken up where it stopped, and never runs twice
 *  @throws NotApproved; WheelhouseError already_claimed, integrity, or what kept it from the server */
export type Guarded<Arguments, Result> = (given: Arguments, output_id?: string) => Promise<Result>;

/** Puts a function behind a gate: each call is submitted as an action, waits for the gate or a
 *  person, takes the one-time right to act, checks that what was handed out is what was approved,
 *  and runs with exactly those arguments, edited or not. It runs at most once: a crash between the
 *  right and the act is for you to look into, and is not repeated. */
export function guard<
  // Without types of its own a function takes what comes, as in the five lines of the README.
  // biome-ignore lint/suspicious/noExplicitAny: anything narrower refuses those lines.
  Arguments extends object = Record<string, any>,
  Result = unknown,
>(
  run: (given: Arguments, call: { output_id: string; edited: boolean }) => Result | Promise<Result>,
  options: GuardOptions<Arguments>,
): Guarded<Arguments, Result> {
  const { wheelhouse, gate, name = run.name, target, tool_version, describe } = options;
  const { timeout_ms, signal } = options;
  if (!name)
    throw new WheelhouseError('invalid', 0, 'guard needs a name for a function without one.');
  return async (given, output_id = newOutputId()) => {
    // As the server will read it: what JSON cannot say is not approved either.
    const action = JSON.parse(
      JSON.stringify({ name, arguments: given, target, tool_version }),
    ) as Action;
    const submission = { ...describe?.(given), id: output_id, action };
    const { verdict } = await wheelhouse.submit(gate, submission, { signal });
    if (verdict !== 'pass') {
      const { outcome } = await wheelhouse.wait(output_id, { timeout_ms, signal });
      if (!mayRun(outcome)) throw new NotApproved(output_id, outcome);
    }
    const claimed = await wheelhouse.claim(output_id, { signal });
    const approved = checkClaim(claimed, { output_id, gate, action });
    const edited = claimed.outcome.status === 'edited';
    return run(approved.action.arguments as unknown as Arguments, { output_id, edited });
  };
}

const mayRun = ({ status, fallback }: Outcome): boolean =>
  status === 'passed' ||
  status === 'approved' ||
  status === 'edited' ||
  (status === 'expired' && fallback === 'approve');

/** Checks that what was handed out is what was approved for what was asked (rule O1): the hash is
 *  recomputed over the very bytes that came, only arguments may differ from what was asked, and
 *  those only where a person edited them.
 *  @throws WheelhouseError integrity; nothing may run then */
export function checkClaim(
  given: unknown,
  asked: { output_id: string; gate: string; action: Action },
): ClaimedAction {
  const { success, data: claimed } = ClaimedAction.safeParse(given);
  if (!success) throw changed(asked.output_id);
  const { output_id, action, hash, bound, outcome } = claimed;
  const { arguments: approved, ...frame } = action;
  const { arguments: wanted, ...wanted_frame } = asked.action;
  const same =
    output_id === asked.output_id &&
    bound.gate === asked.gate &&
    actionHash({ ...bound, output_id, action }) === hash &&
    canonical(frame as JsonObject) === canonical(wanted_frame as JsonObject) &&
    (outcome.status === 'edited' || canonical(approved) === canonical(wanted));
  if (!same) throw changed(output_id);
  return claimed;
}

const changed = (output_id: string) =>
  new WheelhouseError('integrity', 0, 'What came is not what was approved. Nothing was run.', {
    output_id,
  });
