import { refuse } from '@wheelhouse/core';
import { expect, inject, test } from 'vitest';
import { createWorkspace } from '../../server/src/actions/workspace.ts';
import { readConfig } from '../../server/src/config.ts';
import { seedDemo } from '../../server/src/demo/seed.ts';
import { createApp } from '../../server/src/http/app.ts';
import type { Ports } from '../../server/src/ports.ts';
import { realPorts } from '../../server/src/serve.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

test('[B12] a demo that the database keeps out is refused once, whatever else it was doing', async () => {
  const database = await freshDatabase(inject('engine'));
  const config = readConfig({ WHEELHOUSE_PORT: '0', WHEELHOUSE_LOG: 'silent' });
  // Still learning when it happens, and for ever after.
  const trainer = { train: () => new Promise<never>(() => {}) };
  const real = { ...realPorts(config, database.url, silent), trainer };
  let away = false;
  const ports: Ports = {
    ...real,
    database: {
      ...real.database,
      transact: (scope, work, terms) => {
        if (away) return Promise.reject(refuse('unavailable', {}));
        return real.database.transact(
          scope,
          (tx) =>
            work({
              ...tx,
              scope: tx.scope,
              get now() {
                return tx.now;
              },
              query(statement, values) {
                // Its chats have begun, and its messages are being read.
                if (statement.name.startsWith('conversations.')) away = true;
                return tx.query(statement, values);
              },
            }),
          { ...terms, reads_first: false },
        );
      },
    },
  };
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', hear);
  try {
    const workspace_id = await createWorkspace(ports, 'Test');
    const seeding = seedDemo(createApp(ports, config), workspace_id, () => {});
    await expect(seeding).rejects.toMatchObject({ code: 'unavailable' });
    // What nobody hears of is told of a turn later.
    await new Promise((done) => setTimeout(done, 0));
    expect(away).toBe(true);
    expect(unheard).toEqual([]);
  } finally {
    process.off('unhandledRejection', hear);
    await real.database.close();
  }
});
