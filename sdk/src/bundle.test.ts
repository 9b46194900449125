import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pageBundle } from '../../tests/page-bundle.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('[T4] nothing of Node is reachable from the SDK, so it runs in a page', async () => {
  const { chunks, foreign } = await pageBundle(at('./index.ts'), {
    '@wheelhouse/core': at('../../core/src/index.ts'),
  });
  const code = chunks.join('\n');
  expect(foreign).toEqual([]);
  expect(code).not.toMatch(/["']node:|__vite-browser-external|\brequire\(|process\.env|\bBuffer\b/);
  expect(code).toContain('webhook-signature');
});
