import type { Database, Ports, Tx } from '../../server/src/ports.ts';

/** Ports whose transactions can be made to fail just before any one of their statements, or after
 *  the last, before the commit. */
export function faultyPorts(real: Ports) {
  let left = Number.POSITIVE_INFINITY;
  let fault: (tx: Tx) => Promise<void> = async () => {};
  const transact: Database['transact'] = (scope, work) =>
    real.database.transact(scope, async (tx) => {
      let broken: Promise<void> = Promise.resolve();
      const step = () => {
        left -= 1;
        if (left === 0) broken = fault(tx);
        return broken;
      };
      const result = await work({
        ...tx,
        query: async (statement, values) => {
          await step();
          return tx.query(statement, values);
        },
        // A write that never came fails the transaction at its end, which waits for `broken`.
        write: (statement, values) => {
          step().then(
            () => tx.write(statement, values),
            () => {},
          );
        },
      });
      await step();
      return result;
    });
  return {
    ports: { ...real, database: { ...real.database, transact } } as Ports,
    /** From now on the nth statement, counting from 1, meets this. */
    arm(nth: number, meets: (tx: Tx) => Promise<void>) {
      left = nth;
      fault = meets;
    },
    disarm() {
      left = Number.POSITIVE_INFINITY;
    },
    /** Whether the armed fault has come. */
    met: () => left <= 0,
  };
}
