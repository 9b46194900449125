import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import {
  type ScoredColumns,
  type ScoredFile,
  ScoredFileReader,
  type TierTerms,
} from '@wheelhouse/core';

/**
 * Reads outputs from a file, or from standard input (`-`), piece by piece.
 * @param wanted columns by hand, one model version of it, and what it is to be divided by
 * @param onShare told how much of the file is read, 0..1
 * @throws Error in words when it cannot be read, or is not text
 */
export async function readOutputs(
  path: string,
  wanted: { columns: Partial<ScoredColumns>; only: string | null; terms: TierTerms | null },
  onShare: (share: number) => void,
): Promise<{ file: ScoredFile; digest: string }> {
  const reader = new ScoredFileReader(wanted.columns, wanted.only, wanted.terms);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const hash = createHash('sha256');
  try {
    const size = path === '-' ? 0 : statSync(path).size;
    let read = 0;
    const source: AsyncIterable<Buffer> = path === '-' ? process.stdin : createReadStream(path);
    for await (const piece of source) {
      hash.update(piece);
      reader.push(decoder.decode(piece, { stream: true }));
      read += piece.length;
      if (size) onShare(read / size);
    }
    reader.push(decoder.decode());
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder; name a file in it'
          : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
            ? 'it is not text in UTF-8; save it as CSV or JSON lines in UTF-8'
            : message;
    throw new Error(`${path} cannot be read: ${why}.`, { cause });
  }
  return { file: reader.end(), digest: `sha256:${hash.digest('hex')}` };
}
