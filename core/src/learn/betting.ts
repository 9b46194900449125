import { type FieldFault, invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';
import { lowerTail } from './binomial.ts';

/** The most of a stake that one output may cost: the paper's 3/4, and nine tenths gained nothing. */
const most_lost = 0.75;

/**
 * p-value of "the mean loss is alpha or more", for losses between 0 and 1, by betting against it: the
 * stake is multiplied by 1 − bet·(loss − alpha), the bet is set before each loss by the spread of those
 * before it, and p is one over the highest stake there was (Waudby-Smith & Ramdas 2021, arXiv
 * 2010.09686, "Estimating means of bounded random variables by betting": the predictable plug-in, of
 * which only the side that denies a high mean is played; Ville 1939).
 *
 * Guaranteed: if the mean, given what came before, is alpha or more each time, P(p ≤ δ) ≤ δ for every
 * δ, also if the losses go on until p is small enough.
 * Needs an order that has nothing to do with the losses, such as that of arrival; sorted by score or by
 * loss it is void. Of 0/1 losses `lowerTail` is stronger: of 1,000 with 3.5% wrong and alpha 5%, it
 * shows 68%, this 51%; of partial losses of the same mean this shows 74%, `hoeffdingBentkus` 49%.
 * @param losses [n] each 0..1, in order of arrival; of none p is 1
 * @param alpha between 0 and 1
 * @param delta at which the bets are to be strongest; p is valid at any other too
 * @throws Refusal invalid: alpha or delta not between 0 and 1, a loss that is not 0..1
 */
export function bettingPValue(losses: ArrayLike<number>, alpha: number, delta = 0.05): number {
  checkShares({ alpha, delta });
  checkLosses(losses);
  const n = losses.length;
  // The stake itself, which costs no logarithm a loss, on a scale that keeps it a number.
  let stake = 1;
  let top = 1;
  let log_scale = 0;
  let log_highest = 0;
  const boldness = (2 * Math.log(1 / delta)) / n;
  const most = most_lost / (1 - alpha);
  // As if one loss of a half, with the variance of a coin, had been seen before all others.
  let sum = 0.5;
  let squares = 0.25;
  for (let i = 0; i < n; i++) {
    const loss = losses[i] as number;
    const variance = squares / (i + 1);
    const bet = Math.min(Math.sqrt(boldness / variance), most);
    stake *= 1 - bet * (loss - alpha);
    if (stake > top) top = stake;
    if (stake > 1e100 || stake < 1e-100) {
      log_highest = Math.max(log_highest, log_scale + Math.log(top));
      log_scale += Math.log(stake);
      stake = 1;
      top = 1;
    }
    sum += loss;
    squares += (loss - sum / (i + 2)) ** 2;
  }
  return Math.exp(-Math.max(log_highest, log_scale + Math.log(top)));
}

/**
 * p-value of "the mean loss is alpha or more" from the mean of n losses between 0 and 1: the smaller of
 * Hoeffding's (1963, in relative entropy) and Bentkus's (2004) bound, as Bates, Angelopoulos, Lei,
 * Malik and Jordan (2021, arXiv 2101.02703) join them.
 *
 * Guaranteed: P(p ≤ δ) ≤ δ for every δ if the losses are independent with a mean of alpha or more and n
 * was fixed beforehand.
 * @param mean of the losses, 0..1
 * @param n how many, whole; of none p is 1
 * @throws Refusal invalid: a value out of its range
 */
export function hoeffdingBentkus(mean: number, n: number, alpha: number): number {
  checkShares({ alpha });
  const faults: FieldFault[] = [];
  if (!(mean >= 0 && mean <= 1)) faults.push({ field: 'mean', message: 'must lie in 0..1' });
  if (!(Number.isInteger(n) && n >= 0)) {
    faults.push({ field: 'n', message: 'must be a whole number from 0' });
  }
  if (faults.length > 0) throw invalid(...faults);
  if (n === 0 || mean >= alpha) return 1;
  const entropy =
    (mean > 0 ? mean * Math.log(mean / alpha) : 0) +
    (1 - mean) * Math.log((1 - mean) / (1 - alpha));
  // A mean of k whole losses comes back as a hair over k, and must not be rounded up to k + 1.
  const errors = Math.ceil(n * mean - 1e-9);
  return Math.min(1, Math.exp(-n * entropy), Math.E * lowerTail(errors, n, alpha));
}

function checkLosses(losses: ArrayLike<number>): void {
  for (let i = 0; i < losses.length; i++) {
    const loss = losses[i] as number;
    if (loss >= 0 && loss <= 1) continue;
    throw invalid({ field: `losses.${i}`, message: 'must lie in 0..1' });
  }
}
