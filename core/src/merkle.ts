import { hashBytes } from './hash.ts';

/**
 * The Merkle tree of RFC 6962 §2.1: a leaf is hashed behind a 0x00, a node behind a 0x01, so that
 * neither passes for the other. A hash is 32 bytes of SHA-256.
 */
export type Hash = Uint8Array;

/** A tree as far as appending needs it: `edge` holds the roots of the complete subtrees on the
 *  right edge, largest first, one for each 1 in the binary form of `size`. */
export interface Tree {
  readonly size: number;
  readonly edge: readonly Hash[];
}
export const empty_tree: Tree = { size: 0, edge: [] };

/** Of bytes, or of a text's UTF-8 bytes, where U+0000 is the byte that goes before. */
export function leafHash(bytes: Uint8Array | string): Hash {
  if (typeof bytes === 'string') return hashBytes(`\u0000${bytes}`);
  const framed = new Uint8Array(bytes.length + 1);
  framed.set(bytes, 1);
  return hashBytes(framed);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const framed = new Uint8Array(65);
  framed[0] = 1;
  framed.set(left, 1);
  framed.set(right, 33);
  return hashBytes(framed);
}

/** The tree with more leaves on its right; each costs one node hash on average.
 *  @param leaves leaf hashes, in order */
export function grown(tree: Tree, leaves: Iterable<Hash>): Tree {
  const edge = [...tree.edge];
  let size = tree.size;
  for (const leaf of leaves) {
    let hash = leaf;
    // Each trailing 1 of the size is a complete subtree as large as the one that now closes.
    for (let rest = size; rest % 2 === 1; rest = half(rest)) {
      hash = nodeHash(edge.pop() as Hash, hash);
    }
    edge.push(hash);
    size += 1;
  }
  return { size, edge };
}

/** The root over every leaf; of no leaf at all it is the hash of nothing. */
export function rootOf({ edge }: Tree): Hash {
  let root = edge.at(-1);
  if (!root) return hashBytes(new Uint8Array());
  for (let at = edge.length - 2; at >= 0; at--) root = nodeHash(edge[at] as Hash, root);
  return root;
}

export const sameHash = (a: Hash, b: Hash): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Leaves `from` up to, not including, `to`. A proof is the roots of such ranges, so a store can
 *  work it out with memory for one edge, whatever the size of the log. */
export interface Range {
  from: number;
  to: number;
}

/** The ranges whose roots prove that a leaf is in a tree (RFC 6962 §2.1.1), from the leaf upwards.
 *  @param leaf 0 ≤ leaf < size */
export function inclusionRanges(leaf: number, size: number, from = 0): Range[] {
  const to = from + size;
  if (size <= 1) return [];
  const middle = from + largestPowerBelow(size);
  return leaf < middle
    ? [...inclusionRanges(leaf, middle - from, from), { from: middle, to }]
    : [...inclusionRanges(leaf, to - middle, middle), { from, to: middle }];
}

/** The ranges whose roots prove that a tree only grew (RFC 6962 §2.1.2).
 *  @param first the size before, 0 < first ≤ size */
export function consistencyRanges(first: number, size: number, from = 0, whole = true): Range[] {
  const to = from + size;
  if (first === size) return whole ? [] : [{ from, to }];
  const left = largestPowerBelow(size);
  const middle = from + left;
  return first <= left
    ? [...consistencyRanges(first, left, from, whole), { from: middle, to }]
    : [...consistencyRanges(first - left, size - left, middle, false), { from, to: middle }];
}

/** Whether a leaf hash stands at its place under a root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  hash: Hash,
  leaf: number,
  size: number,
  path: readonly Hash[],
  root: Hash,
): boolean {
  if (leaf < 0 || leaf >= size) return false;
  let [here, last] = [leaf, size - 1];
  let made = hash;
  for (const beside of path) {
    if (last === 0) return false;
    if (here % 2 === 1 || here === last) {
      made = nodeHash(beside, made);
      while (here !== 0 && here % 2 === 0) [here, last] = [half(here), half(last)];
    } else made = nodeHash(made, beside);
    [here, last] = [half(here), half(last)];
  }
  return last === 0 && sameHash(made, root);
}

/** Whether the tree under `second_root` begins with the one under `first_root`
 *  (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  first: number,
  first_root: Hash,
  second: number,
  second_root: Hash,
  path: readonly Hash[],
): boolean {
  if (first < 1 || first > second) return false;
  if (first === second) return path.length === 0 && sameHash(first_root, second_root);
  const is_power = largestPowerBelow(first + 1) === first;
  const [start, ...rest] = is_power ? [first_root, ...path] : path;
  if (!start || !path.length) return false;
  let [here, last] = [first - 1, second - 1];
  while (here % 2 === 1) [here, last] = [half(here), half(last)];
  let [before, after] = [start, start];
  for (const beside of rest) {
    if (last === 0) return false;
    if (here % 2 === 1 || here === last) {
      before = nodeHash(beside, before);
      after = nodeHash(beside, after);
      while (here !== 0 && here % 2 === 0) [here, last] = [half(here), half(last)];
    } else after = nodeHash(after, beside);
    [here, last] = [half(here), half(last)];
  }
  return last === 0 && sameHash(before, first_root) && sameHash(after, second_root);
}

const half = (number: number) => Math.floor(number / 2);

/** The largest power of two that is smaller than `size`, which is at least 2. */
function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
