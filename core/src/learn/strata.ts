import { anytimeBounds } from './sequence.ts';

/** Outputs that were to be judged with one probability, and those of them that were. */
export interface Stratum {
  n: number;
  /** 0..n, drawn by chance. */
  labelled: number;
  /** 0..labelled */
  wrong: number;
}

export interface ErrorEstimate {
  /** What was judged, and how much of it was wrong. */
  n: number;
  wrong: number;
  /** Share of errors among all, judged or not; null where nothing was judged. */
  share: number | null;
  low: number;
  high: number;
}

/**
 * Errors among outputs of which a part was judged, by probabilities that differed from part to part:
 * each part's share of errors counts for all its outputs (the weights 1/p, put right to the outputs
 * that there were: post-stratification, Holt & Smith 1979).
 *
 * The bounds hold at every look (`anytimeBounds`), delta divided among the parts; a part of which
 * nothing was judged may be wrong altogether. Needs: what is judged of a part is drawn by chance from
 * it, and its outputs are independent and alike.
 * @param delta the chance, at most, that the truth is outside
 */
export function stratifiedErrors(parts: readonly Stratum[], delta = 0.05): ErrorEstimate {
  const filled = parts.filter(({ n }) => n > 0);
  const sum = (value: (part: Stratum) => number) =>
    filled.reduce((total, part) => total + value(part), 0);
  const outputs = sum(({ n }) => n);
  const judged = sum(({ n, labelled }) => (labelled > 0 ? n : 0));
  const known = { n: sum(({ labelled }) => labelled), wrong: sum(({ wrong }) => wrong) };
  if (outputs === 0) return { ...known, share: null, low: 0, high: 1 };
  let [low, high, share] = [0, 0, 0];
  for (const { n, labelled, wrong } of filled) {
    const [from, to] = anytimeBounds(wrong, labelled, delta / filled.length);
    low += (n / outputs) * from;
    high += (n / outputs) * to;
    if (labelled > 0) share += (n / judged) * (wrong / labelled);
  }
  return { ...known, share: judged > 0 ? share : null, low, high: Math.min(1, high) };
}
