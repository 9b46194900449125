import { invalid } from '../refusal.ts';

/** A source of whole numbers 0..2³²−1, equally likely. The core has no chance of its own. */
export type Chance = () => number;

/**
 * Chance from a seed: the same seed gives the same numbers on every machine.
 * Mulberry32 (T. Ettinger, 2017, public domain): 32 bits of state, period 2³², which outlasts any
 * training here by a factor of ten or more. Not for secrets.
 */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** @throws Refusal invalid: a seed that is no whole number */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw invalid({ field: 'seed', message: 'must be a whole number' });
}

/** Puts the numbers in random order, in place (Fisher and Yates; Knuth TAOCP 2, algorithm P). */
export function shuffle(numbers: Int32Array, chance: Chance): Int32Array {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = chance() % (i + 1);
    const kept = numbers[i] as number;
    numbers[i] = numbers[j] as number;
    numbers[j] = kept;
  }
  return numbers;
}
