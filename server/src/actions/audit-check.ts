import {
  type AuditEntry,
  type AuditFault,
  type AuditVerification,
  type Checkpoint,
  elapsed,
  empty_tree,
  entryHash,
  fromBase64,
  grown,
  type Hash,
  type NoteKey,
  openCheckpoint,
  type Principal,
  rootOf,
  sameHash,
  second,
  type Tree,
  toBase64,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  checkpointsBetween,
  countEventsBeyond,
  findProgress,
  neverSealed,
  newestCheckpoint,
  type Progress,
  type SealedRow,
  sealedEntries,
} from '../store/audit.ts';
import { checkpointKeys } from '../store/workspaces.ts';
import { treeOf } from './seal.ts';
import { noteKeyOf, verifyEd25519 } from './signature.ts';

const page_size = 2_000;
const window_size = 50_000;
const most_faults = 100;
const longest_ms = 60 * second;

/** What was there when the check began: everything is measured against it, so that what is sealed
 *  meanwhile does not matter. */
interface Start {
  progress: Progress & { leaves_beyond: number };
  newest: Checkpoint | undefined;
  key: NoteKey;
  pending: number;
  last_seq: number;
}

/** Recomputes every leaf from its event and the tree from its leaves, and names each fault (rule
 *  A6). It reads in pages, so memory stays flat, and stops after a minute, saying so.
 *
 *  Someone who may write to the database and knows the key in it can write the whole record anew;
 *  only a checkpoint kept outside tells (rule A3). */
export async function verifyAudit(
  ports: Ports,
  by: Principal,
  most_ms: number = longest_ms,
): Promise<AuditVerification> {
  const began_at = ports.clock.now();
  const inTime = () => elapsed(began_at, ports.clock.now()) < most_ms;
  const start = await begin(ports, by);
  const { progress, newest } = start;
  const check = leafCheck(start);
  let complete = true;
  let next = 0;
  while (next < progress.size && complete) {
    const to = Math.min(progress.size, next + page_size);
    const { rows, checkpoints } = await ports.database.transact(by, async (tx) => ({
      rows: await sealedEntries(tx, by, next, to, page_size),
      checkpoints: await checkpointsBetween(tx, by, next + 1, to),
    }));
    check.page(rows, checkpoints, next, to);
    next = to;
    complete = inTime();
  }
  complete &&= next >= progress.size;
  if (complete) {
    check.end();
    complete = await findInserted(ports, by, start, check.fault, inTime);
  }
  const faults = check.faults();
  return {
    ok: complete && faults.length === 0,
    complete,
    size: progress.size + start.pending,
    sealed: progress.size,
    checked: check.tree().size,
    root: toBase64(rootOf(check.tree())),
    checkpoint: newest ?? null,
    faults,
    checked_at: ports.clock.now(),
  };
}

const nothing_sealed = { xid: '0', seq: '0', size: 0, edge: [], leaves_beyond: 0 };

const begin = (ports: Ports, by: Principal): Promise<Start> =>
  ports.database.transact(by, async (tx) => {
    // The checkpoint first: what is sealed between the two reads then only makes the log longer.
    const newest = await newestCheckpoint(tx, by);
    const progress = (await findProgress(tx, by)) ?? nothing_sealed;
    const keys = await checkpointKeys(tx, by.workspace_id);
    const beyond = await countEventsBeyond(tx, by, progress.xid, progress.seq);
    return {
      progress,
      newest,
      key: noteKeyOf(by.workspace_id, keys?.checkpoint_public_key ?? ''),
      pending: beyond.count,
      last_seq: beyond.last,
    };
  });

/** Walks the leaves in order and keeps what a page needs of the one before. */
function leafCheck({ progress, newest, key }: Start) {
  const faults: AuditFault[] = [];
  let tree: Tree = empty_tree;
  let before: { xid: bigint; seq: number } | undefined;

  const fault = (kind: AuditFault['kind'], leaf: number | null, words: string) => {
    if (faults.length < most_faults) faults.push({ kind, leaf, fault: words });
  };

  const one = (row: SealedRow) => {
    const { leaf } = row;
    const sealed = fromBase64(row.hash) as Hash;
    tree = grown(tree, [sealed]);
    if (row.type === null || row.xid === null) {
      fault('removed', leaf, `Event ${row.leaf_seq} was sealed and is gone.`);
      return;
    }
    if (!sameHash(entryHash(row as AuditEntry), sealed))
      fault('altered', leaf, `Event ${row.seq} does not say what was sealed.`);
    if (row.type === 'workspace.created' && !namesKey(row, key))
      fault('forged', leaf, 'The record began under another key than the one that signs it now.');
    const here = { xid: BigInt(row.xid), seq: row.seq };
    if (before && isBehind(here, before))
      fault('reordered', leaf, `Event ${row.seq} was committed before the one sealed before it.`);
    before = here;
  };

  const checkpoint = ({ size, root, note }: Checkpoint) => {
    const head = openCheckpoint(note, key, verifyEd25519);
    if (head?.origin !== key.name || head.size !== size || toBase64(head.root) !== root) {
      fault('forged', null, `The checkpoint over ${size} events is not what its key signed.`);
    } else if (!sameHash(rootOf(tree), head.root)) {
      const words = `The first ${size} events are not those that were signed: something among them was altered, removed, inserted or reordered.`;
      fault('altered', null, words);
    }
  };

  return {
    fault,
    faults: () => faults,
    tree: () => tree,
    /** Takes the leaves `from` up to `to`, and the checkpoints over that many of them. */
    page(rows: SealedRow[], checkpoints: Checkpoint[], from: number, to: number) {
      const signed = [...checkpoints];
      const found = new Map(rows.map((row) => [row.leaf, row]));
      for (let leaf = from; leaf < to; leaf++) {
        const row = found.get(leaf);
        if (row) one(row);
        else fault('removed', leaf, `Leaf ${leaf} is gone from the sealed log.`);
        while (signed[0] && signed[0].size === leaf + 1) checkpoint(signed.shift() as Checkpoint);
      }
    },
    end() {
      if (newest && newest.size > progress.size) {
        const words = `The newest checkpoint covers ${newest.size} events; only ${progress.size} are sealed.`;
        fault('truncated', null, words);
      }
      if (progress.leaves_beyond > 0) {
        const words = `${progress.leaves_beyond} leaves stand after the last one that was sealed.`;
        fault('inserted', progress.size, words);
      }
      if (tree.size === progress.size && !sameHash(rootOf(tree), rootOf(treeOf(progress))))
        fault('altered', null, 'The sealed log is not the one that sealing goes on from.');
    },
  };
}

/** Events that slipped in before what is sealed. @returns whether there was time for all of them */
async function findInserted(
  ports: Ports,
  by: Principal,
  { progress, last_seq }: Start,
  fault: ReturnType<typeof leafCheck>['fault'],
  inTime: () => boolean,
): Promise<boolean> {
  for (let from = 0; from <= last_seq; from += window_size) {
    if (!inTime()) return false;
    const seqs = await ports.database.transact(by, (tx) =>
      neverSealed(tx, by, from, from + window_size, progress),
    );
    for (const seq of seqs)
      fault('inserted', null, `Event ${seq} stands among sealed ones, yet was never sealed.`);
  }
  return true;
}

const isBehind = (here: { xid: bigint; seq: number }, before: { xid: bigint; seq: number }) =>
  here.xid < before.xid || (here.xid === before.xid && here.seq < before.seq);

function namesKey({ data }: SealedRow, key: NoteKey): boolean {
  // The row may have been made to hold anything.
  const said = (data as SealedRow['data'] | null)?.public_key;
  const named = typeof said === 'string' ? fromBase64(said) : undefined;
  return named !== undefined && sameHash(named.slice(-32), key.public_key);
}
