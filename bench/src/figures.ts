/** What is known of a sample: n, and its order statistics in the sample's own unit. */
export interface Figures {
  n: number;
  min: number;
  median: number;
  p95: number;
  p99: number;
  max: number;
}

export function figuresOf(sample: readonly number[]): Figures {
  const sorted = Float64Array.from(sample).sort();
  const at = (share: number) => {
    const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
    return round(sorted[index] ?? Number.NaN);
  };
  return {
    n: sorted.length,
    min: at(0),
    median: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  };
}

/** Three significant digits and a bit: more would claim more than a run can know. */
export const round = (value: number): number => Number(value.toPrecision(4));

export const meanOf = (sample: readonly number[]): number =>
  round(sample.reduce((sum, value) => sum + value, 0) / sample.length);
