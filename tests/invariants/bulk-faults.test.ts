import { refuse } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller;
/** What the engine does with the next transaction of the agent's submissions. */
let fault: 'away' | 'unknown' | undefined;

beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    ports: (ports) => ({
      ...ports,
      database: {
        ...ports.database,
        transact: async (scope, work, terms) => {
          const met = scope.workspace_id === '*' ? undefined : fault;
          if (met === 'away') throw refuse('unavailable', {});
          const result = await ports.database.transact(scope, work, terms);
          if (met) throw refuse('unavailable', { unknown: true });
          return result;
        },
      },
    }),
  });
  agent = await server.keyFor('builder');
  await agent.call('PUT /gates/replies', { policy: { mode: 'always' } });
});
afterAll(() => server?.stop());

interface Lines {
  results: { id?: string; line?: number; code?: string }[];
}
const lines = [{ content: 'one' }, { content: '', confidence: 7 }, { content: 'three' }];

test.for(['away', 'unknown'] as const)(
  '[O12] with the database %s every line says so, and is kept once in the end',
  async (how) => {
    const key = { 'idempotency-key': `many-${how}` };
    fault = how;
    const first = await agent.call<Lines>('POST /gates/replies/outputs', lines, key);
    fault = undefined;
    expect(first.status).toBe(200);
    expect(first.body.results).toMatchObject([
      { line: 1, code: 'unavailable' },
      { line: 2, code: 'invalid' },
      { line: 3, code: 'unavailable' },
    ]);
    const again = await agent.call<Lines>('POST /gates/replies/outputs', lines, key);
    const ids = again.body.results.map(({ id }) => id);
    expect(ids).toEqual([expect.any(String), undefined, expect.any(String)]);
    const once_more = await agent.call<Lines>('POST /gates/replies/outputs', lines, key);
    expect(once_more.body.results.map(({ id }) => id)).toEqual(ids);
    const { body } = await agent.call<{ rows: { id: string }[] }>('GET /outputs');
    expect(body.rows.filter(({ id }) => ids.includes(id))).toHaveLength(2);
    expect(body.rows).toHaveLength(how === 'away' ? 2 : 4);
  },
);
