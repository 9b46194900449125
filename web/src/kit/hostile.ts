/** Characters that make text read differently from what it is. */
export type HostileKind = 'direction' | 'invisible' | 'tag' | 'control' | 'mixed_alphabets';

export interface Piece {
  text: string;
  /** What is wrong with this piece; undefined for plain text. */
  hostile?: { kind: HostileKind; name: string };
}

const directions: Record<number, string> = {
  1564: 'Arabic letter mark',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8234: 'left-to-right embedding',
  8235: 'right-to-left embedding',
  8236: 'end of direction',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8294: 'left-to-right isolate',
  8295: 'right-to-left isolate',
  8296: 'first-strong isolate',
  8297: 'end of isolate',
};
const invisibles: Record<number, string> = {
  173: 'soft hyphen',
  847: 'grapheme joiner',
  4447: 'Hangul filler',
  4448: 'Hangul filler',
  6068: 'invisible vowel',
  6069: 'invisible vowel',
  6158: 'vowel separator',
  8203: 'zero-width space',
  8204: 'zero-width non-joiner',
  8205: 'zero-width joiner',
  8232: 'line separator',
  8233: 'paragraph separator',
  8288: 'word joiner',
  8289: 'invisible operator',
  8290: 'invisible operator',
  8291: 'invisible operator',
  8292: 'invisible operator',
  10240: 'blank pattern',
  12644: 'Hangul filler',
  65279: 'zero-width no-break space',
  65440: 'Hangul filler',
  65529: 'annotation mark',
  65530: 'annotation mark',
  65531: 'annotation mark',
};

function kindOf(code: number): Piece['hostile'] {
  const direction = directions[code];
  if (direction) return { kind: 'direction', name: direction };
  const invisible = invisibles[code];
  if (invisible) return { kind: 'invisible', name: invisible };
  if (code >= 0xe0000 && code <= 0xe007f) return { kind: 'tag', name: 'hidden tag character' };
  if ((code >= 0xe0100 && code <= 0xe01ef) || (code >= 0xfe00 && code <= 0xfe0f)) {
    return { kind: 'invisible', name: 'variation selector' };
  }
  if (code >= 0x206a && code <= 0x206f) return { kind: 'direction', name: 'old format character' };
  const control = code < 0x20 ? ![0x09, 0x0a, 0x0d].includes(code) : code >= 0x7f && code < 0xa0;
  if (control) return { kind: 'control', name: 'control character' };
  return undefined;
}

const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;
/** Scripts whose plain spelling needs joiners: Arabic and its kin, and the Indic ones. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Mongolian}]/u;

/** A joiner or selector where ordinary writing has it: inside an emoji, or between letters of a
 *  script that is spelled with it. */
function isOrdinary(code: number, before: string | undefined, after: string | undefined): boolean {
  if (code === 0xfe0f || code === 0xfe0e) return !!before && /\p{Emoji}/u.test(before);
  if (code !== 0x200d && code !== 0x200c) return false;
  if (!before || !after) return false;
  if (code === 0x200d && pictograph.test(before) && pictograph.test(after)) return true;
  return joined.test(before) && joined.test(after);
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
const latin = /\p{Script=Latin}/u;
const look_alike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Splits text into plain pieces and ones that hide or disguise something: direction controls,
 *  characters without a shape, tags, control characters (Unicode TR 36 and TR 39), and words that
 *  mix Latin with letters that look like it. */
export function markHostile(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain) pieces.push(...markMixed(plain));
    plain = '';
  };
  const characters = [...text];
  characters.forEach((character, at) => {
    const code = character.codePointAt(0) as number;
    const hostile = kindOf(code);
    if (!hostile || isOrdinary(code, characters[at - 1], characters[at + 1])) {
      plain += character;
      return;
    }
    flush();
    pieces.push({ text: character, hostile });
  });
  flush();
  return pieces;
}

function markMixed(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(word)) {
    if (!latin.test(found) || !look_alike.test(found)) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ text: found, hostile: { kind: 'mixed_alphabets', name: 'mixed alphabets' } });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Whether any text inside a JSON value, keys too, is not what it looks like. */
export function isHostile(value: unknown): boolean {
  if (typeof value === 'string') return markHostile(value).some(({ hostile }) => hostile);
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, inner]) => isHostile(key) || isHostile(inner));
}

/** `U+202E`, as the standard writes it. */
export const codePointText = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
