import { every_workspace, fromMs, type NewEvent, systemOf, toMs } from '@wheelhouse/core';
import { alarmLimit, mayHideAlarm } from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import type { TierRow } from '../store/certificates.ts';
import { appendEvents } from '../store/events.ts';
import { judgedSince, saveUnwatched, type TierToWatch, tiersToWatch } from '../store/unwatched.ts';
import { epochPlace } from './epoch-place.ts';

const day_ms = 86_400_000;
/** A spot check that waits for longer is not watched by anybody: a weekend is shorter. */
const told_after_ms = 3 * day_ms;
/** And for so long that nothing more passes on it: a week off is no longer. */
const holds_after_ms = 7 * day_ms;
/** Of each tier, the last ones. As many as would raise an alarm is far less. */
const most_unjudged = 500;

/** Finds tiers whose spot checks nobody judges (rule G54): once so many wait that they may hide an alarm
 *  that is said, and once those that wait for a week may, nothing passes until they are judged.
 *  @returns how many are watched otherwise than before */
export async function findUnwatched(ports: Ports): Promise<number> {
  const found = await ports.database.transact(every_workspace, (tx) =>
    tiersToWatch(tx, fromMs(toMs(tx.now) - told_after_ms), most_unjudged),
  );
  let changed = 0;
  for (const one of found) {
    const scope = { workspace_id: one.workspace_id };
    changed += Number(await ports.database.transact(scope, (tx) => look(tx, one)));
  }
  return changed;
}

async function look(tx: Tx, one: TierToWatch): Promise<boolean> {
  const hidden = one.drawn.length > 0 && (await hides(tx, one, told_after_ms));
  // What holds goes on holding until they are judged: else each one that is would open it for a moment.
  const blind = hidden && (one.blind || (one.passes && (await hides(tx, one, holds_after_ms))));
  const waiting = hidden ? one.drawn.length : 0;
  const unwatched_at = hidden ? (one.unwatched_at ?? tx.now) : null;
  const turned = hidden !== (one.unwatched_at !== null) || blind !== one.blind;
  if (!turned && !hidden) return false;
  if (!(await saveUnwatched(tx, one, one, { unwatched_at, waiting, blind })) || !turned)
    return false;
  const { workspace_id, gate, epoch_id, tier } = one;
  const place = { ...epochPlace({ ...one, id: epoch_id }), tier };
  const oldest = fromMs(one.drawn[0] ?? 0);
  const event: NewEvent = hidden
    ? { type: 'gate.unwatched', subject: gate, data: { ...place, waiting, oldest, holds: blind } }
    : { type: 'gate.watched', subject: gate, data: place };
  appendEvents(tx, one, systemOf(workspace_id), [event]);
  return true;
}

/** Whether those of its spot checks that wait for so long may hide an alarm. */
async function hides(tx: Tx, one: TierToWatch, after_ms: number): Promise<boolean> {
  const now_ms = toMs(tx.now);
  const unjudged = one.drawn.map((at_ms) => at_ms + after_ms).filter((at_ms) => at_ms <= now_ms);
  const [first_ms] = unjudged;
  if (first_ms === undefined) return false;
  const judged = await judgedSince(tx, one, one, first_ms);
  const limit = alarmLimit(one.spot_check, one.raised_check ?? 0);
  return mayHideAlarm({ alpha: one.alpha, limit, judged, unjudged });
}

/** As it is told of a tier. */
export const unwatchedOf = (row: TierRow) =>
  row.unwatched_at === null
    ? null
    : {
        since: row.unwatched_at,
        waiting: row.unwatched_checks,
        holds: row.blind,
        case_id: row.unwatched_case_id,
      };
