import { sha256 as portable } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 (FIPS 180-4) of bytes or of text as UTF-8: 32 bytes, and in hexadecimal. */
export interface Sha256 {
  of(said: Uint8Array | string): Uint8Array;
  hexOf(text: string): string;
}

const utf8 = new TextEncoder();

// In JavaScript, so that it also runs where a page has no crypto of its own.
const portably = (said: Uint8Array | string): Uint8Array =>
  portable(typeof said === 'string' ? utf8.encode(said) : said);
let sha256: Sha256 = { of: portably, hexOf: (text) => bytesToHex(portably(text)) };

/** A platform's own SHA-256 in place of ours: the same bytes, several times as fast. */
export const hashWith = (faster: Sha256): void => {
  sha256 = faster;
};

export const hashBytes = (said: Uint8Array | string): Uint8Array => sha256.of(said);

/** `sha256:` and 64 hex digits, of text as UTF-8. */
export const digest = (text: string): string => `sha256:${sha256.hexOf(text)}`;
