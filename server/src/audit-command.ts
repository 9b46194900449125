import { createReadStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type AuditReading, auditReader } from '@wheelhouse/core';
import { verifyEd25519 } from './actions/signature.ts';

const usage = `Usage: npm run audit -- EXPORT.ndjson [--checkpoint FILE]

Checks an export of the record (GET /api/v1/audit/export) on this machine alone.
FILE is a checkpoint that was kept outside the server (GET /api/v1/audit/checkpoint).
Exit code: 0 when everything holds, 1 when something does not, 2 when it could not be read.`;

/** Longer than any line an export writes; a file that is no export is not read into memory. */
const longest_line = 16_777_216;

/** Reads an export line by line, so that memory stays flat.
 *  @throws Error in words when the file cannot be read, or is not text */
async function readExport(path: string, kept?: string): Promise<AuditReading> {
  const reader = auditReader(verifyEd25519, kept);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  const take = (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) reader.line(line);
    if (rest.length > longest_line) throw new Error('a line is far too long for an export');
  };
  try {
    for await (const chunk of createReadStream(path)) take(decoder.decode(chunk, { stream: true }));
    take(decoder.decode());
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (rest) reader.line(rest);
  return reader.end();
}

/** What comes from a file is shown, never obeyed: terminals act on control characters. */
const plain = (text: string) =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (letter) => {
    return `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });

const events = (count: number) =>
  `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`;

/** A reading in words a person understands. */
function inWords(reading: AuditReading): string {
  const lines: string[] = [];
  if (reading.workspace_id) lines.push(`Workspace ${plain(reading.workspace_id)}`);
  lines.push(`Read ${events(reading.size)}; root ${reading.root}`);
  if (reading.faults.length) {
    const count = reading.faults.length + reading.more_faults;
    lines.push('', `NOT INTACT: ${count} ${count === 1 ? 'fault' : 'faults'} found.`);
    for (const { kind, fault } of reading.faults) lines.push(`  ${kind}: ${plain(fault)}`);
    if (reading.more_faults) lines.push(`  and ${reading.more_faults} more`);
    return lines.join('\n');
  }
  lines.push('', 'INTACT: every event says what was sealed, and the checkpoint is signed over it.');
  if (reading.kept_size === null) {
    lines.push(
      'No kept checkpoint was given. Whoever holds the server and its key could have written the',
      'whole record anew. Keep checkpoints elsewhere, and give one with --checkpoint.',
    );
  } else {
    const since = reading.size - reading.kept_size;
    lines.push(
      `The first ${events(reading.kept_size)} are those of the checkpoint you kept; none was altered,`,
      `removed, inserted or reordered since. ${events(since)} came after it.`,
    );
  }
  return lines.join('\n');
}

/** Runs the command. @returns its exit code; a reading that cannot be made is 2, never 0 */
export async function auditCommand(args: string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { checkpoint: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const [path] = positionals;
    if (values.help || !path || positionals.length > 1) {
      say(usage);
      return values.help ? 0 : 2;
    }
    const kept = values.checkpoint === undefined ? undefined : keptNote(values.checkpoint);
    const reading = await readExport(path, kept);
    say(inWords(reading));
    return reading.ok ? 0 : 1;
  } catch (error) {
    say(plain((error as Error).message));
    return 2;
  }
}

/** The note in a kept file: the note itself, or the JSON that the server answered. */
function keptNote(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (!text.trimStart().startsWith('{')) return text.replaceAll('\r\n', '\n');
    const { note } = JSON.parse(text) as { note?: unknown };
    if (typeof note === 'string') return note;
    throw new Error('it holds no checkpoint');
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
