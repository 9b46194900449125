/** Outputs of one score; of `n` so many were right, in parts too. */
export interface LinePoint {
  x: number;
  n: number;
  hits: number;
}
export interface LogisticLine {
  slope: number;
  offset: number;
}

/**
 * The line of log odds, slope × x + offset, that is likeliest for what was seen: Newton's steps, halved
 * where one does not help (Lin, Lin and Weng 2007, "A note on Platt's probabilistic outputs").
 * @param from where it begins
 * @param prior what it is drawn to, and how strongly: like a normal distribution of variance 1 / pull
 */
export function fitLine(
  points: readonly LinePoint[],
  from: LogisticLine,
  prior: { at: LogisticLine; pull: LogisticLine },
): LogisticLine {
  let at = from;
  for (let round = 0; round < 100; round++) {
    const { cost, step } = newton(points, at, prior);
    let share = 1;
    let next = at;
    for (; share > 1e-10; share /= 2) {
      next = { slope: at.slope - share * step.slope, offset: at.offset - share * step.offset };
      if (newton(points, next, prior).cost <= cost) break;
    }
    if (share <= 1e-10) break;
    const moved = Math.abs(next.slope - at.slope) + Math.abs(next.offset - at.offset);
    at = next;
    if (moved < 1e-12) break;
  }
  return at;
}

/** Cost in nats, and Newton's step. */
function newton(
  points: readonly LinePoint[],
  { slope, offset }: LogisticLine,
  { at, pull }: { at: LogisticLine; pull: LogisticLine },
) {
  const off = { slope: slope - at.slope, offset: offset - at.offset };
  let cost = (pull.slope * off.slope ** 2 + pull.offset * off.offset ** 2) / 2;
  let [g0, g1] = [pull.slope * off.slope, pull.offset * off.offset];
  let [h00, h01, h11] = [pull.slope, 0, pull.offset];
  for (const { x, n, hits } of points) {
    const odds = slope * x + offset;
    const right = 1 / (1 + Math.exp(-odds));
    cost += n * Math.log1p(Math.exp(-Math.abs(odds))) + n * Math.max(0, odds) - hits * odds;
    const apart = n * right - hits;
    const bend = n * right * (1 - right);
    g0 += apart * x;
    g1 += apart;
    h00 += bend * x * x;
    h01 += bend * x;
    h11 += bend;
  }
  const size = h00 * h11 - h01 * h01;
  const step = { slope: (h11 * g0 - h01 * g1) / size, offset: (h00 * g1 - h01 * g0) / size };
  return { cost, step };
}
