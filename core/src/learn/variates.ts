import type { Chance } from './chance.ts';

/** Over 0 and under 1. */
const uniform = (chance: Chance): number => (chance() + 0.5) / 2 ** 32;

/** A standard normal draw (Box and Muller 1958). */
const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(uniform(chance))) * Math.cos(2 * Math.PI * uniform(chance));

/**
 * A draw of the gamma distribution with scale 1 (Marsaglia and Tsang 2000, "A simple method for
 * generating gamma variables"); of a small whole shape the sum of so many exponential ones, which is as
 * exact and sooner.
 * @param shape at least 0; of 0 it is 0
 */
export function gammaDraw(shape: number, chance: Chance): number {
  if (shape <= 0) return 0;
  if (shape <= 4 && Number.isInteger(shape)) {
    let product = 1;
    for (let left = shape; left > 0; left--) product *= uniform(chance);
    return -Math.log(product);
  }
  if (shape < 1) return gammaDraw(shape + 1, chance) * uniform(chance) ** (1 / shape);
  const depth = shape - 1 / 3;
  const spread = 1 / Math.sqrt(9 * depth);
  for (;;) {
    const off = normal(chance);
    const cube = (1 + spread * off) ** 3;
    if (cube <= 0) continue;
    const log = Math.log(uniform(chance));
    if (log < (off * off) / 2 + depth * (1 - cube + Math.log(cube))) return depth * cube;
  }
}

/** A Poisson draw, by inversion where few are expected (Knuth TAOCP 2), else a rounded normal one. */
export function poissonDraw(mean: number, chance: Chance): number {
  if (mean > 20) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  const limit = Math.exp(-mean);
  let product = uniform(chance);
  let count = 0;
  while (product > limit) {
    product *= uniform(chance);
    count++;
  }
  return count;
}

/** Hits among n at a rate: as `poissonDraw` where few are expected, else a rounded normal draw. Near
 *  enough to plan by. */
export function hitsDraw(n: number, rate: number, chance: Chance): number {
  const mean = n * rate;
  if (mean <= 20) return Math.min(n, poissonDraw(mean, chance));
  const off = Math.sqrt(mean * (1 - rate)) * normal(chance);
  return Math.min(n, Math.max(0, Math.round(mean + off)));
}
