import { isUtf8 } from 'node:buffer';
import { readJson, refuse } from '@wheelhouse/core';
import type { FastifyInstance } from 'fastify';

/** What bodies are taken, and how they are read: JSON whole, NDJSON as it comes. */
export function readBodies(server: FastifyInstance): void {
  server.addContentTypeParser('application/x-ndjson', (_request, payload, done) =>
    done(null, payload),
  );
  server.removeContentTypeParser(['application/json', 'text/plain']);
  const as_bytes = { parseAs: 'buffer' } as const;
  // Read further by those rows alone that take files.
  server.addContentTypeParser('multipart/form-data', as_bytes, (_request, body, done) =>
    done(null, body),
  );
  server.addContentTypeParser('application/json', as_bytes, (_request, body, done) => {
    try {
      done(null, jsonOf(body as Buffer));
    } catch (thrown) {
      done(thrown as Error);
    }
  });
}

/** No body at all is no fault here: the route's own schema says whether one is needed. Bytes that are
 *  no UTF-8 would be turned into other text, so they are refused. */
function jsonOf(body: Buffer): unknown {
  if (!body.length) return undefined;
  if (isUtf8(body)) return readJson(body.toString('utf8'));
  const errors = [{ field: 'body', message: 'is not UTF-8' }];
  throw refuse('malformed', { errors }, 'The body is not UTF-8.');
}
