import { every_workspace, roles } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { lookForStranded, type Walk } from '../store/stranded.ts';

const start: Walk = { workspace_id: '', id: '' };

/** Looks, some at a time, for cases that nobody is left to decide, and has it said (rule C22). Walked
 *  rather than told, because people go away, come back, leave and change roles without a word about
 *  any case. Only what somebody is shut out of is looked at, and that is little.
 *  @param at_once how many are looked at in one transaction */
export function strandedFinder(ports: Ports, at_once = 500): () => Promise<number> {
  let place = start;
  return async () => {
    const found = await ports.database.transact(every_workspace, (tx) =>
      lookForStranded(tx, place, at_once, roles),
    );
    const { workspace_id = null, id = null, looked = 0, marked = 0 } = found ?? {};
    place = looked === at_once && workspace_id && id ? { workspace_id, id } : start;
    return marked;
  };
}
