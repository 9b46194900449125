import type { Chance } from '../../ports.ts';

/** One stream of chance. Streams are named, so that a draw added to one moves no other. */
export interface Random extends Chance {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<One>(list: readonly One[]): One;
}

/** The streams of a seed: the same seed and name give the same draws on every machine. */
export type Streams = (name: string) => Random;

export const streamsOf =
  (seed: number): Streams =>
  (name) =>
    streamFrom(`${seed} ${name}`);

function streamFrom(text: string): Random {
  const next = sfc32(hashed(text));
  const fraction = () => next() / 2 ** 32;
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    between,
    happens: (probability) => fraction() < probability,
    pick: (list) => list[between(0, list.length - 1)] as never,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 255),
  };
}

/** Four words of state from a text, each letter stirred into all of them (FNV-1a four times over). */
function hashed(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x1b873593, 0xcc9e2d51, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    for (let word = 0; word < 4; word++) {
      words[word] = Math.imul((words[word] as number) ^ text.charCodeAt(at), 0x01000193 + 2 * word);
    }
  }
  return words;
}

/** sfc32 (C. Doty-Humphrey, PractRand, public domain): 128 bits of state, passes PractRand. */
function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Names that differ in one letter start close together; a few rounds part them.
  for (let round = 0; round < 12; round++) next();
  return next;
}
