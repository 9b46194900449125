import { type FieldFault, invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';

/**
 * Bounds of an error rate that may be looked at after every check: a confidence sequence.
 *
 * Guaranteed: if each check is wrong with the same probability m, given those before (or has a partial
 * loss of mean m), the chance that m is ever outside, at any of all looks, is at most delta. The bounds
 * are the m against which no bet has won 1/delta: the stake of a mixture of all error rates, believed
 * in like Beta(½, ½), has a closed form in the two counts, and is a martingale under m (Robbins 1970;
 * Waudby-Smith & Ramdas 2021, arXiv 2010.09686; Krichevsky & Trofimov 1981 for the prior). Of a partial
 * loss the stake is convex, so that it grows no more than for losses of 0 and 1 of the same mean.
 * Where the rate moves no interval can hold it: then these are of a mean that moves too, and what tells
 * that it moved is the detector.
 * @param wrong how many were wrong, or the sum of their losses, 0..n
 * @param n checks; 0 gives [0, 1]
 * @param delta the chance, at most, of ever missing it, both sides together
 * @returns [low, high], both 0..1, wrong / n between them
 * @throws Refusal invalid: a value out of its range
 */
export function anytimeBounds(wrong: number, n: number, delta = 0.05): [low: number, high: number] {
  checkShares({ delta });
  const faults: FieldFault[] = [];
  if (!(n >= 0 && Number.isFinite(n))) faults.push({ field: 'n', message: 'must be 0 or more' });
  if (!(wrong >= 0 && wrong <= n)) faults.push({ field: 'wrong', message: 'must be from 0 to n' });
  if (faults.length > 0) throw invalid(...faults);
  if (n === 0) return [0, 1];
  const right = n - wrong;
  const mixture = logBeta(wrong + 0.5, right + 0.5) - logBeta(0.5, 0.5);
  const isOutside = (m: number) =>
    mixture - power(wrong, m) - power(right, 1 - m) >= Math.log(1 / delta);
  const seen = wrong / n;
  const low = wrong === 0 ? 0 : between(0, seen, isOutside);
  const high = right === 0 ? 1 : between(1, seen, isOutside);
  return [low, high];
}

/** ln of base^times, where nothing happened 0. */
const power = (times: number, base: number): number => (times === 0 ? 0 : times * Math.log(base));

/** The last m outside on the way from `outside` to `inside`, halved sixty times. */
function between(outside: number, inside: number, isOutside: (m: number) => boolean): number {
  let from = outside;
  let to = inside;
  for (let step = 0; step < 60; step++) {
    const middle = (from + to) / 2;
    if (isOutside(middle)) from = middle;
    else to = middle;
  }
  return from;
}

/** ln of the beta function. */
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series, to 1e-14 from 10 on. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x);
  const square = x * x;
  const rest =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) /
    x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + rest;
}
