import * as z from 'zod';

/**
 * Typed, time-ordered ids: a prefix that names the noun, 10 characters of milliseconds and 16 of
 * chance, in Crockford base 32. They are made before the insert, so a retry meets its own row.
 */
export const id_prefixes = {
  workspace: 'ws',
  member: 'mem',
  key: 'key',
  output: 'out',
  case: 'case',
  answer: 'ans',
  resolution: 'res',
  note: 'note',
  feedback: 'fb',
  webhook: 'hook',
  delivery: 'del',
  invitation: 'inv',
  user: 'user',
  session: 'ses',
  import: 'imp',
  conversation: 'conv',
  message: 'msg',
  contact: 'con',
  crawl: 'crawl',
  file: 'file',
  epoch: 'epoch',
  certificate: 'cert',
  override: 'ovr',
} as const;

export type Noun = keyof typeof id_prefixes;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id of a noun.
 *  @param now_ms milliseconds since 1970, below 2^48
 *  @param chance at least 10 random bytes */
export function makeId(noun: Noun, now_ms: number, chance: Uint8Array): string {
  let time = '';
  for (let rest = now_ms, digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) {
    time = alphabet[rest % 32] + time;
  }
  let tail = '';
  for (let byte = 0; byte < 10; byte += 5) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = chance.subarray(byte, byte + 5);
    const bits = [a >> 3, (a << 2) | (b >> 6), b >> 1, (b << 4) | (c >> 4)];
    bits.push((c << 1) | (d >> 7), d >> 2, (d << 3) | (e >> 5), e);
    for (const five of bits) tail += alphabet[five & 31];
  }
  return `${id_prefixes[noun]}_${time}${tail}`;
}

/** The id of a thing that follows from another, the same whenever it is asked for: its time and chance,
 *  moved on by a count. Things of one noun that follow from one thing differ by their counts.
 *  @param count at least 0; comes round at 32^4 */
export function idFrom(noun: Noun, id: string, count: number): string {
  const [, made = ''] = id.split('_');
  const places = [...made.slice(-4)].map((one) => alphabet.indexOf(one));
  const moved = (places.reduce((sum, place) => sum * 32 + place, 0) + count) % 32 ** 4;
  const tail = [3, 2, 1, 0].map((place) => alphabet[Math.floor(moved / 32 ** place) % 32]).join('');
  return `${id_prefixes[noun]}_${made.slice(0, -4)}${tail}`;
}

/** The schema of one noun's id; another noun's id is refused by its prefix. */
export const idOf = (noun: Noun) =>
  z
    .string()
    .regex(
      new RegExp(`^${id_prefixes[noun]}_[0-9a-hjkmnp-tv-z]{26}$`),
      `an id that starts with "${id_prefixes[noun]}_"`,
    );

/** Names that people choose for gates and queues: they stand in addresses, so they stay plain. */
export const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'lower-case letters, digits, "-" and "_", at most 64');
