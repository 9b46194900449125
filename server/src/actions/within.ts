import { assert } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';

/** Ports whose transactions are parts of one that is open, so that what several actions do is done
 *  together or not at all. Others are woken when it is committed.
 *  @param wake hears that somebody is to be woken then */
export function within(ports: Ports, tx: Tx, wake: () => void): Ports {
  const transact: Ports['database']['transact'] = (scope, work) => {
    const one = tx.scope.workspace_id;
    assert(one === '*' || scope.workspace_id === one, 'a transaction keeps to its workspace');
    return work(tx);
  };
  return { ...ports, database: { ...ports.database, transact, wake } };
}
