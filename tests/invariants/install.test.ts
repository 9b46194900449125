import { type ExecFileOptions, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { compiled } from './process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
const npm = (args: string[], options: ExecFileOptions) =>
  run('npm', [...args, '--loglevel=error'], { ...options, shell: process.platform === 'win32' });

let server: TestServer;
let desk: Caller;
let folder: string;
let app: string;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  desk = await server.keyFor('lead');
  await compiled();
  folder = mkdtempSync(join(tmpdir(), 'wheelhouse-sdk-'));
  app = join(folder, 'app');
  mkdirSync(app);
  await installed();
});
afterAll(async () => {
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Everything the SDK needs that others wrote, which a registry would give. */
function foreign(): string[] {
  const found = new Set<string>();
  const look = (path: string) => {
    const { dependencies = {} } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) {
      const ours = name.startsWith('@wheelhouse/');
      const place = ours
        ? join(root, name.replace('@wheelhouse/', ''))
        : join(root, 'node_modules', name);
      if (found.has(place)) continue;
      if (!ours) found.add(place);
      look(place);
    }
  };
  look(join(root, 'sdk'));
  return [...found];
}

/** Packs both packages, and installs them with nothing but files at hand. */
async function installed(): Promise<void> {
  const packs = join(folder, 'packs');
  mkdirSync(packs);
  const into = ['--pack-destination', packs, '--ignore-scripts'];
  await npm(['pack', '-w', 'core', '-w', 'sdk', ...into], { cwd: root });
  await npm(['pack', ...foreign(), ...into], { cwd: root });
  writeFileSync(join(app, 'package.json'), '{"private":true,"type":"module"}');
  const files = readdirSync(packs).map((name) => join(packs, name));
  const alone = ['--offline', '--registry=http://127.0.0.1:9', '--cache', join(folder, 'cache')];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  await npm(['install', ...files, ...alone, ...quiet], { cwd: app });
}

const five_lines = () => {
  const readme = readFileSync(join(root, 'sdk/README.md'), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return block.replace('http://127.0.0.1:4173', server.url);
};

/** Approves whatever waits, as soon as it does. */
async function approveNext(queue: string): Promise<void> {
  for (;;) {
    const { body } = await desk.call<{ cases?: { id: string }[] }>(
      `POST /queues/${queue}/claim`,
      {},
    );
    const [held] = body.cases ?? [];
    if (!held) continue;
    await desk.call(`POST /cases/${held.id}/answers`, { values: { verdict: 'approve' } });
    return;
  }
}

test('[T5] installed from its files, the five lines run in plain Node', async () => {
  const agent = await server.keyFor('builder');
  await agent.call('PUT /gates/refunds', { queue: 'refunds', policy: { mode: 'always' } });
  writeFileSync(join(app, 'five.js'), five_lines());
  const env = { ...process.env, WHEELHOUSE_KEY: agent.key, NODE_PATH: '' };
  const running = run(process.execPath, ['five.js'], { cwd: app, env });
  await approveNext('refunds');
  expect((await running).stdout.trim()).toBe('240 back for LH-20417');
});

const typed = `
import { guard, type Output, Wheelhouse, WheelhouseError } from '@wheelhouse/sdk';

const wheelhouse = new Wheelhouse({ url: 'http://127.0.0.1', key: 'wh_' });
const length = guard(async ({ order }: { order: string }) => order.length, { wheelhouse, gate: 'a', name: 'b' });
export const many: number = await length({ order: 'A-1' });
export const one: Output = await wheelhouse.outputs.read('out_1');
export const said: string | undefined = one.outcome?.status;
export const caught = (thrown: unknown) => thrown instanceof WheelhouseError && thrown.code;
// @ts-expect-error the order is a text
await length({ order: 1 });
// @ts-expect-error a gate has one of a few modes
await wheelhouse.gates.change('a', { policy: { mode: 'nothing' } });
await wheelhouse.cases.correct('case_1', { values: { verdict: 'reject' }, reason: 'looked again' });
`;

test('[T5] its types hold in strict projects, with Node’s types or a page’s, and no check left out', async () => {
  writeFileSync(join(app, 'typed.ts'), typed);
  writeFileSync(join(app, 'five.ts'), five_lines());
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    target: 'es2023',
  };
  const node_types = { typeRoots: [join(root, 'node_modules/@types')], types: ['node'] };
  const projects = {
    node: {
      compilerOptions: { ...strict, ...node_types, module: 'nodenext' },
      files: ['typed.ts', 'five.ts'],
    },
    page: {
      compilerOptions: {
        ...strict,
        types: [],
        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
        module: 'esnext',
        moduleResolution: 'bundler',
      },
      files: ['typed.ts'],
    },
  };
  for (const [name, project] of Object.entries(projects)) {
    const config = join(app, `tsconfig.${name}.json`);
    writeFileSync(config, JSON.stringify(project));
    const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', config];
    const found = await run(process.execPath, tsc, { cwd: app }).catch((error) => error);
    expect([name, found.stdout]).toEqual([name, '']);
  }
});
