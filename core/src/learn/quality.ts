import { wilson } from '../interval.ts';
import { type FieldFault, invalid } from '../refusal.ts';

/** Outputs of one score that were to be labelled with one probability. */
export interface QualityCell {
  /** How likely such an output is wrong, as the score says it: 0..1, and never told by these labels. */
  predicted: number;
  /** Logged before the outcome: 1 where it was held, the chance of a spot check where it passed. */
  inclusion_probability: number;
  /** All of them, labelled or not. */
  n: number;
  labelled: number;
  wrong: number;
}

export interface QualityInterval {
  /** Share of errors among all, 0..1. */
  share: number;
  low: number;
  high: number;
}

export interface Quality extends QualityInterval {
  n: number;
  labelled: number;
  wrong: number;
  /** What the same labels say without the scores. */
  plain: QualityInterval;
  /** So many times the labels would be needed without the scores for as narrow an interval; at least 1. */
  worth: number;
}

/** With fewer labels that are wrong, or right, how far scores are to be trusted is chance itself. */
const fewest_each = 20;

/**
 * Share of errors among all outputs of a time, labelled or not: what scores predict of all of them, put
 * right by what labels, each standing for 1 / probability outputs, show the predictions to be off, and
 * trusted as far as the labels bear them out. Where all labels are drawn with one probability that is
 * the prediction-powered estimate (PPI++: Angelopoulos, Duchi, Zrnic 2023, arXiv 2311.01453), where they
 * are drawn with unequal ones the difference estimator (Särndal, Swensson, Wretman 1992, 6.3), from
 * counts alone: its cost does not grow with the outputs.
 *
 * The bounds are of these outputs, not of ones to come: of what was labelled wholly nothing is in doubt.
 * Each part has Wilson's at the number of labels that its variance is worth (Korn & Graubard 1998), and
 * together they are those of a sum (MOVER: Zou & Donner 2008). Approximate: FOR DASHBOARDS, NEVER FOR
 * CERTIFICATES.
 *
 * Needs: labels drawn by chance, with the probability that was logged. What was drawn and is not judged
 * yet is taken to be like what is, part by part.
 * @param parts outputs whose labels came in the same way, as what was held and what passed
 * @returns null where there is nothing, or nothing of a part was labelled
 * @throws Refusal invalid: a cell out of its range, naming it
 */
export function qualityOf(parts: readonly (readonly QualityCell[])[]): Quality | null {
  parts.forEach((cells, part) => {
    cells.forEach((cell, at) => {
      checkCell(cell, `parts.${part}.${at}`);
    });
  });
  const filled = parts.map(summed).filter(({ n }) => n > 0);
  if (!filled.length || filled.some(({ labelled }) => labelled === 0)) return null;
  const plain = together(filled, (part) => intervalOf(part, 0));
  const told = together(filled, (part) => intervalOf(part, trustIn(part)));
  const sum = (of: 'n' | 'labelled' | 'wrong') => filled.reduce((all, part) => all + part[of], 0);
  const width = ({ low, high }: QualityInterval) => high - low;
  const worth = width(told) > 0 ? Math.max(1, (width(plain) / width(told)) ** 2) : 1;
  // Scores that tell nothing are left out, so that an interval is never wider for them.
  const best = width(told) < width(plain) ? told : plain;
  return { n: sum('n'), labelled: sum('labelled'), wrong: sum('wrong'), ...best, plain, worth };
}

interface Part {
  n: number;
  labelled: number;
  wrong: number;
  /** Weighted means of the labels and of their predictions, and the mean prediction of all. */
  seen: number;
  predicted: number;
  predicted_of_all: number;
  /** Of the weighted means: (co)variances, and what one label's spread of 1 would come to. */
  spread: number;
  seen_variance: number;
  covariance: number;
  predicted_variance: number;
}

function summed(cells: readonly QualityCell[]): Part {
  let [n, labelled, wrong, asked, weights, seen, predicted, of_all] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const cell of cells) {
    const weight = 1 / cell.inclusion_probability;
    n += cell.n;
    labelled += cell.labelled;
    wrong += cell.wrong;
    asked += cell.n * cell.inclusion_probability;
    weights += weight * cell.labelled;
    seen += weight * cell.wrong;
    predicted += weight * cell.labelled * cell.predicted;
    of_all += cell.n * cell.predicted;
  }
  const part: Part = {
    ...{ n, labelled, wrong, seen: seen / weights, predicted: predicted / weights },
    ...{ predicted_of_all: of_all / n, spread: 0, seen_variance: 0, covariance: 0 },
    predicted_variance: 0,
  };
  const answered = Math.min(1, labelled / asked);
  for (const cell of cells) {
    const each = (1 / cell.inclusion_probability / weights) ** 2;
    // What is labelled wholly is known, and varies no more.
    const varies = each * (1 - answered * cell.inclusion_probability);
    const [right, off] = [cell.labelled - cell.wrong, cell.predicted - part.predicted];
    part.spread += varies * cell.labelled;
    part.seen_variance += varies * (cell.wrong * (1 - part.seen) ** 2 + right * part.seen ** 2);
    part.covariance += varies * off * (cell.wrong * (1 - part.seen) - right * part.seen);
    part.predicted_variance += varies * cell.labelled * off ** 2;
  }
  return part;
}

/** How far its scores are to be trusted: what makes the variance least (power tuning). */
function trustIn({ labelled, wrong, covariance, predicted_variance }: Part): number {
  if (Math.min(wrong, labelled - wrong) < fewest_each || predicted_variance <= 0) return 0;
  return Math.max(0, covariance / predicted_variance);
}

function intervalOf(part: Part, trust: number): QualityInterval {
  const { labelled, seen, predicted, predicted_of_all, spread } = part;
  const share = Math.min(1, Math.max(0, seen + trust * (predicted_of_all - predicted)));
  if (spread <= 0) return { share, low: share, high: share };
  const { seen_variance, covariance, predicted_variance } = part;
  const variance =
    ((seen_variance - 2 * trust * covariance + trust ** 2 * predicted_variance) * labelled) /
    Math.max(1, labelled - 1);
  const all_alike = share <= 0 || share >= 1 || variance <= 0;
  const worth = all_alike ? 1 / spread : (share * (1 - share)) / variance;
  const [low, high] = wilson(share * worth, worth);
  return { share, low: Math.min(share, low), high: Math.max(share, high) };
}

/** Shares and bounds of parts, each by how many outputs it is of. */
function together(
  parts: readonly Part[],
  intervalFor: (part: Part) => QualityInterval,
): QualityInterval {
  const all = parts.reduce((sum, { n }) => sum + n, 0);
  let [share, below, above] = [0, 0, 0];
  for (const part of parts) {
    const one = intervalFor(part);
    const size = part.n / all;
    share += size * one.share;
    below += (size * (one.share - one.low)) ** 2;
    above += (size * (one.high - one.share)) ** 2;
  }
  const low = Math.max(0, share - Math.sqrt(below));
  return { share, low, high: Math.min(1, share + Math.sqrt(above)) };
}

function checkCell(cell: QualityCell, name: string): void {
  const { predicted, inclusion_probability, n, labelled, wrong } = cell;
  const faults: FieldFault[] = [];
  const must = (is: boolean, field: string, message: string) => {
    if (!is) faults.push({ field: `${name}.${field}`, message });
  };
  must(predicted >= 0 && predicted <= 1, 'predicted', 'must lie in 0..1');
  must(
    inclusion_probability > 0 && inclusion_probability <= 1,
    'inclusion_probability',
    'must be over 0 and up to 1',
  );
  must(n >= 0 && Number.isFinite(n), 'n', 'must be 0 or more');
  must(labelled >= 0 && labelled <= n, 'labelled', 'must lie in 0..n');
  must(wrong >= 0 && wrong <= labelled, 'wrong', 'must lie in 0..labelled');
  if (faults.length > 0) throw invalid(...faults);
}
