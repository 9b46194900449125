/** Of so many steps of score, which share lies under a score. Models are sure of most of what they say:
 *  on CLINC150 half of the traffic scores over .995, and a target of 1% or 2% is decided among those, so
 *  that steps grow finer towards 1. Of 250 steps each is .01 wide up to .6, .005 up to .9, .002 up to
 *  .99, .0002 up to .999 and .000025 from there. */
const knots = [
  { share: 0, score: 0 },
  { share: 0.24, score: 0.6 },
  { share: 0.48, score: 0.9 },
  { share: 0.66, score: 0.99 },
  { share: 0.84, score: 0.999 },
  { share: 1, score: 1 },
];

/** The lowest score of each bin, by how many there are. */
const grids = new Map<number, Float64Array>();
function gridOf(bins: number): Float64Array {
  let grid = grids.get(bins);
  if (!grid) {
    grid = Float64Array.from({ length: bins }, (_none, bin) => lowestOf(bin / bins));
    if (grids.size >= 16) grids.clear();
    grids.set(bins, grid);
  }
  return grid;
}

function lowestOf(share: number): number {
  const at = knots.findLastIndex((knot) => knot.share <= share);
  const [from, to] = [knots[at], knots[at + 1]] as [(typeof knots)[0], (typeof knots)[0]];
  const along = (share - from.share) / (to.share - from.share);
  // In decimals: of 250 steps the score of a knot or a step is that very number, and passes.
  return Number((from.score + along * (to.score - from.score)).toFixed(9));
}

/** The lowest score of a bin. */
export const thresholdOf = (bin: number, bins: number): number => gridOf(bins)[bin] as number;

/** The score in the middle of a bin, which stands for all of its scores. */
export function middleOf(bin: number, bins: number): number {
  const to = bin + 1 < bins ? thresholdOf(bin + 1, bins) : 1;
  return (thresholdOf(bin, bins) + to) / 2;
}

/** The bin of a score, 0..bins−1: the highest whose threshold it reaches. Scores are cut to 0..1. */
export function binOf(score: number, bins: number): number {
  const grid = gridOf(bins);
  let low = 0;
  let high = bins;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((grid[middle] as number) <= score) low = middle;
    else high = middle;
  }
  return low;
}
