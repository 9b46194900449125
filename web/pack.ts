import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const text_file = /\.(?:js|css|html|svg)$/;

/** Packs each text file once, when it is built, rather than again for every visitor. */
export function pack(which: (name: string) => boolean = () => true): Plugin {
  return {
    name: 'pack',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return;
      const files = await readdir(dir, { recursive: true });
      for (const name of files.filter((file) => text_file.test(file) && which(file))) {
        const path = join(dir, name);
        const bytes = await readFile(path);
        if (bytes.length < 1_000) continue;
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}
