import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pageBundle } from '../../../tests/page-bundle.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('[K112] the learning is one file by itself, and works in Node and where there is no Node', async () => {
  const { chunks, foreign } = await pageBundle(at('./index.ts'));
  expect(chunks).toHaveLength(1);
  const [code = ''] = chunks;
  expect(foreign).toEqual([]);
  expect(code).not.toMatch(/["']node:|__vite-browser-external|\brequire\(|process\.env|\bBuffer\b/);
  const folder = mkdtempSync(join(tmpdir(), 'learn-'));
  try {
    const file = join(folder, 'learn.mjs');
    // A page has no `process`; whoever reaches for it stops here.
    writeFileSync(file, `const process = undefined, require = undefined;\n${code}`);
    const asked = `const { calibrated, certifySplit, checksNeeded, fitCalibration } = await import(${JSON.stringify(file)});
      const outputs = Array.from({ length: 500 }, (_, i) => ({ score: i / 500, loss: i < 100 ? 1 : 0 }));
      const { threshold } = certifySplit(outputs, { alpha: 0.05, delta: 0.05 });
      const scores = Float64Array.from({ length: 400 }, (_, i) => ((i * 7) % 11) / 11);
      const right = Int32Array.from({ length: 200 }, (_, i) => Number(scores[2 * i + 1] > scores[2 * i]));
      const [low, high] = calibrated(scores.slice(0, 2), fitCalibration(scores, right, 2));
      console.log(checksNeeded(0.01, 0.05), threshold !== null, low + high > 0.999 && high > 0.6);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', asked], {
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('299 true true');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
