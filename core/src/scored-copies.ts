/** Lines of a file that look like copies of each other. */
export interface CopiedLines {
  /** Outputs, and how many different lines they are. */
  n: number;
  different: number;
  /** How often most of the different lines are there. */
  times: number;
}

/** Fewer lines than this may be all that a coarse score can say. */
const least_different = 5;
/** Whoever pastes a file again has every line as many times more; of lines that came by themselves some
 *  are common and some rare, and half of their counts are odd. */
const most_off = 0.1;
/** Counts of lines that came by themselves vary at least as much as their mean (Poisson's do). */
const least_spread = 0.25;

/** Counts lines by their hash, to tell whether a file holds the same lines again and again. */
export class LineCounts {
  readonly #counts = new Map<number, number>();
  #n = 0;

  add(cells: readonly unknown[]): void {
    const hash = hashOf(cells);
    this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
    this.#n++;
  }

  /** @returns null where most lines differ, or the same ones are as common as chance has them */
  copies(): CopiedLines | null {
    const [n, different] = [this.#n, this.#counts.size];
    if (different < least_different || different * 2 > n) return null;
    const counts = [...this.#counts.values()].sort((a, b) => a - b);
    const mean = n / different;
    const spread = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / different;
    const middle = counts[different >> 1] as number;
    const times = spread < least_spread * mean ? middle : commonFactor(counts);
    return times < 2 ? null : { n, different, times };
  }
}

/** The largest number of which nearly all counts are a multiple. */
function commonFactor(counts: readonly number[]): number {
  const enough = (1 - most_off) * counts.length;
  // Nearly all are multiples of it, so it is at most one of the least of them.
  const most = Math.min(1_000, counts[Math.floor(most_off * counts.length)] as number);
  for (let factor = most; factor > 1; factor--) {
    if (counts.filter((count) => count % factor === 0).length >= enough) return factor;
  }
  return 1;
}

/** Two hashes of 32 bits (FNV-1a over both halves of each unit) as one whole number of 53. */
function hashOf(cells: readonly unknown[]): number {
  let [high, low] = [0x811c9dc5, 0x12345678];
  for (const cell of cells) {
    const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
    for (let i = 0; i <= text.length; i++) {
      // Behind each cell one unit that no text has, so that cells are told apart.
      const unit = i < text.length ? text.charCodeAt(i) : 0x10000;
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x85ebca6b);
      low ^= low >>> 13;
    }
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
