import { assert, CaseSubmission, type Json, type Principal, systemOf } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import type { TierAsked } from '../store/alarms.ts';
import { openCase } from './case.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets } from './docket.ts';
import { cancelCase } from './erase.ts';
import { within } from './within.ts';

export type Fact = [label: string, value: string];

/** A moment as a fact tells it, to the minute. */
export const momentWords = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const systemAt = ({ workspace_id }: Pick<TierAsked, 'workspace_id'>): Principal => ({
  ...systemOf(workspace_id),
  role: 'admin',
});

/** Asks a lead, in the gate's own queue, what to do about a tier of its promise.
 *  @param kind of what it is about @param facts beside what tier of what promise it is
 *  @returns the case */
export async function askAboutTier(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  one: TierAsked,
  { kind, title, facts, form }: { kind: string; title: string; facts: Fact[]; form: object },
): Promise<string> {
  const by = systemAt(one);
  const found = (await rulings.current(tx, by, [one.gate])).get(one.gate);
  assert(found, 'an epoch has a gate');
  const said = [...aboutTier(one), ...facts].map(([label, value]) => ({ label, value }));
  const { gate, epoch_id, tier } = one;
  const about: Record<string, Json> = { [kind]: { gate, epoch_id, tier } };
  const body = CaseSubmission.parse({
    queue: found.row.queue,
    title: `${found.row.title}: ${title}`,
    parts: [{ kind: 'facts', name: kind, facts: said }],
    form,
    quorum: { roles: { lead: 1 } },
    priority: found.ruling.definition.policy.priority,
    metadata: about,
  });
  const { id } = await openCase(
    within(ports, tx, () => {}),
    rulings,
    by,
    body,
    'the promise of a gate asks a lead what to do',
  );
  return id;
}

function aboutTier({ gate, tier, model, model_version, alpha }: TierAsked): Fact[] {
  const percent = `${Number((alpha * 100).toPrecision(3))}%`;
  return [
    ['Gate', gate],
    ['Version', [model, model_version].filter(Boolean).join(' ') || 'no model was named'],
    ['Of', tier === 'all' ? 'everything' : tier],
    ['Promised', `at most ${percent} of what passes is wrong`],
  ];
}

/** Calls it off, if nobody has answered it. */
export async function closeTierCase(
  tx: Tx,
  rulings: RulingsCache,
  one: Pick<TierAsked, 'workspace_id'>,
  case_id: string,
): Promise<void> {
  const by = systemAt(one);
  const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
  if (open?.docket.record.state !== 'waiting') return;
  const writes = docketWrites(tx, by);
  cancelCase(writes, by, open);
  writes.save();
}
