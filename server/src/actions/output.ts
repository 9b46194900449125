import {
  conversationOf,
  type OutputSubmission,
  type Principal,
  refuse,
  type Scope,
  type SubmissionResult,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { erasedAmong } from '../store/conversation-erasure.ts';
import { insertOutputs } from '../store/outputs.ts';
import { type BatchRun, refused, type Settled, settled } from './batch.ts';
import { noGate, type RulingsCache } from './definition.ts';
import { type Drafted, draft } from './draft.ts';
import { settleRepeats } from './repeat.ts';
import { standingsOf } from './standing.ts';

export interface Submission {
  by: Principal;
  gate: string;
  body: OutputSubmission;
  /** The Idempotency-Key and the digest of the request it stands for. */
  once?: { key: string; request: string } | undefined;
  /** Why a person is to look at it, even if the policy would let it pass. */
  hold_reason?: string | undefined;
  /** How long people have to decide on it where it is held, if its gate gives them longer. */
  decided_within_ms?: number | undefined;
  /** What else it could be taken for: the strictest verdict on any of them is its own. */
  judged_as?: OutputSubmission[] | undefined;
}

/** Judges outputs and writes them, the cases they open and what happened, in one commit
 *  (rules G1 to G5, G40 to G44, O4).
 *  Refusals: not_found (gate), invalid (action), id_taken, key_reused, erased (the conversation). */
export function submitOutputs(
  ports: Ports,
  rulings: RulingsCache,
): BatchRun<Submission, SubmissionResult> {
  return (scope, items, patience_ms) =>
    ports.database
      .transact(
        scope,
        async (tx) => {
          const { current, standingOf } = await standingsOf(ports, rulings, tx, scope, items);
          const erased = await erasedOf(tx, scope, items);
          const drafts = items.map((item): Settled<Drafted> => {
            const found = current.get(item.gate);
            if (!found) return refused(noGate(item.gate));
            const { conversation_id = '' } = item.body;
            if (erased.has(conversation_id)) return refused(refuse('erased', { conversation_id }));
            try {
              const { ruling, row } = found;
              return settled(
                draft(ports, scope, tx, item, { ruling, queue: row.queue }, standingOf(item)),
              );
            } catch (refusal) {
              return refused(refusal);
            }
          });
          await settleRepeats(tx, scope, items, drafts);
          write(tx, scope, drafts);
          return drafts.map((one) => (one.ok ? settled(one.value.result) : one));
        },
        { patience_ms, reads_first: true },
      )
      .finally(() => ports.database.wake());
}

/** Conversations of ours that these are of, and that are erased: nothing is made of them any more. */
async function erasedOf(tx: Tx, scope: Scope, items: Submission[]): Promise<Set<string>> {
  const ids = items.flatMap(({ body }) => {
    const { conversation_id } = conversationOf({ conversation_id: body.conversation_id ?? null });
    return conversation_id ? [conversation_id] : [];
  });
  return ids.length ? erasedAmong(tx, scope, [...new Set(ids)]) : new Set();
}

function write(tx: Tx, scope: Scope, drafts: Settled<Drafted>[]): void {
  const fresh = drafts.flatMap((one) => (one.ok && !one.value.repeated ? [one.value] : []));
  if (!fresh.length) return;
  insertOutputs(
    tx,
    scope,
    fresh.map(({ output }) => output),
    fresh.flatMap(({ opened }) => (opened ? [opened] : [])),
    fresh.flatMap(({ events }) => events),
  );
}
