import {
  type GroupsFilter,
  type Principal,
  type PromiseGroup,
  type PromiseGroups,
  type PromiseTerms,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import { anytimeBounds, exactBounds, type Stratum, stratifiedErrors } from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { cameLately, type GroupRow, groupsIn } from '../store/counts.ts';
import { type EpochRow, listEpochs } from '../store/epochs.ts';
import { promisedPolicy, type RulingsCache } from './definition.ts';

/** How a gate's promise treats each group: how much of it passes, and how much of that is wrong
 *  (rules G60, G61).
 *  @throws Refusal not_found, no_promise */
export const readGroups = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  { epoch: epoch_id }: GroupsFilter,
): Promise<PromiseGroups> =>
  ports.database.transact(by, async (tx) => {
    const policy = await promisedPolicy(rulings, tx, by, gate);
    const together = await epochsOf(tx, by, gate, epoch_id);
    const [epoch] = together;
    const epoch_ids = together.map(({ id }) => id);
    const rows = epoch ? await groupsIn(tx, by, epoch_ids) : [];
    const alpha = loosest(epoch?.terms ?? policy);
    const whole = rows.filter(({ attribute, rest }) => attribute === '' && !rest);
    return {
      gate,
      epoch_id: epoch?.id ?? null,
      epoch_ids,
      alpha,
      checks_needed: checksNeeded(alpha),
      whole: groupOf({ of: 'whole', value: null }, whole, alpha),
      attributes: attributesOf(rows, whole, alpha),
      left_out: rows.some(({ attribute, rest }) => attribute === '' && rest),
    };
  });

/** The epoch that is asked for, or of the version that most came of lately, and with an open one all that
 *  are open of its version: what an alarm has begun anew alone is no other version (rule G118). */
async function epochsOf(
  tx: Tx,
  scope: Scope,
  gate: string,
  asked: string | undefined,
): Promise<EpochRow[]> {
  const epochs = await listEpochs(tx, scope, gate);
  const open = epochs.filter(({ ended_at }) => !ended_at);
  open.sort((a, b) => (a.began_at < b.began_at ? 1 : -1));
  const withOthers = (one: EpochRow) =>
    one.ended_at ? [one] : [one, ...open.filter(({ id, key }) => key === one.key && id !== one.id)];
  if (asked === undefined) {
    const ids = open.map(({ id }) => id);
    const came = new Map((await cameLately(tx, scope, ids)).map((row) => [row.epoch_id, row.n]));
    const cameOf = (one: EpochRow) =>
      withOthers(one).reduce((sum, { id }) => sum + (came.get(id) ?? 0), 0);
    const [most = epochs[0]] = open.toSorted((a, b) => cameOf(b) - cameOf(a));
    return most ? withOthers(most) : [];
  }
  const found = epochs.find(({ id }) => id === asked);
  if (found) return withOthers(found);
  const message = 'is no epoch of this gate, or one of long ago';
  throw refuse('not_found', { epoch: asked, errors: [{ field: 'epoch', message }] });
}

/** No limit by cost is looser than `alpha`. */
const loosest = ({ alpha, tiers }: Pick<PromiseTerms, 'alpha' | 'tiers'>): number =>
  Math.max(alpha, ...Object.values(tiers));

function attributesOf(
  rows: GroupRow[],
  whole: GroupRow[],
  alpha: number,
): PromiseGroups['attributes'] {
  const named = rows.filter(({ attribute }) => attribute !== '');
  return groupedBy(named, ({ attribute }) => attribute).map(([attribute, own]) => {
    const values = groupedBy(own, ({ value, rest }) => `${rest} ${value}`);
    const groups = values.map(([, kinds]) => {
      const { rest, value } = kinds[0] as GroupRow;
      return groupOf(rest ? { of: 'rest', value: null } : { of: 'value', value }, kinds, alpha);
    });
    groups.sort((a, b) => b.n - a.n);
    const none = without(whole, own);
    if (none.some(({ n }) => n > 0)) groups.push(groupOf({ of: 'none', value: null }, none, alpha));
    return { attribute, groups };
  });
}

function groupedBy(rows: GroupRow[], nameOf: (row: GroupRow) => string): [string, GroupRow[]][] {
  const groups = new Map<string, GroupRow[]>();
  for (const row of rows) {
    const name = nameOf(row);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups];
}

/** What of the whole is in none of an attribute's groups. What was erased has left its group. */
function without(whole: GroupRow[], own: GroupRow[]): GroupRow[] {
  return whole.map((all) => {
    const same = own.filter(
      ({ passed, probability }) => passed === all.passed && probability === all.probability,
    );
    const rest = (of: 'n' | 'labelled' | 'wrong') =>
      same.reduce((left, row) => left - row[of], all[of]);
    const n = Math.max(0, rest('n'));
    const labelled = Math.min(n, Math.max(0, rest('labelled')));
    return { ...all, n, labelled, wrong: Math.min(labelled, Math.max(0, rest('wrong'))) };
  });
}

function groupOf(
  name: Pick<PromiseGroup, 'of' | 'value'>,
  kinds: GroupRow[],
  alpha: number,
): PromiseGroup {
  const passing = kinds.filter(({ passed }) => passed);
  const count = (some: Stratum[]) => some.reduce((sum, { n }) => sum + n, 0);
  const [n, passed] = [count(kinds), count(passing)];
  const [low, high] = exactBounds(passed, n);
  const errors = stratifiedErrors(passing);
  return {
    ...name,
    ...{ n, passed, errors },
    coverage: { share: n ? passed / n : 0, low, high },
    errors_of_all: stratifiedErrors(kinds),
    tells: tellsOf(errors, passed, alpha),
  };
}

function tellsOf(
  { low, high }: PromiseGroup['errors'],
  passed: number,
  alpha: number,
): PromiseGroup['tells'] {
  if (passed === 0) return 'nothing_passed';
  if (low > alpha) return 'over';
  return high <= alpha ? 'within' : 'too_few';
}

/** Spot checks without an error whose bounds lie within alpha. */
function checksNeeded(alpha: number): number {
  let [few, enough] = [0, 1];
  while (anytimeBounds(0, enough)[1] > alpha) [few, enough] = [enough, enough * 2];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (anytimeBounds(0, middle)[1] > alpha) few = middle;
    else enough = middle;
  }
  return enough;
}
