import { every_workspace, fromMs, toMs } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { casesDue, releaseLapsed } from '../store/cases.ts';
import { appendEvents } from '../store/events.ts';
import { forgetBefore } from '../store/idempotency.ts';
import { outputsToSettle, settleOutput } from '../store/outputs.ts';
import { forgetSessions } from '../store/sessions.ts';
import { forgetFailures } from '../store/users.ts';
import { decidedEvent } from './answer.ts';
import { failure_window_ms } from './sign-in-guard.ts';

const group = 100;
const keep_keys_ms = 30 * 24 * 3_600_000;

/** Gives back the places of reviewers who fell silent. */
export const lapse = async (ports: Ports): Promise<number> => {
  const freed = await ports.database.transact(every_workspace, releaseLapsed);
  return freed.length;
};

/** Some of the cases whose time has come, of every workspace. */
export const dueCases = (ports: Ports) =>
  ports.database.transact(every_workspace, (tx) => casesDue(tx, group));

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
