const marks: [string, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
/** What Windows-1252 has where Latin-1 has signs that nobody writes: Node 20 reads the one as the other. */
const windows_signs = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** As far as a page may say how it is written. */
const looked_at = 1_024;

/** The encoding that a `Content-Type` names. */
export const charsetIn = (type: string): string | undefined =>
  /charset\s*=\s*"?\s*([^";\s]+)/i.exec(type)?.[1];

/** A text or page in whatever it is written in: by its byte order mark, by what the transport says, by the
 *  page's own `meta`, or UTF-8, and where it is none, Windows-1252, in this order (WHATWG HTML 13.2.3.2).
 *  @param charset what the transport says
 *  @throws Error for an encoding that nobody knows */
export function textIn(bytes: Uint8Array, charset?: string): string {
  const [marked] = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  const named = marked ?? charset ?? ownCharset(bytes);
  try {
    return decode(bytes, named ?? 'utf-8', named === undefined);
  } catch (thrown) {
    if (named !== undefined) throw thrown;
    return decode(bytes, 'windows-1252', false);
  }
}

function decode(bytes: Uint8Array, label: string, fatal: boolean): string {
  const used = decoder(label, fatal);
  const text = used.decode(bytes);
  if (used.encoding !== 'windows-1252') return text;
  return text.replace(/[\x80-\x9f]/g, (sign) => windows_signs[sign.charCodeAt(0) - 0x80] as string);
}

function decoder(label: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    throw new Error(`has an encoding that is not known: ${label.slice(0, 40)}`);
  }
}

function ownCharset(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, looked_at));
  const [, own] = /<meta\b[^>]*\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head) ?? [];
  // What could be read so far is no UTF-16.
  return own && /^utf-?16/i.test(own) ? 'utf-8' : own;
}
