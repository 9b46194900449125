import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.ts';

let folder: string;
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wheelhouse-lock-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const source = fileURLToPath(new URL('./lock.ts', import.meta.url));

/** A process of its own that takes the lock as soon as it is told to, and says how that went. */
async function contender(data_dir: string) {
  const script = `
    import { runnerImport } from 'vite';
    const { module } = await runnerImport(${JSON.stringify(source)}, { logLevel: 'silent' });
    process.stdin.on('data', () => module.takeLock(${JSON.stringify(data_dir)}).then(
      () => console.log('held'), (thrown) => console.log('refused ' + thrown.message)));
    console.log('there');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = () =>
    new Promise<string>((hear) => child.stdout.once('data', (words) => hear(`${words}`.trim())));
  expect(await said()).toBe('there');
  return {
    child,
    try: () => {
      const answer = said();
      child.stdin.write('go\n');
      return answer;
    },
  };
}

test('[B1] a second server on a data folder is refused in words', async () => {
  const lock = await takeLock(folder);
  await expect(takeLock(folder)).rejects.toThrow(
    new RegExp(`process ${process.pid}, since .* uses the data folder ${folder}\\. Stop that one`),
  );
  await lock.release();
  await (await takeLock(folder)).release();
});

test('[B1] of many servers that start at once, one gets the folder, round after round', async () => {
  const racers = await Promise.all(Array.from({ length: 6 }, () => contender(folder)));
  let waiting = racers;
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all(waiting.map((racer) => racer.try()));
    const held = waiting.filter((_, index) => answers[index] === 'held');
    expect(held).toHaveLength(1);
    const others = answers.filter((answer) => answer !== 'held');
    expect(others).toEqual(others.map(() => expect.stringMatching(/^refused Another/)));
    const [winner] = held;
    const ended = new Promise((done) => winner?.child.once('exit', done));
    winner?.child.kill('SIGKILL');
    await ended;
    waiting = waiting.filter((racer) => racer !== winner);
  }
});

test('[B2] a holder that is stopped still holds; killed, it holds no more', async () => {
  const other = await contender(folder);
  expect(await other.try()).toBe('held');
  other.child.kill('SIGSTOP');
  await expect(takeLock(folder)).rejects.toThrow(/Another Wheelhouse server/);
  const ended = new Promise((done) => other.child.once('exit', done));
  other.child.kill('SIGKILL');
  await ended;
  await (await takeLock(folder)).release();
});

test('[B2] many starts leave no pile behind', async () => {
  for (let start = 0; start < 5; start++) await (await takeLock(folder)).release();
  expect(readdirSync(folder)).toEqual(['lock']);
  if (process.platform === 'linux') expect(readdirSync(join(folder, 'lock'))).toHaveLength(1);
});

test('[B6] a path far longer than a socket address can be locked', async () => {
  const deep = join(folder, 'a folder with spaces '.repeat(5), 'and more '.repeat(20));
  mkdirSync(deep, { recursive: true });
  const lock = await takeLock(deep);
  await expect(takeLock(deep)).rejects.toThrow(/Another Wheelhouse server/);
  await lock.release();
});
