import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import {
  consistencyRanges,
  empty_tree,
  grown,
  type Hash,
  inclusionRanges,
  leafHash,
  nodeHash,
  type Range,
  rootOf,
  sameHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

/** MTH of RFC 6962 §2.1, word for word: slow, and nothing of it is shared with what is tested. */
function naiveRoot(leaves: Hash[]): Hash {
  if (leaves.length === 1) return leaves[0] as Hash;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

/** PATH of RFC 6962 §2.1.1, word for word. */
function naivePath(m: number, leaves: Hash[]): Hash[] {
  if (leaves.length <= 1) return [];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_none, at) => leafHash(new TextEncoder().encode(`leaf ${at}`)));
const treeOf = (leaves: Hash[]) => rootOf(grown(empty_tree, leaves));
const provenBy = (leaves: Hash[], ranges: Range[]) =>
  ranges.map(({ from, to }) => treeOf(leaves.slice(from, to)));

test('[A4] the roots are those that Certificate Transparency’s own tests expect', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((hex) => leafHash(hexToBytes(hex)));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  roots.forEach((root, size) => {
    expect(bytesToHex(treeOf(inputs.slice(0, size)))).toBe(root);
  });
});

test('[A4] grown in pieces of any size, a tree has the root of the naive recursion', () => {
  const leaves = leavesOf(200);
  let tree = empty_tree;
  for (let size = 0, step = 1; size < leaves.length; size += step, step = (step % 7) + 1) {
    tree = grown(tree, leaves.slice(size, size + step));
    expect(tree.edge.length).toBe([...tree.size.toString(2)].filter((bit) => bit === '1').length);
    expect(sameHash(rootOf(tree), naiveRoot(leaves.slice(0, tree.size)))).toBe(true);
  }
});

test('[A4] every inclusion proof up to 40 leaves is the RFC’s, and holds only where it belongs', () => {
  for (let size = 1; size <= 40; size++) {
    const leaves = leavesOf(size);
    const root = naiveRoot(leaves);
    leaves.forEach((hash, leaf) => {
      const path = provenBy(leaves, inclusionRanges(leaf, size));
      expect(path.map(bytesToHex)).toEqual(naivePath(leaf, leaves).map(bytesToHex));
      expect(verifyInclusion(hash, leaf, size, path, root)).toBe(true);
      expect(verifyInclusion(hash, leaf + 1, size, path, root)).toBe(false);
      expect(verifyInclusion(hash, leaf, size, [...path, root], root)).toBe(false);
      if (path.length) expect(verifyInclusion(hash, leaf, size, path.slice(1), root)).toBe(false);
      const other = leafHash(new Uint8Array([leaf]));
      expect(verifyInclusion(other, leaf, size, path, root)).toBe(false);
    });
  }
});

test('[A4] every consistency proof up to 40 leaves holds, and none for a changed past', () => {
  for (let size = 1; size <= 40; size++) {
    const leaves = leavesOf(size);
    const root = naiveRoot(leaves);
    for (let first = 1; first <= size; first++) {
      const before = naiveRoot(leaves.slice(0, first));
      const path = provenBy(leaves, consistencyRanges(first, size));
      expect(verifyConsistency(first, before, size, root, path)).toBe(true);
      const past = [...leaves.slice(0, first - 1), leafHash(new Uint8Array([first]))];
      expect(verifyConsistency(first, naiveRoot(past), size, root, path)).toBe(false);
      expect(verifyConsistency(first, before, size, before, path)).toBe(first === size);
      if (path.length)
        expect(verifyConsistency(first, before, size, root, path.slice(0, -1))).toBe(false);
    }
  }
});
