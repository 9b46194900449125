import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

export const socket_port = 5432;

// What fits in sockaddr_un, less its final zero: 107 bytes on Linux, 103 elsewhere.
const longest_path = process.platform === 'linux' ? 107 : 103;

const fits = (folder: string) =>
  Buffer.byteLength(join(folder, `.s.PGSQL.${socket_port}`)) <= longest_path;

/** A folder through which the socket in `cluster` is reached. The socket stays in the cluster,
 *  where no cleaner of temporary files finds it and a server that lost its parent is found again;
 *  only when that path is too long is it reached by a short link.
 *  @returns the folder, and what removes the link again */
export function shortWayTo(cluster: string): { host: string; remove(): void } {
  if (fits(cluster)) return { host: cluster, remove: () => {} };
  for (const parent of [tmpdir(), '/tmp']) {
    if (!fits(join(parent, 'wheelhouse-XXXXXX', 'db'))) continue;
    const folder = mkdtempSync(join(parent, 'wheelhouse-'));
    const host = join(folder, 'db');
    symlinkSync(cluster, host);
    return { host, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
  throw new CannotStart(
    `The path ${cluster} is too long for a socket, and so is that of the folder for temporary ` +
      'files. Set TMPDIR, or WHEELHOUSE_DATA_DIR to a shorter path.',
  );
}
