import { bytesToHex } from '@noble/hashes/utils.js';
import { hashBytes } from './hash.ts';
import type { Hash } from './merkle.ts';

/**
 * Checkpoints as other transparency logs write them: a C2SP tlog-checkpoint (origin, size, root)
 * inside a C2SP signed note, signed with Ed25519. Any tool that reads those reads ours.
 */

/** Signs a message with the key it was made with; 64 bytes (RFC 8032). */
export type Sign = (message: Uint8Array) => Uint8Array;
/** Whether a signature over a message is by the 32-byte Ed25519 public key. */
export type Verify = (
  public_key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

/** Who signs notes: a name without spaces or plus, and a 32-byte Ed25519 public key. */
export interface NoteKey {
  name: string;
  public_key: Uint8Array;
}

/** What a checkpoint states. */
export interface TreeHead {
  origin: string;
  size: number;
  root: Hash;
}

/** The log's name, which is also the name of its key. */
export const originOf = (workspace_id: string): string => `wheelhouse/${workspace_id}`;

const ed25519 = 0x01;
const most_signatures = 100;
const most_characters = 100_000;
const utf8 = (text: string) => new TextEncoder().encode(text);

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Standard base64, in its one right form only. @returns undefined for anything else */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

const typed = (public_key: Uint8Array) => Uint8Array.of(ed25519, ...public_key);

/** The first four bytes of SHA-256(name, newline, 0x01, public key). */
export const keyId = ({ name, public_key }: NoteKey): Uint8Array =>
  hashBytes(Uint8Array.of(...utf8(`${name}\n`), ...typed(public_key))).slice(0, 4);

/** A key in the text form in which verifiers hand it round: `name+id+base64`. */
export const verifierKey = (key: NoteKey): string =>
  `${key.name}+${bytesToHex(keyId(key))}+${toBase64(typed(key.public_key))}`;

/** @returns undefined when the text is no Ed25519 verifier key, or its id is not its own */
export function parseVerifierKey(text: string): NoteKey | undefined {
  const [, name = '', id, encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const key = { name, public_key: bytes.slice(1) };
  return bytesToHex(keyId(key)) === id ? key : undefined;
}

/** A note: the text, an empty line, and the signature. The text ends with a newline. */
export function signNote(text: string, key: NoteKey, sign: Sign): string {
  const signature = Uint8Array.of(...keyId(key), ...sign(utf8(text)));
  return `${text}\n\u2014 ${key.name} ${toBase64(signature)}\n`;
}

/** The text of a note that the key has signed. Signatures of other keys (witnesses) are passed by,
 *  as the specification asks; one of this key that does not fit refuses the whole note. */
export function openNote(note: string, key: NoteKey, verify: Verify): string | undefined {
  const end = note.lastIndexOf('\n\n');
  const clean = [...note].every((letter) => letter >= ' ' || letter === '\n');
  if (end < 0 || !clean || note.length > most_characters || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > most_signatures) return undefined;
  const id = toBase64(keyId(key));
  let signed = false;
  for (const line of lines) {
    const [, name, encoded = ''] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    if (!name || !bytes || bytes.length < 5) return undefined;
    if (name !== key.name || toBase64(bytes.slice(0, 4)) !== id) continue;
    if (!verify(key.public_key, utf8(text), bytes.slice(4))) return undefined;
    signed = true;
  }
  return signed ? text : undefined;
}

export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads a checkpoint's text; lines after the third are extensions, which say nothing here.
 *  @returns undefined when it is none */
export function parseCheckpoint(text: string): TreeHead | undefined {
  const [origin = '', digits = '', encoded = '', ...rest] = text.split('\n');
  const root = fromBase64(encoded);
  const extensions = rest.slice(0, -1);
  if (rest.at(-1) !== '' || extensions.includes('')) return undefined;
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(digits) || root?.length !== 32) return undefined;
  const size = Number(digits);
  return Number.isSafeInteger(size) ? { origin, size, root } : undefined;
}

/** A tree head as a signed note. */
export const signCheckpoint = (head: TreeHead, key: NoteKey, sign: Sign): string =>
  signNote(checkpointText(head), key, sign);

/** The tree head of a note, if the key has signed it. */
export function openCheckpoint(note: string, key: NoteKey, verify: Verify): TreeHead | undefined {
  const text = openNote(note, key, verify);
  return text === undefined ? undefined : parseCheckpoint(text);
}
