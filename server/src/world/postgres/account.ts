import { chownSync, lchownSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart, use_another_database } from './cannot-start.ts';

/** As whom the engine runs; undefined means as ourselves. */
export type Account = { uid: number; gid: number } | undefined;

/** PostgreSQL refuses root, so for root it runs as whoever owns the cluster, else as "nobody" or
 *  another account that does nothing here. It must be listed, or initdb fails.
 *  @param cluster the folder of the cluster, which need not exist yet */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = pickAccount(readFileSync('/etc/passwd', 'utf8'));
  // A cluster that root owns was copied or unpacked by root: PostgreSQL would refuse it as it is.
  if (owner) giveAway(cluster, account);
  return account;
}

/** The unprivileged account of a passwd file: uid 65534, else one that systems commonly have. */
export function pickAccount(passwd: string): { uid: number; gid: number } {
  const listed = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => Number(fields[2]) > 0 && Number(fields[3]) >= 0)
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const chosen =
    listed.find(({ uid }) => uid === 65_534) ??
    ['postgres', 'nobody', 'daemon', 'bin']
      .map((wanted) => listed.find(({ name }) => name === wanted))
      .find((account) => account !== undefined);
  if (chosen) return { uid: chosen.uid, gid: chosen.gid };
  throw new CannotStart(
    'PostgreSQL refuses to run as root, and /etc/passwd lists no other account for it (nobody, ' +
      `postgres, daemon or bin). Start this server as an ordinary user. ${use_another_database}`,
  );
}

/** Makes `folder` and all that is in it belong to the account. */
export function giveAway(folder: string, account: Account): void {
  if (!account) return;
  chownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAway(path, account);
    else lchownSync(path, account.uid, account.gid);
  }
}

/** Whether the account can walk to `path` and read it, by its mode and those of every folder
 *  above: a clone or a data folder under a home of mode 700 cannot be reached by another user. */
export function reachable(path: string, account: Account): boolean {
  if (!account) return true;
  const allows = (at: string, read: number, walk: number) => {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    return ((mode >> shift) & (read | walk)) === (read | walk);
  };
  const real = realpathSync(path);
  if (!allows(real, 4, 1)) return false;
  for (let at = real; at !== dirname(at); at = dirname(at)) {
    if (!allows(dirname(at), 0, 1)) return false;
  }
  return true;
}
