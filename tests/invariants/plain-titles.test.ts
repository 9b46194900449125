import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CaseRow, Output, Page } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/letters', { policy: { mode: 'always' } });
});
afterAll(() => server?.stop());

const migration = readFileSync(
  fileURLToPath(new URL('../../server/migrations/0038_plain_titles.sql', import.meta.url)),
  'utf8',
);

test('[K93] titles that were made with their Markdown lose it, those of actions and of people’s own questions stay', async () => {
  const said = ['# **Bold** and *leaning*, see [here](https://a.example)', 'Is 3 * 4 * 5 so?'];
  for (const content of said) await admin.call('POST /gates/letters/outputs', { content });
  const action = { name: 'run', arguments: { command: '`ls` **now**' } };
  await admin.call('POST /gates/letters/outputs', { action });
  const form = { questions: [{ name: 'heard', kind: 'text' }] };
  const own = { title: '**Mine**', parts: [{ kind: 'text', name: 'words', text: 'x' }], form };
  expect((await admin.call('POST /cases', own)).status).toBe(201);
  const read = async () => {
    const { rows } = (await admin.call<Page<CaseRow>>('GET /cases')).body;
    const outputs = (await admin.call<Page<Output>>('GET /outputs?gate=letters')).body.rows;
    const of = (some: { title: string }[]) => some.map(({ title }) => title).sort();
    return { cases: of(rows), outputs: of(outputs) };
  };
  const made = await read();
  expect(made.outputs).toContain('Bold and leaning, see here');
  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  for (const table of ['outputs', 'cases']) {
    await client.query(
      `update ${table} set title = $1 where title = 'Bold and leaning, see here'`,
      [said[0]],
    );
  }
  expect((await read()).cases).toContain(said[0]);
  // Twice, as a migration that was cut short is.
  for (let once = 0; once < 2; once++) await client.query(migration);
  await client.end();
  expect(await read()).toEqual(made);
  expect(made.cases).toContain('**Mine**');
  expect(made.outputs).toContain('run: `ls` **now**');
});
