import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * A backup is gzipped UTF-8 text that can be read with a pager:
 *
 *     {"format":"wheelhouse-backup","version":1,"made_at":…,"engine":"18.4","migrations":[…],"tables":[…]}
 *     {"table":"workspaces","columns":["id","name",…]}
 *     …rows, as PostgreSQL's COPY writes them: tabs, one line a row, \N for null
 *     \.
 *     {"rows":1,"sha256":"…"}
 *     …the other tables, each after those that it refers to
 *     {"end":true,"rows":1234,"sequences":{"events_seq_seq":{"last_value":"77","is_called":true}}}
 *
 * COPY writes a backslash in data as two, so that no row is ever `\.`; the checksum is over the
 * bytes of the rows. A file without its last line is not a backup.
 */
export const Header = z.object({
  format: z.literal('wheelhouse-backup'),
  version: z.literal(1),
  made_at: z.string(),
  engine: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.string()),
});
export type Header = z.infer<typeof Header>;

export const TableHead = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export const TableFoot = z.object({ rows: z.number().int().min(0), sha256: z.string() });
export const Trailer = z.object({
  end: z.literal(true),
  rows: z.number().int().min(0),
  sequences: z.record(
    z.string(),
    z.object({ last_value: z.string().regex(/^-?\d+$/), is_called: z.boolean() }),
  ),
});
export type Trailer = z.infer<typeof Trailer>;

export const damaged = (what: string, cause?: unknown) =>
  new Error(`The file is not a whole backup: ${what}.`, { cause });

/** How rows end: no row of a COPY can be this line. */
export const end_of_rows = Buffer.from('\\.\n');

export const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** Counts the rows and hashes the bytes that pass: a line of a COPY is one row. */
export function tally() {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    add(bytes: Buffer): void {
      hash.update(bytes);
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) rows += 1;
    },
    result: (): z.infer<typeof TableFoot> => ({ rows, sha256: hash.digest('hex') }),
  };
}

/** Reads lines and runs of rows from chunks, however they are cut. It holds one chunk at a time,
 *  and of a line only what fits a header. */
export function dumpReader(chunks: AsyncIterable<Buffer>) {
  const source = chunks[Symbol.asyncIterator]();
  let kept: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { value, done } = await source.next().catch((thrown: Error) => {
      throw damaged(thrown.message, thrown);
    });
    if (done) return false;
    kept = kept.length > 0 ? Buffer.concat([kept, value]) : value;
    return true;
  };
  const take = (length: number): Buffer => {
    const taken = kept.subarray(0, length);
    kept = kept.subarray(length);
    return taken;
  };
  return {
    /** Lets go of where the chunks come from, read to the end or not. */
    close: async (): Promise<void> => {
      await source.return?.();
    },
    /** The next line without its end; undefined after the last. */
    async line(): Promise<string | undefined> {
      let at = kept.indexOf(10);
      while (at === -1 && kept.length < longest_line && (await more())) at = kept.indexOf(10);
      if (at === -1) return undefined;
      return take(at + 1)
        .subarray(0, -1)
        .toString('utf8');
    },
    /** The rows up to the line that ends them, which is read too.
     *  @throws Error when the text ends before it */
    async *rows(): AsyncGenerator<Buffer> {
      const next_line = Buffer.concat([Buffer.from('\n'), end_of_rows]);
      for (let first = true; ; first = false) {
        while (kept.length < next_line.length && (await more()));
        if (first && kept.subarray(0, end_of_rows.length).equals(end_of_rows)) {
          take(end_of_rows.length);
          return;
        }
        const at = kept.indexOf(next_line);
        if (at !== -1) {
          yield take(at + 1);
          take(end_of_rows.length);
          return;
        }
        // What may be the beginning of the end stays for the next look.
        const sure = kept.length - next_line.length + 1;
        if (sure > 0) yield take(sure);
        if (!(await more())) throw damaged('it ends in the middle of a table');
      }
    },
  };
}

const longest_line = 2 ** 20;
