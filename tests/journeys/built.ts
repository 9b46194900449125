import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('../../start.mjs', import.meta.url));

/** Makes sure that the program and the web app are built from the sources as they are. `npm test` has
 *  done so before it starts any test, and says so. */
export function built(): void {
  if (process.env.WHEELHOUSE_TEST_BUILT === 'yes') return;
  const { status } = spawnSync(process.execPath, [start, '--build-only'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed; its words are above.');
}
