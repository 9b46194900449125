import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.WHEELHOUSE_API ?? `http://127.0.0.1:${process.env.WHEELHOUSE_PORT ?? 4173}`;

/** Packs each text file once, when it is built, rather than again for every visitor. */
function pack(): Plugin {
  return {
    name: 'pack',
    apply: 'build',
    async writeBundle({ dir = at('dist') }) {
      const files = await readdir(dir, { recursive: true });
      for (const name of files.filter((file) => /\.(?:js|css|html|svg)$/.test(file))) {
        const path = join(dir, name);
        const bytes = await readFile(path);
        if (bytes.length < 1_000) continue;
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: at('.'),
  plugins: [react(), pack()],
  resolve: {
    alias: [
      { find: /^@wheelhouse\/core\/learn$/, replacement: at('../core/src/learn/index.ts') },
      { find: /^@wheelhouse\/core$/, replacement: at('../core/src/index.ts') },
      { find: /^@wheelhouse\/sdk$/, replacement: at('../sdk/src/index.ts') },
    ],
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
