import { every_workspace, fromMs, toMs } from '@wheelhouse/core';
import { decidedEvent } from '../actions/answer.ts';
import type { RulingsCache } from '../actions/definition.ts';
import { stepLadder } from '../actions/ladder.ts';
import { failure_window_ms } from '../actions/sign-in-guard.ts';
import type { Ports } from '../ports.ts';
import { casesDue, releaseLapsed } from '../store/cases.ts';
import { appendEvents } from '../store/events.ts';
import { forgetBefore } from '../store/idempotency.ts';
import { outputsToSettle, settleOutput } from '../store/outputs.ts';
import { forgetSessions } from '../store/sessions.ts';
import { forgetFailures } from '../store/users.ts';

const group = 100;
const keep_keys_ms = 30 * 24 * 3_600_000;

/** Gives back the places of reviewers who fell silent. */
export const lapse = async (ports: Ports): Promise<number> => {
  const freed = await ports.database.transact(every_workspace, releaseLapsed);
  return freed.length;
};

/** Climbs ladders and expires cases whose time has come. A case that cannot be stepped is logged
 *  and does not hold up the others. */
export async function climb(ports: Ports, rulings: RulingsCache): Promise<number> {
  const due = await ports.database.transact(every_workspace, (tx) => casesDue(tx, group));
  let stepped = 0;
  for (const { workspace_id, id } of due) {
    try {
      if (await stepLadder(ports, rulings, workspace_id, id)) stepped += 1;
    } catch (error) {
      ports.log.error({ error: String(error), case_id: id }, 'a case could not take its next step');
    }
  }
  return stepped;
}

/** Lets the effects leave of decisions that can no longer be undone. */
export const settleDue = (ports: Ports): Promise<number> =>
  ports.database.transact(every_workspace, async (tx) => {
    const due = await outputsToSettle(tx, group);
    for (const { workspace_id, id } of due) {
      const row = await settleOutput(tx, { workspace_id }, id);
      if (!row?.outcome) continue;
      const event = decidedEvent(row, row.outcome);
      appendEvents(tx, { workspace_id }, { id: 'system', kind: 'system' }, [event]);
    }
    return due.length;
  });

/** Forgets idempotency keys after thirty days, sessions when they are over, and tries to sign in
 *  when they no longer count. */
export const forget = (ports: Ports): Promise<number> =>
  ports.database.transact(every_workspace, async (tx) => {
    const gone = await Promise.all([
      forgetBefore(tx, fromMs(toMs(tx.now) - keep_keys_ms)),
      forgetSessions(tx),
      forgetFailures(tx, fromMs(toMs(tx.now) - failure_window_ms)),
    ]);
    return gone.flat().length;
  });
