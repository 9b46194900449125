import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pack } from './pack.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.WHEELHOUSE_API ?? `http://127.0.0.1:${process.env.WHEELHOUSE_PORT ?? 4173}`;

export default defineConfig({
  root: at('.'),
  plugins: [react(), pack()],
  resolve: {
    alias: [
      { find: /^@wheelhouse\/core\/learn$/, replacement: at('../core/src/learn/index.ts') },
      { find: /^@wheelhouse\/core$/, replacement: at('../core/src/index.ts') },
      { find: /^@wheelhouse\/plan$/, replacement: at('../plan/src/index.ts') },
      { find: /^@wheelhouse\/sdk$/, replacement: at('../sdk/src/index.ts') },
    ],
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('/core/src/') },
    },
  },
  // Signing in is for pages of the server's own host, so that host is the one it hears.
  server: { proxy: { '/api': { target: api }, '/health': { target: api } } },
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: 'es2022',
    // The content policy is `default-src 'self'`, which a data: address does not satisfy.
    assetsInlineLimit: 0,
    // Core is pure: a module of it that nothing is used of may go.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('/core/src/') },
    },
  },
});
