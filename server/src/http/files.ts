import type { Readable } from 'node:stream';
import { type ArticleFileKind, invalid, largest_file, refuse } from '@wheelhouse/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const kinds: Record<string, ArticleFileKind> = {
  'text/markdown': 'markdown',
  'text/html': 'html',
  'text/csv': 'csv',
  'application/pdf': 'pdf',
};

export const file_types = Object.keys(kinds);

/** What a request's body is, where it is a file. */
export const fileKindOf = ({ headers }: Pick<FastifyRequest, 'headers'>) =>
  kinds[(headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''];

/** Files are handed on as they come: whoever takes one reads it. */
export function takeFiles(server: FastifyInstance): void {
  for (const type of file_types) {
    server.addContentTypeParser(type, { bodyLimit: largest_file }, (_request, payload, done) =>
      done(null, payload),
    );
  }
}

/** A file's bytes, to its end. @throws Refusal invalid (empty), malformed, too_large */
export async function bytesOf(body: unknown): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as Readable) {
      length += (chunk as Buffer).length;
      // Read to its end whatever it holds, or the connection could take no further request.
      if (length <= largest_file) chunks.push(chunk as Buffer);
    }
  } catch {
    throw refuse('malformed', {}, 'The file broke off.');
  }
  if (length > largest_file) {
    const words = `A file is at most ${largest_file / 1_048_576} MiB.`;
    throw refuse('too_large', { limit_bytes: largest_file }, words);
  }
  if (!length) throw invalid({ field: 'file', message: 'is empty' });
  return Buffer.concat(chunks);
}
