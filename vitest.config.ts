import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests read the sources, not dist, so that what is tested is what is written.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@wheelhouse\/core\/learn$/, replacement: at('./core/src/learn/index.ts') },
      { find: /^@wheelhouse\/core$/, replacement: at('./core/src/index.ts') },
      { find: /^@wheelhouse\/sdk$/, replacement: at('./sdk/src/index.ts') },
    ],
  },
  test: {
    globalSetup: ['./tests/engine.setup.ts'],
    include: [
      'core/**/*.test.ts',
      'server/**/*.test.ts',
      'sdk/**/*.test.ts',
      'web/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
