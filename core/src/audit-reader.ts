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

/** Checks an export line by line with nothing but itself and, at best, a checkpoint kept outside
 *  (rule A3). Memory stays flat. Without a kept checkpoint whoever holds the server's key could have
 *  written everything anew, and no reader can tell.
 *  @param kept the text of a signed note that was kept outside */
export function auditReader(verify: Verify, kept?: string) {
  const faults: AuditFault[] = [];
  let more_faults = 0;
  let tree: Tree = empty_tree;
  let header: { workspace_id: string; key: NoteKey; head: TreeHead } | undefined;
  let kept_head: TreeHead | undefined;
  let started = false;
  /** The leaf that comes next. After a fault it follows the lines again, so that one line taken out
   *  is one finding and not one for every line after it. */
  let next_leaf = 0;
  /** Whether a line is missing, added or lost: then no root over the lines can be the one signed. */
  let displaced = false;

  const fault = (kind: AuditFault['kind'], leaf: number | null, words: string) => {
    if (faults.length < most_faults) faults.push({ kind, leaf, fault: words });
    else more_faults += 1;
  };

  const begin = (text: string) => {
    const parsed = ExportHeader.safeParse(parsedJson(text));
    if (!parsed.success || headerText(parsed.data) !== text) {
      fault('unreadable', null, 'The first line is not the header of an export of this program.');
      return;
    }
    const { workspace_id, public_key, checkpoint } = parsed.data;
    const key = parseVerifierKey(public_key);
    if (key?.name !== originOf(workspace_id)) {
      fault('forged', null, 'The public key in the header is not one of this workspace.');
      return;
    }
    const head = openCheckpoint(checkpoint, key, verify);
    if (head?.origin !== key.name) {
      fault('forged', null, 'The checkpoint in the header is not signed by the key in the header.');
      return;
    }
    header = { workspace_id, key, head };
    if (kept === undefined) return;
    kept_head = openCheckpoint(kept, key, verify);
    if (kept_head?.origin !== key.name) {
      kept_head = undefined;
      fault(
        'forged',
        null,
        'The checkpoint you kept is not signed by the key of this export: it is of another log, or the key was changed.',
      );
    }
  };

  /** Compares the tree, as far as it is read, with what was signed at that size. */
  const compare = () => {
    if (displaced) return;
    if (kept_head?.size === tree.size && !sameHash(rootOf(tree), kept_head.root)) {
      fault(
        'altered',
        null,
        `The first ${tree.size} events are not those of the checkpoint you kept: something among them was altered, removed, inserted or reordered.`,
      );
    }
    if (header?.head.size === tree.size && !sameHash(rootOf(tree), header.head.root)) {
      fault(
        'altered',
        null,
        `The first ${tree.size} events are not those that the checkpoint in the header was signed over.`,
      );
    }
  };

  const misplaced = (leaf: number) => {
    displaced = true;
    const last = leaf - 1;
    if (leaf < next_leaf) {
      fault('inserted', leaf, `Event ${leaf} stands where event ${next_leaf} should.`);
    } else if (last === next_leaf) {
      fault('removed', next_leaf, `Event ${next_leaf} is missing; ${leaf} follows.`);
    } else {
      fault('removed', next_leaf, `Events ${next_leaf} to ${last} are missing; ${leaf} follows.`);
    }
  };

  const entry = (text: string) => {
    const parsed = ExportLine.safeParse(parsedJson(text));
    if (!parsed.success || !isCanonical(text, parsed.data)) {
      fault('unreadable', next_leaf, `Line ${tree.size + 2} is not a line as an export writes it.`);
      tree = grown(tree, [new Uint8Array(32)]);
      next_leaf += 1;
      displaced = true;
      return;
    }
    const line = parsed.data;
    const { leaf } = line;
    if (leaf !== next_leaf) misplaced(leaf);
    next_leaf = leaf + 1;
    if (line.workspace_id !== header?.workspace_id && header)
      fault('inserted', leaf, `Event ${leaf} is of another workspace.`);
    const hash = entryHash(line);
    const stated = fromBase64(line.hash);
    if (!stated || !sameHash(hash, stated))
      fault('altered', leaf, `Event ${leaf} does not say what was sealed.`);
    if (header && !namesKey(line, header.key))
      fault('forged', leaf, `Event ${leaf} made the log with another key than the header's.`);
    tree = grown(tree, [stated?.length === 32 ? stated : hash]);
  };

  return {
    /** Takes the next line, without its line end. */
    line(text: string): void {
      if (!started) {
        started = true;
        begin(text);
        compare();
        return;
      }
      entry(text);
      compare();
    },
    /** Says what the reading comes to, once every line was given. */
    end(): AuditReading {
      if (!started) fault('unreadable', null, 'The export is empty.');
      const { size } = tree;
      if (kept_head && kept_head.size > next_leaf) {
        const words = `The checkpoint you kept covers ${kept_head.size} events; the export ends after ${next_leaf}.`;
        fault('truncated', null, words);
      }
      if (header && header.head.size > next_leaf) {
        fault('truncated', null, `${header.head.size - next_leaf} events are missing at the end.`);
      } else if (header && header.head.size < next_leaf) {
        const words = `${next_leaf - header.head.size} events follow that no checkpoint covers.`;
        fault('inserted', header.head.size, words);
      }
      return {
        ok: faults.length === 0,
        workspace_id: header?.workspace_id ?? null,
        size,
        root: toBase64(rootOf(tree)),
        kept_size: kept_head?.size ?? null,
        faults,
        more_faults,
      };
    },
  };
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
