import { idOf, invalid, refuse } from '@wheelhouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadFile, Sent } from '../actions/file.ts';

const form = /^multipart\/form-data/i;
/** What a form needs beside its file: heads, a boundary, an id. */
export const form_bytes = 65_536;

export const isForm = ({ headers }: FastifyRequest): boolean =>
  form.test(headers['content-type'] ?? '');

/** The one file of a form, with the id that its message is to have.
 *  @throws Refusal unsupported_media_type, invalid */
export async function fileIn(request: FastifyRequest): Promise<Sent> {
  if (!isForm(request) || !Buffer.isBuffer(request.body)) {
    throw refuse('unsupported_media_type', {}, 'Send a form (multipart/form-data) with a "file".');
  }
  const headers = { 'content-type': request.headers['content-type'] as string };
  const parts = await new Response(new Uint8Array(request.body), { headers })
    .formData()
    .catch(() => {
      throw invalid({ field: 'body', message: 'is no form that can be read' });
    });
  const file = parts.get('file');
  if (!(file instanceof Blob)) throw invalid({ field: 'file', message: 'is needed' });
  const id = parts.get('id');
  const known = id === null ? undefined : idOf('message').safeParse(id);
  if (known && !known.success) {
    throw invalid({ field: 'id', message: 'is no id of a message' });
  }
  const content = new Uint8Array(await file.arrayBuffer());
  return { id: known?.data, name: (file as Blob & { name?: string }).name ?? '', content };
}

/** Hands a file out to be kept, and never to be run: no page shows it by its address. */
export function handOut(reply: FastifyReply, { name, media_type, content }: ReadFile): Buffer {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  reply.headers({
    'content-type': media_type === 'text/plain' ? 'text/plain; charset=utf-8' : media_type,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  return content;
}
