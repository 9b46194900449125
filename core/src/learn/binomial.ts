import { type FieldFault, invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';
import { firstOver } from './first-over.ts';
import { checkTarget } from './target.ts';

/** What Stirling's series leaves of ln n!: exact for small n, where the series is not. */
const small_rests = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
  0.009255462182712733, 0.008330563433363128, 0.007573675487951841, 0.006942840107207329,
  0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
];
const rest = (n: number): number => {
  const known = small_rests[n];
  if (known !== undefined) return known;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n;
};

/** x·ln(x/mean) + mean − x, without the loss of digits where x is near its mean. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const apart = (x - mean) / (x + mean);
  let term = 2 * x * apart;
  let sum = (x - mean) * apart;
  for (let odd = 3; ; odd += 2) {
    term *= apart * apart;
    const next = sum + term / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** ln P(Bin(n, p) = k), 0 < k < n and 0 < p < 1 (Loader 2000, "Fast and accurate computation of
 *  binomial probabilities"). */
const logMass = (k: number, n: number, p: number): number =>
  rest(n) -
  rest(k) -
  rest(n - k) -
  deviance(k, n * p) -
  deviance(n - k, n * (1 - p)) +
  Math.log(n / (2 * Math.PI * k * (n - k))) / 2;

const massAt = (k: number, n: number, p: number): number => {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  return Math.exp(logMass(k, n, p));
};

/**
 * P(Bin(n, p) ≤ k), exact to about twelve digits: the p-value of "the error rate is p or more" after k
 * errors in n.
 * @param k errors seen, whole
 * @param n how many were looked at, whole, at least 0
 * @param p error rate, 0..1
 * @throws Refusal invalid: a count that is not whole, a rate that is no number
 */
export function lowerTail(k: number, n: number, p: number): number {
  if (!(Number.isSafeInteger(k) && Number.isSafeInteger(n) && n >= 0) || Number.isNaN(p)) {
    throw invalid(...tailFaults(k, n, p));
  }
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  // The shorter way: down from k, or up from k + 1 and take what is left.
  const down = k <= n * p;
  const odds = p / (1 - p);
  let at = down ? k : k + 1;
  let mass = massAt(at, n, p);
  let sum = 0;
  while (mass > sum * 1e-17) {
    sum += mass;
    if (down) {
      if (at === 0) break;
      mass *= at / (n - at + 1) / odds;
      at--;
    } else {
      if (at === n) break;
      mass *= ((n - at) / (at + 1)) * odds;
      at++;
    }
  }
  return Math.min(1, down ? sum : Math.max(0, 1 - sum));
}

function tailFaults(k: number, n: number, p: number): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!Number.isSafeInteger(k)) faults.push({ field: 'k', message: 'must be a whole number' });
  if (!(Number.isSafeInteger(n) && n >= 0)) faults.push({ field: 'n', message: from_0 });
  if (Number.isNaN(p)) faults.push({ field: 'p', message: 'must lie in 0..1' });
  return faults;
}

const from_0 = 'must be a whole number from 0';

/**
 * The most errors in n that still show an error rate under `alpha`, or −1 where none can: the largest k
 * with P(Bin(n, alpha) ≤ k) ≤ delta.
 * @throws Refusal invalid: an n that is not whole
 */
export function mostErrors(n: number, alpha: number, delta: number): number {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw invalid({ field: 'n', message: from_0 });
  let low = -1;
  let high = Math.ceil(n * alpha);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (lowerTail(middle, n, alpha) <= delta) low = middle;
    else high = middle;
  }
  return low;
}

/** What bears more errors than this is no sample that anybody judges. */
const most_borne = 1_000_000_000;

/**
 * How many must be looked at to show an error rate under `alpha` when `errors` of them are wrong:
 * 299 clean ones for 1% at 95%.
 * @param alpha the rate to stay under, between 0 and 1
 * @param errors whole, from 0
 * @param delta the chance, at most, of showing it wrongly, between 0 and 1
 * @throws Refusal invalid: a value out of its range
 */
export function checksNeeded(alpha: number, delta: number, errors = 0): number {
  checkTarget({ alpha, delta });
  if (!(Number.isInteger(errors) && errors >= 0 && errors <= most_borne)) {
    const message = `must be a whole number from 0 to ${most_borne}`;
    throw invalid({ field: 'errors', message });
  }
  return firstOver(errors, (n) => lowerTail(errors, n, alpha) <= delta);
}

/**
 * Exact bounds of a share (Clopper and Pearson 1934): each side is wrong with probability at most
 * `miss`.
 * @param k hits, 0..n
 * @param n looked at, at least 0; of nothing looked at nothing is known
 * @param miss of one side, between 0 and 1; 0.025 for an interval of 95%
 * @returns [low, high], both 0..1
 * @throws Refusal invalid: a value out of its range
 */
export function exactBounds(k: number, n: number, miss = 0.025): [low: number, high: number] {
  checkShares({ miss });
  if (!(Number.isSafeInteger(n) && n >= 0)) throw invalid({ field: 'n', message: from_0 });
  if (!(Number.isInteger(k) && k >= 0 && k <= n)) {
    throw invalid({ field: 'k', message: 'must be a whole number from 0 to n' });
  }
  const high = k >= n ? 1 : crossing((p) => lowerTail(k, n, p) <= miss);
  const low = k <= 0 ? 0 : 1 - crossing((p) => lowerTail(n - k, n, p) <= miss);
  return [low, high];
}

/** Where a condition that holds from some p on begins, rounded up: 0..1 halved sixty times. */
function crossing(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
