import {
  checkOverride,
  every_workspace,
  type GateOverride,
  invalid,
  type NewEvent,
  type OverrideSubmission,
  type Principal,
  refuse,
  type Scope,
  systemOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { type EpochRow, listEpochs, lockToEnd } from '../store/epochs.ts';
import { type Actor, appendEvents } from '../store/events.ts';
import { namesOf } from '../store/members.ts';
import {
  endOpenOverride,
  insertOverride,
  type OverrideRow,
  openOverride,
  overridesById,
  overridesDue,
} from '../store/overrides.ts';
import { noGate, promisedPolicy, type RulingsCache } from './definition.ts';
import { checkTier, overrideKnown } from './override-preview.ts';

/** Lets more pass than is certified until a moment (rule G71). A person signs it with their name: it is in
 *  the record, which is sealed and signed. It takes the place of the one in force.
 *  It holds for the versions that are open then, of which it can be known what they did.
 *  @throws Refusal forbidden (to a key), not_found, no_promise, no_version, invalid */
export async function signOverride(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  body: OverrideSubmission,
): Promise<GateOverride> {
  if (by.kind !== 'member') {
    const words = 'An override is signed by a person: sign in as one, a key cannot.';
    throw refuse('forbidden', { action: 'gates.override' }, words);
  }
  const view = await ports.database.transact(by, async (tx) => {
    await lockToEnd(tx, by, gate);
    const policy = await promisedPolicy(rulings, tx, by, gate);
    checkOverride(body, tx.now);
    checkTier(policy, body.tier);
    const { tier = null, alpha = null, until, reason } = body;
    const open = (await listEpochs(tx, by, gate)).filter(({ ended_at }) => !ended_at);
    if (!open.length) throw refuse('no_version', { gate });
    const threshold = await thresholdFor(tx, by, gate, body);
    await endOverride(tx, by, gate, by, 'replaced');
    const id = ports.makeId('override', tx.now);
    const keys = [...new Set(open.map(({ key }) => key))];
    const named = { id, gate, tier, threshold, alpha, until, reason, keys, signed_by: by.id };
    const row = await insertOverride(tx, by, named);
    const chosen = alpha === null ? {} : { alpha };
    const epoch_ids = open.map((epoch) => epoch.id);
    const said = { gate, override_id: id, tier, threshold, ...chosen, until: row.until, reason };
    appendEvents(tx, by, { id: by.id, kind: by.kind }, [
      { type: 'gate.overridden', subject: gate, data: { ...said, epoch_ids } },
    ]);
    return viewOf(tx, by, row);
  });
  ports.database.wake();
  return view;
}

/** The threshold that was named, or the one that what is known now puts under an alpha.
 *  @throws Refusal invalid (alpha): none is known to be under it */
async function thresholdFor(
  tx: Tx,
  scope: Scope,
  gate: string,
  { threshold: named, alpha, tier }: OverrideSubmission,
): Promise<number> {
  const threshold = named ?? (await overrideKnown(tx, scope, gate, { alpha, tier })).threshold;
  if (threshold !== null) return threshold;
  const message =
    'is under what was wrong of what was judged, at every threshold: name a threshold';
  throw invalid({ field: 'alpha', message });
}

/** Ends it before its time. Ending what has ended is no fault. @throws Refusal not_found (gate) */
export async function withdrawOverride(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    await lockToEnd(tx, by, gate);
    if (!(await rulings.current(tx, by, [gate])).has(gate)) throw noGate(gate);
    await endOverride(tx, by, gate, { id: by.id, kind: by.kind }, 'withdrawn');
  });
  ports.database.wake();
}

/** Ends what is in force at a gate, if anything is. Needs the gate held alone (rule G43). */
export async function endOverride(
  tx: Tx,
  scope: Scope,
  gate: string,
  actor: Actor,
  why: 'replaced' | 'withdrawn' | 'time' | 'alarmed' | 'policy_changed',
): Promise<void> {
  const ended = await endOpenOverride(tx, scope, gate, actor.id, why);
  if (!ended) return;
  // What passed by it is counted a moment after it came, and is told by `withTally`: here it would be
  // too little, for good.
  const event: NewEvent = {
    type: 'gate.override_ended',
    subject: gate,
    data: { gate, override_id: ended.id, why },
  };
  appendEvents(tx, scope, { id: actor.id, kind: actor.kind }, [event]);
}

/** Says of overrides that they have run out. No verdict went by them since (rule G71). */
export const endOverridesDue = async (ports: Ports): Promise<number> => {
  const due = await ports.database.transact(every_workspace, overridesDue);
  for (const { workspace_id, gate } of due) {
    await ports.database.transact({ workspace_id }, async (tx) => {
      await lockToEnd(tx, { workspace_id }, gate);
      const fresh = await openOverride(tx, { workspace_id }, gate);
      if (!fresh) await endOverride(tx, { workspace_id }, gate, systemOf(workspace_id), 'time');
    });
  }
  return due.length;
};

/** An override as it is told, and the versions that it holds for. */
export interface InForce {
  told: GateOverride;
  keys: string[];
}

/** Whether it holds for a version, as `standingsBy` has it (rule G115). */
export const isOverridden = (
  { key, ended_at }: Pick<EpochRow, 'key' | 'ended_at'>,
  head: { learned_at: string } | null,
  { told, keys }: InForce,
): boolean =>
  ended_at === null && keys.includes(key) && !(head && head.learned_at >= told.signed_at);

/** The one in force at a gate. */
export async function readOverride(tx: Tx, scope: Scope, gate: string): Promise<InForce | null> {
  const row = await openOverride(tx, scope, gate);
  return row ? { told: await viewOf(tx, scope, row), keys: row.keys } : null;
}

type Told = { type: string; data: Record<string, unknown> };

/** What happened to a gate, and of its overrides who signed each and what came of it in the end. */
export async function withTally<Event extends Told>(
  tx: Tx,
  scope: Scope,
  events: Event[],
): Promise<Event[]> {
  const idOf = ({ data: { override_id: id } }: Told) => (typeof id === 'string' ? [id] : []);
  const ids = [...new Set(events.flatMap(idOf))];
  if (!ids.length) return events;
  const rows = new Map((await overridesById(tx, scope, ids)).map((row) => [row.id, row]));
  const signers = [...rows.values()].map(({ signed_by }) => signed_by);
  const names = await namesOf(tx, scope, signers);
  return events.map((event) => {
    const row = rows.get(idOf(event)[0] ?? '');
    if (!row) return event;
    const { signed_by, passed, checks: n, checks_wrong: wrong } = row;
    const told =
      event.type === 'gate.override_ended'
        ? { passed, checks: { n, wrong } }
        : { signed_by_name: names.get(signed_by) ?? signed_by };
    return { ...event, data: { ...event.data, ...told } };
  });
}

async function viewOf(tx: Tx, scope: Scope, row: OverrideRow): Promise<GateOverride> {
  const { checks: n, checks_wrong: wrong, keys, ...rest } = row;
  const names = await namesOf(tx, scope, [row.signed_by]);
  return {
    ...rest,
    versions: keys.length,
    signed_by_name: names.get(row.signed_by) ?? row.signed_by,
    checks: { n, wrong },
  };
}
