import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `@wheelhouse/core/learn` as a page would load it: one file, nothing outside it. */
async function bundled(): Promise<{ code: string; foreign: string[] }> {
  const foreign = new Set<string>();
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'notice what is not for pages',
        enforce: 'pre',
        resolveId(id) {
          const bare = id.replace(/^node:/, '').split('/')[0] ?? '';
          if (id.startsWith('node:') || builtinModules.includes(bare)) foreign.add(id);
          return null;
        },
      },
    ],
    build: {
      write: false,
      minify: true,
      lib: { entry: at('./index.ts'), formats: ['es'], fileName: 'learn' },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const chunks = bundle && 'output' in bundle ? bundle.output : [];
  expect(chunks).toHaveLength(1);
  const [chunk] = chunks;
  return { code: chunk && 'code' in chunk ? chunk.code : '', foreign: [...foreign] };
}

test('[K112] the learning is one file by itself, and works in Node and where there is no Node', async () => {
  const { code, foreign } = await bundled();
  expect(foreign).toEqual([]);
  expect(code).not.toMatch(/["']node:|__vite-browser-external|\brequire\(|process\.env|\bBuffer\b/);
  const folder = mkdtempSync(join(tmpdir(), 'learn-'));
  try {
    const file = join(folder, 'learn.mjs');
    // A page has no `process`; whoever reaches for it stops here.
    writeFileSync(file, `const process = undefined, require = undefined;\n${code}`);
    const asked = `const { certifySplit, checksNeeded } = await import(${JSON.stringify(file)});
      const outputs = Array.from({ length: 500 }, (_, i) => ({ score: i / 500, loss: i < 100 ? 1 : 0 }));
      const { threshold } = certifySplit(outputs, { alpha: 0.05, delta: 0.05 });
      console.log(checksNeeded(0.01, 0.05), threshold !== null);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', asked], {
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('299 true');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
