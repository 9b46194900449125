import * as z from 'zod';
import { toBase64 } from './checkpoint.ts';
import { Event } from './event.ts';
import { canonical, type JsonObject, Text } from './json.ts';
import { type Hash, leafHash } from './merkle.ts';
import { Moment } from './time.ts';

/**
 * The tamper-evident record: every event is a leaf of its workspace's Merkle log. What an event says
 * is bound by its leaf; its place in commit order is bound by the leaf's place in the tree, and not
 * by a transaction number, which a restore into another database cannot keep.
 */
export interface AuditEntry {
  workspace_id: string;
  /** The event's own number, kept for ever; gaps are numbers that other workspaces got. */
  seq: number;
  type: string;
  subject: string;
  actor: string;
  actor_kind: Event['actor_kind'];
  data: Record<string, unknown>;
  at: string;
}

/** The one text of an entry (RFC 8785); its UTF-8 bytes are the leaf. Its fields are written in their
 *  order here: sorting them anew for each of a million events costs more than hashing them. */
export const entryText = (entry: AuditEntry): string => {
  const { workspace_id, seq, type, subject, actor, actor_kind, data, at } = entry;
  const who = `"actor":${canonical(actor)},"actor_kind":${canonical(actor_kind)}`;
  const what = `"at":${canonical(at)},"data":${canonical(data as JsonObject)},"seq":${canonical(seq)}`;
  const which = `"subject":${canonical(subject)},"type":${canonical(type)}`;
  return `{${who},${what},${which},"workspace_id":${canonical(workspace_id)}}`;
};

const boundFields = ({
  workspace_id,
  seq,
  type,
  subject,
  actor,
  actor_kind,
  data,
  at,
}: AuditEntry): JsonObject => ({
  workspace_id,
  seq,
  type,
  subject,
  actor,
  actor_kind,
  data: data as JsonObject,
  at,
});

/** The leaf hash of an entry, as RFC 6962 asks. */
export const entryHash = (entry: AuditEntry): Hash => leafHash(entryText(entry));

export const export_format = 'wheelhouse-audit-1';

/** The first line of an export. Everything in it is checked, so nothing in it can be false. */
export const ExportHeader = z.strictObject({
  format: z.literal(export_format),
  workspace_id: z.string(),
  /** The C2SP verifier key of the checkpoint's signature. */
  public_key: z.string(),
  /** The signed note over exactly the lines that follow. */
  checkpoint: z.string(),
});
export type ExportHeader = z.infer<typeof ExportHeader>;

/** One line of an export: the entry, its place and its leaf hash. */
export const ExportLine = z.strictObject({
  workspace_id: z.string(),
  seq: z.int(),
  type: z.string(),
  subject: z.string(),
  actor: z.string(),
  actor_kind: Event.shape.actor_kind,
  data: z.record(z.string(), z.any()),
  at: z.string(),
  leaf: z.int().min(0),
  /** Base64 of the leaf hash. */
  hash: z.string(),
});
export type ExportLine = z.infer<typeof ExportLine>;

export const headerText = (header: ExportHeader): string => canonical(header);

/** A line in its one canonical form: a reader refuses any other bytes, so no second key, space or
 *  other spelling can say one thing to a person and another to a program. */
export const lineText = (entry: AuditEntry, leaf: number, hash: Hash): string =>
  canonical({ ...boundFields(entry), leaf, hash: toBase64(hash) });

export const AuditLine = Event.extend({
  /** Its place in the sealed log, from 0; null until it is sealed. */
  leaf: z.int().nullable(),
  /** Base64 of its RFC 6962 leaf hash. */
  leaf_hash: z.string().nullable(),
  actor_name: z.string(),
});
export type AuditLine = z.infer<typeof AuditLine>;

export const AuditFilter = z.strictObject({
  subject: Text(200).optional(),
  actor: Text(200).optional(),
  /** One type, or several with commas between. */
  type: Text(2_000).optional(),
  since: Moment.optional(),
  until: Moment.optional(),
  cursor: z.string().max(50).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const Checkpoint = z.object({
  /** Events under it. */
  size: z.int(),
  /** Base64 of the root, as the note writes it. */
  root: z.string(),
  /** The C2SP signed note, to keep outside the server. */
  note: z.string(),
  at: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export const fault_kinds = [
  'altered',
  'removed',
  'inserted',
  'reordered',
  'truncated',
  'forged',
  'unreadable',
] as const;
export const AuditFault = z.object({
  kind: z.enum(fault_kinds),
  /** Where in the sealed log, from 0; null when it concerns the log as a whole. */
  leaf: z.int().nullable(),
  /** In words. */
  fault: z.string(),
});
export type AuditFault = z.infer<typeof AuditFault>;

export const AuditVerification = z.object({
  /** Everything was checked and nothing was found. */
  ok: z.boolean(),
  /** Whether every sealed event was checked; false when time ran out first. */
  complete: z.boolean(),
  /** Events in the record, sealed or about to be. */
  size: z.int(),
  sealed: z.int(),
  /** Sealed events that were recomputed now. */
  checked: z.int(),
  /** Base64 of the root over what was checked. */
  root: z.string().nullable(),
  checkpoint: Checkpoint.nullable(),
  /** Each fault found, at most a hundred. */
  faults: z.array(AuditFault),
  checked_at: z.string(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

/** Proof that an event is in the log (`leaf`), or that the log only grew since a size (`since`). */
export const AuditProof = z.object({
  leaf: z.int().nullable(),
  hash: z.string().nullable(),
  since: z.int().nullable(),
  /** Base64 hashes, in the order RFC 6962 §2.1 gives them. */
  path: z.array(z.string()),
  checkpoint: Checkpoint,
});
export type AuditProof = z.infer<typeof AuditProof>;
