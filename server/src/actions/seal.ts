import {
  type Checkpoint,
  elapsed,
  entryHash,
  every_workspace,
  fromBase64,
  grown,
  type Hash,
  plus,
  rootOf,
  type Scope,
  second,
  signCheckpoint,
  type Tree,
  toBase64,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  insertCheckpoint,
  insertLeaves,
  lockProgress,
  newestCheckpoint,
  nextEntries,
  type Progress,
  saveProgress,
  snapshotHorizon,
  workspacesToSeal,
} from '../store/audit.ts';
import { checkpointKeys } from '../store/workspaces.ts';
import { noteKeyOf, signerOf } from './signature.ts';

const page_size = 2_000;
/** How long a checkpoint waits for transactions that began before it was asked for. */
const patience_ms = 2 * second;

/** The tree that a progress row stands for. */
export const treeOf = ({ size, edge }: Progress): Tree => ({
  size,
  edge: edge.map((hash) => fromBase64(hash) ?? new Uint8Array(32)),
});

/** The workspaces that have something to seal, or to sign because their newest checkpoint is older. */
export const dueToSeal = (ports: Ports, age_ms: number): Promise<string[]> =>
  ports.database.transact(every_workspace, (tx) => workspacesToSeal(tx, plus(tx.now, -age_ms)));

/** Seals one page of a workspace's events in commit order (rules A2, A5): leaves, and how far it
 *  came, in one commit, behind a lock that lets one server at a time do it.
 *  @returns whether there may be more */
export const sealPage = (ports: Ports, scope: Scope): Promise<boolean> =>
  ports.database.transact(scope, async (tx) => {
    const before = await lockProgress(tx, scope);
    const rows = await nextEntries(tx, scope, before, page_size);
    const last = rows.at(-1);
    if (!last) return false;
    const hashes = rows.map(entryHash);
    const leaves = rows.map(({ seq }, at) => ({
      leaf: before.size + at,
      seq,
      hash: toBase64(hashes[at] as Hash),
    }));
    insertLeaves(tx, scope, leaves);
    const tree = grown(treeOf(before), hashes);
    saveProgress(tx, scope, {
      xid: last.xid,
      seq: String(last.seq),
      size: tree.size,
      edge: tree.edge.map(toBase64),
    });
    return rows.length === page_size;
  });

/** Signs what is sealed, unless the newest checkpoint covers it or is younger than `least_age_ms`
 *  (rule A9). @returns the newest checkpoint there is now */
export const signSealed = (
  ports: Ports,
  scope: Scope,
  least_age_ms: number,
): Promise<Checkpoint | undefined> =>
  ports.database.transact(scope, async (tx) => {
    const progress = await lockProgress(tx, scope);
    const newest = await newestCheckpoint(tx, scope);
    const covered = newest !== undefined && newest.size >= progress.size;
    const young = newest !== undefined && elapsed(newest.at, tx.now) < least_age_ms;
    if (covered || (least_age_ms > 0 && young)) return newest;
    const keys = await checkpointKeys(tx, scope.workspace_id);
    if (!keys) return newest;
    const key = noteKeyOf(scope.workspace_id, keys.checkpoint_public_key);
    const root = rootOf(treeOf(progress));
    const head = { origin: key.name, size: progress.size, root };
    const note = signCheckpoint(head, key, signerOf(keys.checkpoint_private_key));
    const made = { size: progress.size, root: toBase64(root), note, at: tx.now };
    insertCheckpoint(tx, scope, made);
    return made;
  });

/** Seals everything that was committed before this was asked for, and signs it. A transaction that
 *  began earlier and still runs may hold some of it back; after two seconds it is no longer waited
 *  for. */
export async function sealToNow(ports: Ports, scope: Scope): Promise<Checkpoint> {
  const { begun_below } = await ports.database.transact(scope, snapshotHorizon);
  const until = plus(ports.clock.now(), patience_ms);
  for (;;) {
    const { ended_below } = await ports.database.transact(scope, snapshotHorizon);
    while (await sealPage(ports, scope));
    const all = BigInt(ended_below) >= BigInt(begun_below);
    if (all || ports.clock.now() >= until) break;
    await ports.clock.pause(10);
  }
  const checkpoint = await signSealed(ports, scope, 0);
  if (!checkpoint) throw new Error('a workspace has no key to sign its record with');
  return checkpoint;
}
