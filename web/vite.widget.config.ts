import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pack } from './pack.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The chat bubble: one script, without the web app's libraries, beside the web app's files. */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  plugins: [pack((name) => name === 'widget.js')],
  build: {
    outDir: at('dist'),
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: at('src/widget/main.ts'),
      formats: ['iife'],
      name: 'wheelhouse',
      fileName: () => 'widget.js',
    },
  },
});
