import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { root, type Texts } from './sources.ts';

/** What Biome, as this house sets it, says of the sizes of some files: `path: message`. */
function findings(texts: Texts): string[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-test-')));
  try {
    for (const name of ['biome.json', '.gitignore'])
      copyFileSync(join(root, name), join(folder, name));
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=github', '--diagnostic-level=error', '.'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const told = stdout.matchAll(
      /^::error title=lint\/\w+\/noExcessive.*?file=([^,]+),.*?::(.*)$/gm,
    );
    return [...told].map(([, path = '', words]) => `${relative(folder, path)}: ${words}`).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const called = (lines: number) => `export function long() {\n${'  call();\n'.repeat(lines)}}\n`;
const whole = (lines: number) => 'call();\n'.repeat(lines);

// That every file keeps to it is for `biome check .` to say, which each check begins with.
test('[H7] files and functions that are too long for their room are found', () => {
  const found = findings({
    'server/src/actions/fine.ts': called(55) + whole(240),
    'server/src/actions/long.ts': called(62),
    'server/src/actions/whole.ts': whole(302),
    'web/src/rooms/home/Fine.tsx': called(85),
    'web/src/rooms/home/Long.tsx': called(92),
    'web/src/live/long.ts': called(62),
    'tests/journeys/fine.test.ts': called(120),
    'tests/journeys/whole.test.ts': whole(402),
  });
  const too_many = expect.stringMatching(/too many lines/);
  const paths = found.map((one) => one.split(':')[0]);
  expect(found).toEqual(found.map(() => too_many));
  expect(paths).toEqual([
    'server/src/actions/long.ts',
    'server/src/actions/whole.ts',
    'tests/journeys/whole.test.ts',
    'web/src/live/long.ts',
    'web/src/rooms/home/Long.tsx',
  ]);
});
