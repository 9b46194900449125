import type { OutputPromise } from '@wheelhouse/core';
import {
  backed,
  beginAnewFrom,
  type CountedTally,
  certifyCounted,
  decisionsFor,
  firstBlock,
  isLeft,
  type RecentTally,
  type RiskTarget,
  recent_blocks,
  startsOf,
} from '@wheelhouse/core/learn';

/** Outputs that are asked about in one batch, as the server has it while they are few. */
const batch_size = 50;

/** An output that people are asked about, by the proof that was under way when it came. */
export interface Asked {
  proof: LiveProof;
  tally: CountedTally;
  loss: number;
  judged: boolean;
}
type Counted = Pick<OutputPromise, 'phase' | 'weight'>;

/** One attempt at a proof: what it has counted since it began, and what that proves. The tables that the
 *  server keeps in its database stand here in memory; what is made of them is the product's own. */
export class LiveProof {
  starts: number[] | null;
  threshold: number | null = null;
  #target: RiskTarget;
  #attempt: number;
  #proven: number[] = [];
  #asked: Asked[] = [];
  #labelled = 0;
  #anew_at = 0;
  #batch = 1;
  #tables = { design: new Map<string, CountedTally>(), test: new Map<string, CountedTally>() };

  constructor(target: RiskTarget, attempt = 1, starts: number[] | null = null) {
    this.#target = target;
    this.#attempt = attempt;
    this.starts = starts;
  }

  ask({ phase, weight }: Counted, bin: number, loss: number): Asked {
    if (this.#asked.length && this.#asked.length % batch_size === 0) this.#nextBatch();
    const table = this.#tables[phase === 'design' ? 'design' : 'test'];
    const name = `${this.#batch} ${bin} ${weight}`;
    const place = { batch: this.#batch, bin, weight };
    const tally = table.get(name) ?? { ...place, wrong: 0, n: 0, waiting: 0 };
    table.set(name, tally);
    tally.waiting++;
    const asked = { proof: this, tally, loss, judged: false };
    this.#asked.push(asked);
    return asked;
  }

  judge(asked: Asked): void {
    asked.judged = true;
    asked.tally.waiting--;
    asked.tally.n++;
    asked.tally.wrong += asked.loss;
    this.#labelled++;
  }

  /** @returns the proof to go on with: this one, or one that is begun anew */
  look(): LiveProof {
    this.starts ??= startsOf([...this.#tables.design.values()], this.#target);
    const { starts } = this;
    if (!starts) return this;
    const tallies = [...this.#tables.test.values()];
    const found = certifyCounted(tallies, {
      ...this.#target,
      ...{ attempt: this.#attempt, starts, proven: this.#proven, retracted: false },
    });
    const proves = backed(found, tallies, starts);
    const anew =
      this.threshold === null && proves.bin === null
        ? this.#anew(decisionsFor(proves.needed, starts, tallies))
        : null;
    if (anew) return anew;
    this.#proven = proves.proven;
    this.threshold = proves.threshold;
    return this;
  }

  #anew(needed: number): LiveProof | null {
    const attempt = this.#attempt + 1;
    if (this.#labelled < this.#anew_at || !isLeft(this.#target, attempt)) return null;
    const first = firstBlock(this.#target, attempt);
    const starts = beginAnewFrom(this.#recent(first), this.#target, attempt, needed);
    if (starts) return new LiveProof(this.#target, attempt, starts);
    this.#anew_at = this.#labelled + Math.ceil(first / 4);
    return null;
  }

  /** What was judged of late, newest first, in the blocks of `labelsOfLate`. */
  #recent(first: number): RecentTally[] {
    const judged = this.#asked.filter((one) => one.judged).slice(-recent_blocks.most);
    const rows = new Map<string, RecentTally>();
    judged.reverse().forEach(({ tally: { bin, weight }, loss }, at) => {
      const steps = Math.log((at + 1) / first) / Math.log(recent_blocks.growth);
      const block = Math.max(0, Math.ceil(steps));
      const name = `${block} ${bin} ${weight}`;
      const row = rows.get(name) ?? { block, bin, weight, wrong: 0, n: 0 };
      rows.set(name, { ...row, wrong: row.wrong + loss, n: row.n + 1 });
    });
    return [...rows.values()];
  }

  /** Counts the first batches together, up to which nothing waits, as the server does. */
  #nextBatch(): void {
    const tables = Object.values(this.#tables);
    const waits = tables.flatMap((table) => {
      return [...table.values()].flatMap(({ waiting, batch }) => (waiting > 0 ? [batch] : []));
    });
    const whole = Math.min(this.#batch, ...waits) - 1;
    for (const table of tables) {
      for (const [name, tally] of [...table]) {
        if (tally.batch === 0 || tally.batch > whole) continue;
        table.delete(name);
        const joined = `0 ${tally.bin} ${tally.weight}`;
        const { wrong, n } = table.get(joined) ?? { wrong: 0, n: 0 };
        table.set(joined, { ...tally, batch: 0, wrong: wrong + tally.wrong, n: n + tally.n });
      }
    }
    this.#batch++;
  }
}
