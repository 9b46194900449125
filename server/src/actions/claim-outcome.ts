import {
  type Action,
  actionHash,
  type ClaimedAction,
  elapsed,
  evidenceOf,
  type Instant,
  letsRun,
  type Principal,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { shareBots } from '../store/bots.ts';
import { eventJson } from '../store/events.ts';
import { lockOutputs, markClaimed, type OutputRow } from '../store/outputs.ts';
import { type BatchRun, refused, type Settled, settled } from './batch.ts';
import { beginCall, callGrounds, checkCall } from './call-fence.ts';
import { type Asked, keysOf } from './replay.ts';

export interface ClaimRequest {
  by: Principal;
  output_id: string;
  once?: Asked | undefined;
  /** How often a call was sent that is begun again, since its tool counts it once (rule W53). */
  tries?: number | undefined;
}

/** Hands out the one-time right to act, with the exact bytes approved (rules O1 to O4).
 *  A call of a bot of ours begins with it, and is fenced by its conversation (rules W9 and W51).
 *  Refusals: key_reused, forbidden, not_found, not_decided, undo_open, not_approved, already_claimed,
 *  bot_stopped, wheel_taken, integrity. */
export function claimOutcomes(ports: Ports): BatchRun<ClaimRequest, ClaimedAction> {
  return (scope, items, patience_ms) =>
    ports.database
      .transact(
        scope,
        async (tx) => {
          const rows = await lockOutputs(
            tx,
            scope,
            [...new Set(items.map(({ output_id }) => output_id))].sort(),
          );
          const stopped = await stoppedAmong(tx, scope, rows);
          const grounds = await callGrounds(tx, scope, rows);
          const keys = await keysOf(tx, items);
          const by_id = new Map(rows.map((row) => [row.id, row]));
          const claims: { id: string; claimed_by: string }[] = [];
          const events: ReturnType<typeof eventJson>[] = [];
          const results = items.map((item): Settled<ClaimedAction> => {
            const { by, output_id } = item;
            const replay = keys.replay<ClaimedAction>(item);
            if (replay) return replay;
            try {
              const row = by_id.get(output_id);
              checkClaimant(by, row);
              checkGoing(stopped, row);
              const ground = grounds.get(output_id);
              const again = ground && item.tries !== undefined;
              const claimed = claimable(scope, row, output_id, tx.now, again);
              if (ground) checkCall(by, output_id, ground, item.tries);
              if (ground) beginCall(tx, scope, row as OutputRow, ground);
              (row as OutputRow).claimed_at = tx.now;
              claims.push({ id: output_id, claimed_by: by.id });
              events.push(
                eventJson(
                  { id: by.id, kind: by.kind },
                  {
                    type: 'output.claimed',
                    subject: output_id,
                    data: {
                      action_evidence: evidenceOf((row as OutputRow).salt, claimed.hash),
                      status: claimed.outcome.status,
                    },
                  },
                ),
              );
              keys.keep(item, 200, claimed);
              return settled(claimed);
            } catch (refusal) {
              return refused(refusal);
            }
          });
          if (claims.length) markClaimed(tx, scope, claims, events);
          await keys.save();
          return results;
        },
        { patience_ms, reads_first: true },
      )
      .finally(() => ports.database.wake());
}

/** The bots that are stopped, of those that asked; none of the others is while this goes on. */
async function stoppedAmong(tx: Tx, scope: Scope, rows: OutputRow[]): Promise<Set<string>> {
  const asking = rows.filter(({ created_by }) => created_by.startsWith('bot:'));
  if (!asking.length) return new Set();
  const { workspace_id } = scope;
  const bots = asking.map(({ created_by }) => ({ workspace_id, bot: created_by.slice(4) }));
  const held = await shareBots(tx, bots);
  return new Set(held.filter(({ stopped_at }) => stopped_at).map(({ name }) => `bot:${name}`));
}

/** No act of a stopped bot begins (rule W9). @throws Refusal bot_stopped */
function checkGoing(stopped: Set<string>, row: OutputRow | undefined): void {
  if (!row || !stopped.has(row.created_by)) return;
  throw refuse('bot_stopped', { output_id: row.id, bot: row.created_by.slice(4) });
}

/** The right to act is the program's that asked, or of another that acts for it. A person who took it
 *  would leave the program to hear that it has acted already; so would a key that decided.
 *  @throws Refusal forbidden */
function checkClaimant(by: Principal, row: OutputRow | undefined): void {
  if (!row || row.created_by === by.id || by.kind === 'system') return;
  if (by.kind === 'key' && row.outcome?.by !== by.id) return;
  const words = 'The right to act is for the program that asked for it, not for who decides.';
  throw refuse('forbidden', { output_id: row.id }, words);
}

function claimable(
  scope: Scope,
  row: OutputRow | undefined,
  id: string,
  now: Instant,
  again = false,
): ClaimedAction {
  if (!row) throw refuse('not_found', { output_id: id });
  if (row.erased_at) throw refuse('erased', { output_id: id, erased_at: row.erased_at });
  if (!row.outcome) throw refuse('not_decided', { output_id: id });
  if (!row.settled) throw undoOpen(id, row.undo_until ?? now, now);
  const { status } = row.outcome;
  if (!letsRun(row.outcome)) throw refuse('not_approved', { output_id: id, outcome: status });
  if (row.claimed_at && !again)
    throw refuse('already_claimed', {
      output_id: id,
      claimed_at: row.claimed_at,
      claimed_by: row.claimed_by,
    });
  const action = row.outcome.action;
  if (!action || !row.action) {
    throw refuse(
      'not_approved',
      { output_id: id, outcome: status },
      'There is no action here to run.',
    );
  }
  const bound = {
    workspace_id: scope.workspace_id,
    gate: row.gate,
    policy_version: row.policy_version,
  };
  const hashOf = (what: Action) => actionHash({ ...bound, output_id: id, action: what });
  // What was asked must still be what was hashed when it was asked, what runs what was hashed when
  // it was decided; and unless a person edited it, both are the same.
  const asked = hashOf(row.action);
  const hash = hashOf(action);
  const intact =
    asked === row.action_hash &&
    hash === row.outcome.action_hash &&
    (status === 'edited' || hash === asked);
  if (!intact) throw refuse('integrity', { output_id: id });
  return { output_id: id, action, hash, bound, outcome: row.outcome };
}

/** Once the time to undo is over the effect leaves within a moment of the job's own. */
const leaves_within_ms = 500;

/** Decided, but how is not told before it is final (rule O8). */
function undoOpen(output_id: string, undo_until: Instant, now: Instant) {
  const retry_after_ms = Math.max(0, elapsed(now, undo_until)) + leaves_within_ms;
  const words = `This was decided and can be undone until ${undo_until}. Try again then.`;
  return refuse('undo_open', { output_id, retry_at: undo_until, retry_after_ms }, words);
}
