import * as z from 'zod';
import { idOf } from './id.ts';
import { Label, Text } from './json.ts';

export const file_kinds = ['image', 'audio', 'file'] as const;
export type FileKind = (typeof file_kinds)[number];

/** A file that somebody shared in a conversation. It has no address: whoever may read the conversation
 *  fetches it by its id, each time with what lets them in (rule W56). */
export const SharedFile = z.strictObject({
  kind: z.enum(file_kinds),
  file_id: idOf('file'),
  /** Of its bytes, so that the record says which file it was. */
  sha256: Text(64),
  name: Label(300),
  /** What it is by its own first bytes, whatever was said of it. */
  media_type: Text(100),
  bytes: z.int().min(1),
});
export type SharedFile = z.infer<typeof SharedFile>;

/** What files are taken, for whoever picks one. */
export const FileLimits = z.object({ bytes: z.int(), media_types: z.array(z.string()) });
export type FileLimits = z.infer<typeof FileLimits>;

const at = (bytes: Uint8Array, place: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[place + index] === letter.charCodeAt(0));

const signatures: [media_type: string, is: (bytes: Uint8Array) => boolean][] = [
  ['image/png', (bytes) => at(bytes, 0, '\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (bytes) => at(bytes, 0, '\xff\xd8\xff')],
  ['image/gif', (bytes) => at(bytes, 0, 'GIF87a') || at(bytes, 0, 'GIF89a')],
  ['image/webp', (bytes) => at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP')],
  ['audio/wav', (bytes) => at(bytes, 0, 'RIFF') && at(bytes, 8, 'WAVE')],
  ['audio/ogg', (bytes) => at(bytes, 0, 'OggS')],
  ['audio/mpeg', (bytes) => at(bytes, 0, 'ID3') || isFrame(bytes)],
  ['audio/mp4', (bytes) => at(bytes, 4, 'ftypM4A')],
  ['audio/flac', (bytes) => at(bytes, 0, 'fLaC')],
  ['application/pdf', (bytes) => at(bytes, 0, '%PDF-')],
  ['application/zip', (bytes) => at(bytes, 0, 'PK\x03\x04')],
];
/** The head of an MPEG audio frame: eleven bits set, and a layer. */
const isFrame = ([first = 0, second = 0]: Uint8Array): boolean =>
  first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0;

/** Every media type that a file can be seen to be. Text is what is UTF-8 without control characters:
 *  also a drawing (SVG) or a page, which are only ever handed out as text to keep. */
export const seen_media_types = [...signatures.map(([media_type]) => media_type), 'text/plain'];

/** What a file is by its bytes; what its name or its sender say counts for nothing.
 *  @returns undefined when it is nothing that is known */
export function seenIn(bytes: Uint8Array): { kind: FileKind; media_type: string } | undefined {
  const found = signatures.find(([, is]) => is(bytes))?.[0];
  const media_type = found ?? (isText(bytes) ? 'text/plain' : undefined);
  if (!media_type) return undefined;
  const [family] = media_type.split('/');
  const kind = file_kinds.find((one) => one === family) ?? 'file';
  return { kind, media_type };
}

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\t\n\r\f]/u.test(text);
  } catch {
    return false;
  }
}

/** A file's name without a folder before it and without what no name should have. */
export function fileNameOf(given: string): string {
  const bare = given.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = bare.replaceAll(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '').trim();
  return clean.slice(0, 200).toWellFormed() || 'file';
}
