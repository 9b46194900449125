import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from './store/migrate.ts';
import { freshDatabase } from './testing/engine.ts';
import { startEmbedded } from './world/postgres/embedded.ts';

const source = fileURLToPath(new URL('./backup.ts', import.meta.url));

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'wheelhouse-backup-'));
});
afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

/** Runs the command as a person would, and hands back its exit code and words. */
function command(args: string[], settings: Record<string, string>) {
  const script = `
    import { runnerImport } from 'vite';
    process.argv = [process.execPath, 'backup.js', ...${JSON.stringify(args)}];
    await runnerImport(${JSON.stringify(source)}, { logLevel: 'silent' });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const hear = (chunk: Buffer) => {
    words += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise<{ code: number | null; words: string }>((done) =>
    child.on('close', (code) => done({ code, words })),
  );
}

async function ask(url: string, sql: string) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const names = 'select id, name from workspaces order by id';

/** A data folder with one workspace in it. */
async function fill(data_dir: string, during?: (url: string) => Promise<void>) {
  const engine = await startEmbedded({ data_dir, log: () => {} });
  try {
    await migrate(engine.url());
    await ask(
      engine.url(),
      `insert into workspaces (id, name, checkpoint_private_key, checkpoint_public_key, created_at)
        values ('ws_1', 'Kept', '', '', now())`,
    );
    await during?.(engine.url());
  } finally {
    await engine.stop();
  }
}

async function read(data_dir: string) {
  const engine = await startEmbedded({ data_dir, log: () => {} });
  try {
    return await ask(engine.url(), names);
  } finally {
    await engine.stop();
  }
}

test('[B8] the commands carry a server out of its folder, to another database, and back', async () => {
  const [home, away] = [join(root, 'home'), join(root, 'away')];
  const [one, two] = [join(root, 'one.gz'), join(root, 'two.gz')];
  await fill(home);
  const saved = await command(['backup', one], { WHEELHOUSE_DATA_DIR: home });
  expect(saved).toMatchObject({
    code: 0,
    words: expect.stringMatching(/Backup of 1 row in .*one\.gz/),
  });
  expect(fs.statSync(one).mode & 0o777).toBe(0o600);
  const database = await freshDatabase(inject('engine'));
  try {
    const settings = { WHEELHOUSE_DATABASE_URL: database.url };
    expect(await command(['restore', one], settings)).toMatchObject({ code: 0 });
    expect(await ask(database.url, names)).toEqual([{ id: 'ws_1', name: 'Kept' }]);
    expect(await command(['backup', two], settings)).toMatchObject({ code: 0 });
  } finally {
    await database.drop();
  }
  expect(await command(['restore', two], { WHEELHOUSE_DATA_DIR: away })).toMatchObject({ code: 0 });
  expect(await read(away)).toEqual([{ id: 'ws_1', name: 'Kept' }]);
});

test('[B8] a backup is taken while the server runs; a restore waits for its folder', async () => {
  const data_dir = join(root, 'data');
  const file = join(root, 'file.gz');
  const settings = { WHEELHOUSE_DATA_DIR: data_dir };
  await fill(data_dir, async (url) => {
    expect(await command(['backup', file], settings)).toMatchObject({ code: 0 });
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await command(['restore', file], settings)).toMatchObject({
      code: 1,
      words: expect.stringMatching(/^Another Wheelhouse server/),
    });
  });
});

test('[B9] the commands refuse in words and leave nothing half-done', async () => {
  const data_dir = join(root, 'data');
  const file = join(root, 'file.gz');
  const settings = { WHEELHOUSE_DATA_DIR: data_dir };
  const says = (words: RegExp) => ({ code: 1, words: expect.stringMatching(words) });
  expect(await command(['backup'], settings)).toMatchObject(says(/^Usage: npm run backup -- FILE/));
  expect(await command(['backup', file], settings)).toMatchObject(says(/^There is no data in/));
  expect(fs.existsSync(data_dir)).toBe(false);
  expect(await command(['restore', file], settings)).toMatchObject(says(/^There is no file/));
  fs.writeFileSync(file, 'not zipped');
  expect(await command(['backup', file], settings)).toMatchObject(says(/exists already/));
  expect(await command(['restore', file], settings)).toMatchObject(
    says(/The file is not a whole backup: incorrect header check/),
  );
  const unreachable = { WHEELHOUSE_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  const fresh = join(root, 'fresh.gz');
  expect(await command(['backup', fresh], unreachable)).toMatchObject(says(/ECONNREFUSED/));
  expect(fs.readdirSync(root).filter((name) => name.startsWith('fresh'))).toEqual([]);
});
