import {
  type AuditEntry,
  canonical,
  type ExportHeader,
  type ExportLine,
  empty_tree,
  entryHash,
  grown,
  type Hash,
  headerText,
  type Json,
  lineText,
  parseVerifierKey,
  rootOf,
  type Sign,
  signCheckpoint,
} from '@wheelhouse/core';
import type { Seeded } from './record.ts';

/** An export, taken apart. */
export interface Log {
  header: ExportHeader;
  lines: ExportLine[];
}
export const parsed = (export_text: string): Log => {
  const [header = '', ...lines] = export_text.trimEnd().split('\n');
  return { header: JSON.parse(header), lines: lines.map((line) => JSON.parse(line)) };
};
export const written = ({ header, lines }: Log) =>
  `${[headerText(header), ...lines.map((line) => canonical(line as unknown as Json))].join('\n')}\n`;

/** Other than it was, of the same kind. */
function changed(value: unknown, chance: Seeded): unknown {
  if (typeof value === 'number') return value + 1 + chance.below(9);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') {
    const at = chance.below(value.length);
    return `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  }
  if (Array.isArray(value)) return [...value, 'x'];
  if (value === null) return 'x';
  const entries = Object.entries(value as object);
  const picked = entries[chance.below(entries.length + 1)];
  if (!picked) return { ...(value as object), x: 1 };
  const [key, inner] = picked;
  if (chance.below(3) > 0) return { ...(value as object), [key]: changed(inner, chance) };
  const { [key]: _gone, ...rest } = value as Record<string, unknown>;
  return rest;
}

const fields = [
  'workspace_id',
  'seq',
  'type',
  'subject',
  'actor',
  'actor_kind',
  'data',
  'at',
] as const;
const kinds = ['alter', 'remove', 'insert', 'reorder', 'truncate', 'swap'] as const;

/** One change among the first `size` lines; the rest is left as it was. */
export function tampered(
  { header, lines: before }: Log,
  size: number,
  chance: Seeded,
  others: ExportLine[],
): Log {
  const lines = [...before];
  const at = chance.below(size);
  const line = lines[at] as ExportLine;
  switch (chance.oneOf(kinds)) {
    case 'alter': {
      const field = chance.oneOf(fields);
      const value =
        field === 'actor_kind'
          ? chance.oneOf(['member', 'key', 'system'].filter((kind) => kind !== line.actor_kind))
          : changed(line[field], chance);
      lines[at] = { ...line, [field]: value };
      break;
    }
    case 'remove':
      lines.splice(at, 1 + chance.below(3));
      break;
    case 'insert':
      lines.splice(at, 0, { ...line, subject: String(changed(line.subject, chance)) });
      break;
    case 'reorder': {
      const to = (at + 1 + chance.below(size - 1)) % size;
      lines[at] = lines[to] as ExportLine;
      lines[to] = line;
      break;
    }
    case 'truncate':
      lines.length = at;
      break;
    case 'swap':
      lines[at] = chance.oneOf(others);
  }
  return { header, lines };
}

/** What someone with the server's key does: every hash and number made anew, and signed again. */
export function forged({ header, lines }: Log, sign: Sign): Log {
  const key = parseVerifierKey(header.public_key);
  if (!key) throw new Error('the key was not read');
  const hashes: Hash[] = [];
  const anew = lines.map((line, leaf): ExportLine => {
    const said = { ...line, workspace_id: header.workspace_id };
    const hash = entryHash(said as AuditEntry);
    hashes.push(hash);
    return JSON.parse(lineText(said as AuditEntry, leaf, hash)) as ExportLine;
  });
  const head = { origin: key.name, size: lines.length, root: rootOf(grown(empty_tree, hashes)) };
  return { header: { ...header, checkpoint: signCheckpoint(head, key, sign) }, lines: anew };
}
