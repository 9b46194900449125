import { builtinModules } from 'node:module';
import { build } from 'vite';

/** An entry as a page would load it, and what of Node it reached for.
 *  @param alias packages that are taken from their sources
 *  @returns the code of each chunk */
export async function pageBundle(
  entry: string,
  alias: Record<string, string> = {},
): Promise<{ chunks: string[]; foreign: string[] }> {
  const foreign = new Set<string>();
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias },
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
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'bundle' } },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const made = bundle && 'output' in bundle ? bundle.output : [];
  return {
    chunks: made.map((chunk) => ('code' in chunk ? chunk.code : '')),
    foreign: [...foreign],
  };
}
