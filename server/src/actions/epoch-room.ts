import { most_versions, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { endUnused, lockToBegin, openVersions } from '../store/epoch-room.ts';

/** Those of some new versions that there is room for (rule G52). A caller who names another version with
 *  every output would open one each time; so the one that was longest unused makes room, unless something
 *  was ever proven of it. */
export async function roomFor<New extends { gate: string }>(
  tx: Tx,
  scope: Scope,
  fresh: New[],
): Promise<New[]> {
  const gates = [...new Set(fresh.map(({ gate }) => gate))];
  lockToBegin(tx, scope, gates);
  const found: New[] = [];
  for (const name of gates) {
    const own = fresh.filter(({ gate }) => gate === name);
    const open = await openVersions(tx, scope, name);
    const over = Math.max(0, open + own.length - most_versions);
    const freed = over ? await endUnused(tx, scope, name, over) : 0;
    found.push(...own.slice(0, Math.max(0, most_versions - open + freed)));
  }
  return found;
}
