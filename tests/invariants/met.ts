import type { Database, Ports, Tx } from '../../server/src/ports.ts';

/** Ports whose transactions may be met before and after each query. */
export function met(ports: Ports, step: () => Promise<void>): Ports {
  const database: Database = {
    ...ports.database,
    async transact(scope, work, terms) {
      const watched = (tx: Tx): Tx => ({
        scope: tx.scope,
        get now() {
          return tx.now;
        },
        write: (statement, values) => tx.write(statement, values),
        async query(statement, values) {
          await step();
          const rows = await tx.query(statement, values);
          await step();
          return rows as never;
        },
      });
      return ports.database.transact(scope, (tx) => work(watched(tx)), {
        ...terms,
        reads_first: false,
      });
    },
  };
  return { ...ports, database };
}
