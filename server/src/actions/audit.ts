import { Readable } from 'node:stream';
import {
  type AuditEntry,
  type AuditFilter,
  type AuditLine,
  type AuditProof,
  type Checkpoint,
  consistencyRanges,
  empty_tree,
  export_format,
  fromBase64,
  grown,
  type Hash,
  headerText,
  inclusionRanges,
  lineText,
  type Page,
  type Principal,
  type Range,
  refuse,
  rootOf,
  type Scope,
  toBase64,
  verifierKey,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { leafHashes, sealedEntries } from '../store/audit.ts';
import { listAudit } from '../store/audit-list.ts';
import { toEvent } from '../store/events.ts';
import { namesOf } from '../store/members.ts';
import { checkpointKeys } from '../store/workspaces.ts';
import { sealToNow } from './seal.ts';
import { noteKeyOf } from './signature.ts';

const page_size = 2_000;
const hashes_a_page = 20_000;

/** One page of the record, newest first, with who did it by name. */
export const readAudit = (
  ports: Ports,
  by: Principal,
  filter: AuditFilter,
): Promise<Page<AuditLine>> =>
  ports.database.transact(by, async (tx) => {
    const { rows, next } = await listAudit(tx, by, filter);
    const names = await namesOf(
      tx,
      by,
      rows.map(({ actor }) => actor),
    );
    const lines = rows.map((row) => ({
      ...toEvent(row),
      leaf: row.leaf,
      leaf_hash: row.leaf_hash,
      actor_name: names.get(row.actor) ?? (row.actor_kind === 'system' ? 'Wheelhouse' : row.actor),
    }));
    return { rows: lines, next };
  });

/** The newest checkpoint, after everything committed so far was sealed and signed. */
export const readCheckpoint = (ports: Ports, by: Principal): Promise<Checkpoint> =>
  sealToNow(ports, by);

/** The whole record as a file that can be checked anywhere (rule A3): a header, then one line an
 *  event. Read in pages of their own transactions, so that memory stays flat and a slow reader holds
 *  nothing open. */
export async function exportAudit(
  ports: Ports,
  by: Principal,
): Promise<{ stream: Readable; size: number }> {
  const checkpoint = await sealToNow(ports, by);
  const keys = await ports.database.transact(by, (tx) => checkpointKeys(tx, by.workspace_id));
  if (!keys) throw refuse('not_found', { workspace_id: by.workspace_id });
  const header = headerText({
    format: export_format,
    workspace_id: by.workspace_id,
    public_key: verifierKey(noteKeyOf(by.workspace_id, keys.checkpoint_public_key)),
    checkpoint: checkpoint.note,
  });
  const stream = Readable.from(exportLines(ports, by, header, checkpoint.size));
  return { stream, size: checkpoint.size };
}

async function* exportLines(ports: Ports, scope: Scope, header: string, size: number) {
  yield `${header}\n`;
  for (let from = 0; from < size; from += page_size) {
    const to = Math.min(size, from + page_size);
    const rows = await ports.database.transact(scope, (tx) =>
      sealedEntries(tx, scope, from, to, page_size),
    );
    // An event that is gone cannot be written; its absence is what the reader then finds.
    const lines = rows.flatMap((row) =>
      row.type === null
        ? []
        : [`${lineText(row as AuditEntry, row.leaf, fromBase64(row.hash) as Hash)}\n`],
    );
    yield lines.join('');
  }
}

/** Proof that an event is under the newest checkpoint, or that the log only grew since a size.
 *  @throws Refusal not_found, invalid */
export async function proveAudit(
  ports: Ports,
  by: Principal,
  asked: { leaf: number } | { since: number },
): Promise<AuditProof> {
  const checkpoint = await sealToNow(ports, by);
  const { size } = checkpoint;
  const place = 'leaf' in asked ? asked.leaf : asked.since;
  if ('leaf' in asked ? place >= size : place > size) {
    throw refuse('not_found', { size, ...asked }, `The record has ${size} sealed events.`);
  }
  const ranges = 'leaf' in asked ? inclusionRanges(place, size) : consistencyRanges(place, size);
  const path: string[] = [];
  for (const range of ranges) path.push(toBase64(await rangeRoot(ports, by, range)));
  const own = 'leaf' in asked ? { from: place, to: place + 1 } : undefined;
  return {
    leaf: own ? place : null,
    hash: own ? toBase64(await rangeRoot(ports, by, own)) : null,
    since: own ? null : place,
    path,
    checkpoint,
  };
}

/** The root over a range of leaves, read in pages. */
async function rangeRoot(ports: Ports, scope: Scope, { from, to }: Range): Promise<Hash> {
  let tree = empty_tree;
  for (let at = from; at < to; at += hashes_a_page) {
    const hashes = await ports.database.transact(scope, (tx) =>
      leafHashes(tx, scope, at, Math.min(to, at + hashes_a_page)),
    );
    tree = grown(
      tree,
      hashes.map((hash) => fromBase64(hash) as Hash),
    );
  }
  return rootOf(tree);
}
