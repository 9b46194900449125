import {
  type AuditFault,
  ExportHeader,
  ExportLine,
  entryHash,
  headerText,
  type ExportLine as Line,
  lineText,
} from './audit.ts';
import {
  fromBase64,
  type NoteKey,
  openCheckpoint,
  originOf,
  parseVerifierKey,
  type TreeHead,
  toBase64,
  type Verify,
} from './checkpoint.ts';
import { empty_tree, grown, type Hash, rootOf, sameHash, type Tree } from './merkle.ts';

/** What reading a whole export comes to. */
export interface AuditReading {
  ok: boolean;
  workspace_id: string | null;
  /** Events read. */
  size: number;
  /** Base64 of the root over them. */
  root: string;
  /** Size of the checkpoint kept outside, when one was given and is genuine. */
  kept_size: number | null;
  faults: AuditFault[];
  /** Faults found beyond those listed. */
  more_faults: number;
}

const most_faults = 100;

/** What is known while an export is read. */
interface Progress {
  verify: Verify;
  faults: AuditFault[];
  more_faults: number;
  tree: Tree;
  header: { workspace_id: string; key: NoteKey; head: TreeHead } | undefined;
  kept_head: TreeHead | undefined;
  /** The leaf that comes next. After a fault it follows the lines again, so that one line taken out
   *  is one finding and not one for every line after it. */
  next_leaf: number;
  /** Whether a line is missing, added or lost: then no root over the lines can be the one signed. */
  displaced: boolean;
}

/** Checks an export line by line with nothing but itself and, at best, a checkpoint kept outside
 *  (rule A3). Memory stays flat. Without a kept checkpoint whoever holds the server's key could have
 *  written everything anew, and no reader can tell.
 *  @param kept the text of a signed note that was kept outside */
export function auditReader(verify: Verify, kept?: string) {
  const at: Progress = {
    verify,
    faults: [],
    more_faults: 0,
    tree: empty_tree,
    header: undefined,
    kept_head: undefined,
    next_leaf: 0,
    displaced: false,
  };
  let started = false;
  return {
    /** Takes the next line, without its line end. */
    line(text: string): void {
      if (started) entry(at, text);
      else begin(at, text, kept);
      started = true;
      compare(at);
    },
    /** Says what the reading comes to, once every line was given. */
    end(): AuditReading {
      if (!started) fault(at, 'unreadable', null, 'The export is empty.');
      checkLength(at);
      const { tree, header, kept_head, faults, more_faults } = at;
      return {
        ok: faults.length === 0,
        workspace_id: header?.workspace_id ?? null,
        size: tree.size,
        root: toBase64(rootOf(tree)),
        kept_size: kept_head?.size ?? null,
        faults,
        more_faults,
      };
    },
  };
}

function fault(at: Progress, kind: AuditFault['kind'], leaf: number | null, words: string): void {
  if (at.faults.length < most_faults) at.faults.push({ kind, leaf, fault: words });
  else at.more_faults += 1;
}

function begin(at: Progress, text: string, kept: string | undefined): void {
  const parsed = ExportHeader.safeParse(parsedJson(text));
  if (!parsed.success || headerText(parsed.data) !== text) {
    fault(at, 'unreadable', null, 'The first line is not the header of an export of this program.');
    return;
  }
  const { workspace_id, public_key, checkpoint } = parsed.data;
  const key = parseVerifierKey(public_key);
  if (key?.name !== originOf(workspace_id)) {
    fault(at, 'forged', null, 'The public key in the header is not one of this workspace.');
    return;
  }
  const head = openCheckpoint(checkpoint, key, at.verify);
  if (head?.origin !== key.name) {
    const words = 'The checkpoint in the header is not signed by the key in the header.';
    fault(at, 'forged', null, words);
    return;
  }
  at.header = { workspace_id, key, head };
  if (kept === undefined) return;
  const kept_head = openCheckpoint(kept, key, at.verify);
  if (kept_head?.origin === key.name) at.kept_head = kept_head;
  else {
    const words =
      'The checkpoint you kept is not signed by the key of this export: it is of another log, or the key was changed.';
    fault(at, 'forged', null, words);
  }
}

/** Compares the tree, as far as it is read, with what was signed at that size. */
function compare(at: Progress): void {
  const { tree, kept_head, header, displaced } = at;
  if (displaced) return;
  const first = `The first ${tree.size} events are not those`;
  if (kept_head?.size === tree.size && !sameHash(rootOf(tree), kept_head.root)) {
    const words = `${first} of the checkpoint you kept: something among them was altered, removed, inserted or reordered.`;
    fault(at, 'altered', null, words);
  }
  if (header?.head.size === tree.size && !sameHash(rootOf(tree), header.head.root)) {
    fault(at, 'altered', null, `${first} that the checkpoint in the header was signed over.`);
  }
}

function misplaced(at: Progress, leaf: number): void {
  at.displaced = true;
  const { next_leaf } = at;
  const last = leaf - 1;
  if (leaf < next_leaf) {
    fault(at, 'inserted', leaf, `Event ${leaf} stands where event ${next_leaf} should.`);
  } else if (last === next_leaf) {
    fault(at, 'removed', next_leaf, `Event ${next_leaf} is missing; ${leaf} follows.`);
  } else {
    const words = `Events ${next_leaf} to ${last} are missing; ${leaf} follows.`;
    fault(at, 'removed', next_leaf, words);
  }
}

function entry(at: Progress, text: string): void {
  const parsed = ExportLine.safeParse(parsedJson(text));
  if (!parsed.success || !isCanonical(text, parsed.data)) {
    const words = `Line ${at.tree.size + 2} is not a line as an export writes it.`;
    fault(at, 'unreadable', at.next_leaf, words);
    at.tree = grown(at.tree, [new Uint8Array(32)]);
    at.next_leaf += 1;
    at.displaced = true;
    return;
  }
  const line = parsed.data;
  const { leaf } = line;
  const { header } = at;
  if (leaf !== at.next_leaf) misplaced(at, leaf);
  at.next_leaf = leaf + 1;
  if (line.workspace_id !== header?.workspace_id && header)
    fault(at, 'inserted', leaf, `Event ${leaf} is of another workspace.`);
  const hash = entryHash(line);
  const stated = fromBase64(line.hash);
  if (!stated || !sameHash(hash, stated))
    fault(at, 'altered', leaf, `Event ${leaf} does not say what was sealed.`);
  if (header && !namesKey(line, header.key))
    fault(at, 'forged', leaf, `Event ${leaf} made the log with another key than the header's.`);
  at.tree = grown(at.tree, [stated?.length === 32 ? stated : hash]);
}

/** Whether the export ends where what was signed ends. */
function checkLength(at: Progress): void {
  const { kept_head, header, next_leaf } = at;
  if (kept_head && kept_head.size > next_leaf) {
    const words = `The checkpoint you kept covers ${kept_head.size} events; the export ends after ${next_leaf}.`;
    fault(at, 'truncated', null, words);
  }
  if (!header) return;
  const missing = header.head.size - next_leaf;
  if (missing > 0) fault(at, 'truncated', null, `${missing} events are missing at the end.`);
  if (missing < 0) {
    const words = `${-missing} events follow that no checkpoint covers.`;
    fault(at, 'inserted', header.head.size, words);
  }
}
export type AuditReader = ReturnType<typeof auditReader>;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a line is spelled as we spell it, byte for byte; what nests too deep is not. */
function isCanonical(text: string, line: Line): boolean {
  const hash = fromBase64(line.hash);
  try {
    return hash !== undefined && lineText(line, line.leaf, hash as Hash) === text;
  } catch {
    return false;
  }
}

/** The event that made the workspace names the key that signs its log. */
function namesKey({ type, data }: Line, key: NoteKey): boolean {
  if (type !== 'workspace.created') return true;
  const named = typeof data.public_key === 'string' ? fromBase64(data.public_key) : undefined;
  return named !== undefined && sameHash(named.slice(-32), key.public_key);
}
