/** What is not 0 in a row of features, and where. */
export interface SparseRow {
  at: readonly number[];
  value: readonly number[];
}
export interface KnownRow extends SparseRow {
  /** Log odds that are known already, and added to. */
  known: number;
  /** 0..1. */
  target: number;
}

interface Place {
  weights: Float64Array;
  offset: number;
}

/**
 * Logistic regression of few features on top of known log odds, weights drawn to 0 and the offset free:
 * Newton's steps in full, halved where one does not help. The cost is convex, and some ten steps end it.
 * @param size features, at most some hundreds: each step costs their cube
 * @param ridge over 0
 */
export function fitSmallLogistic(
  rows: readonly KnownRow[],
  size: number,
  ridge: number,
): { weights: number[]; offset: number } {
  let at: Place = { weights: new Float64Array(size), offset: 0 };
  let cost = costAt(rows, at, ridge);
  for (let round = 0; round < 50; round++) {
    const step = newtonStep(rows, at, ridge);
    let share = 1;
    let next = at;
    let next_cost = cost;
    for (; share > 1e-8; share /= 2) {
      next = {
        weights: at.weights.map((weight, i) => weight - share * (step[i] as number)),
        offset: at.offset - share * (step[size] as number),
      };
      next_cost = costAt(rows, next, ridge);
      if (next_cost <= cost) break;
    }
    const gained = cost - next_cost;
    if (!(gained >= 0)) break;
    [at, cost] = [next, next_cost];
    if (gained < 1e-10 * (1 + cost)) break;
  }
  return { weights: [...at.weights], offset: at.offset };
}

function oddsOf({ at, value, known }: KnownRow, { weights, offset }: Place): number {
  let odds = known + offset;
  for (let i = 0; i < at.length; i++) {
    odds += (value[i] as number) * (weights[at[i] as number] as number);
  }
  return odds;
}

/** In nats, with what draws the weights to 0. */
function costAt(rows: readonly KnownRow[], place: Place, ridge: number): number {
  let cost = (ridge / 2) * place.weights.reduce((sum, weight) => sum + weight * weight, 0);
  for (const row of rows) {
    const odds = oddsOf(row, place);
    cost += Math.log1p(Math.exp(-Math.abs(odds))) + Math.max(0, odds) - row.target * odds;
  }
  return cost;
}

/** Slope and curvature, the offset last, and the step that they make. */
function newtonStep(rows: readonly KnownRow[], place: Place, ridge: number): Float64Array {
  const size = place.weights.length;
  const width = size + 1;
  const slope = new Float64Array(width);
  const bend = new Float64Array(width * width);
  const add = (to: Float64Array, i: number, more: number) => {
    to[i] = (to[i] as number) + more;
  };
  place.weights.forEach((weight, i) => {
    slope[i] = ridge * weight;
    bend[i * width + i] = ridge;
  });
  bend[width * width - 1] = 1e-9;
  for (const row of rows) {
    const p = 1 / (1 + Math.exp(-oddsOf(row, place)));
    const apart = p - row.target;
    const spread = p * (1 - p);
    for (let i = 0; i < row.at.length; i++) {
      const [one, x] = [row.at[i] as number, row.value[i] as number];
      add(slope, one, apart * x);
      add(bend, size * width + one, spread * x);
      // Below the diagonal alone.
      for (let j = 0; j < row.at.length; j++) {
        const other = row.at[j] as number;
        if (other <= one) add(bend, one * width + other, spread * x * (row.value[j] as number));
      }
    }
    add(slope, size, apart);
    add(bend, width * width - 1, spread);
  }
  return solved(bend, slope);
}

/** x of bend × x = slope, both in place (Cholesky); `bend` is read below its diagonal. */
function solved(bend: Float64Array, slope: Float64Array): Float64Array {
  const width = slope.length;
  const of = (i: number, j: number) => bend[i * width + j] as number;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = of(i, j);
      for (let k = 0; k < j; k++) sum -= of(i, k) * of(j, k);
      bend[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / of(j, j);
    }
    let sum = slope[i] as number;
    for (let k = 0; k < i; k++) sum -= of(i, k) * (slope[k] as number);
    slope[i] = sum / of(i, i);
  }
  for (let i = width - 1; i >= 0; i--) {
    let sum = slope[i] as number;
    for (let k = i + 1; k < width; k++) sum -= of(k, i) * (slope[k] as number);
    slope[i] = sum / of(i, i);
  }
  return slope;
}
