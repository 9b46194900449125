import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('[T4] nothing of Node is reachable from the SDK, so it runs in a page', async () => {
  const foreign = new Set<string>();
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@wheelhouse/core': at('../../core/src/index.ts') } },
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
      lib: { entry: at('./index.ts'), formats: ['es'], fileName: 'sdk' },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const chunks = bundle && 'output' in bundle ? bundle.output : [];
  const code = chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n');
  expect([...foreign]).toEqual([]);
  expect(code).not.toMatch(/["']node:|__vite-browser-external|\brequire\(|process\.env|\bBuffer\b/);
  expect(code).toContain('webhook-signature');
});
