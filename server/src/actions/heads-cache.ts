import type { Scope } from '@wheelhouse/core';
import type { AgreementModel } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import { headsBy } from '../store/heads.ts';

const most_kept = 500;

/** What tells agreement, by epoch. Once learned it never changes, so it is kept in memory. */
export function headsCache() {
  const kept = new Map<string, AgreementModel>();
  return async (
    tx: Tx,
    scope: Scope,
    epoch_ids: string[],
  ): Promise<ReadonlyMap<string, AgreementModel>> => {
    const name = (epoch_id: string) => `${scope.workspace_id} ${epoch_id}`;
    const wanted = [...new Set(epoch_ids)];
    const missing = wanted.filter((epoch_id) => !kept.has(name(epoch_id)));
    const found = new Map<string, AgreementModel>();
    for (const { epoch_id, model } of missing.length ? await headsBy(tx, scope, missing) : []) {
      found.set(epoch_id, model);
      if (kept.size >= most_kept) kept.delete(kept.keys().next().value as string);
      kept.set(name(epoch_id), model);
    }
    for (const epoch_id of wanted) {
      const model = kept.get(name(epoch_id));
      if (model) found.set(epoch_id, model);
    }
    return found;
  };
}
