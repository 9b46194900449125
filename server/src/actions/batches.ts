import type { Tx } from '../ports.ts';
import {
  type BatchRow,
  batchesIn,
  joinBatches,
  saveBatches,
  type TierPlace,
  waitingIn,
} from '../store/batches.ts';
import type { Place } from '../store/fan-out.ts';

/** A beginning of the record is tried at the end of each batch, so that there are few of them, and the
 *  last is full soon. */
export const most_batches = 40;
const least_asked = 50;

const nameOf = ({ workspace_id, epoch_id, tier }: TierPlace) =>
  JSON.stringify([workspace_id, epoch_id, tier]);

const isBefore = (a: Place, b: Place) =>
  a.xid === b.xid ? a.seq < b.seq : BigInt(a.xid) < BigInt(b.xid);

/** The batches that the labels of tiers are counted in (rule G94), in the order in which outputs came to
 *  the log: it is fixed before anybody knows how they end. */
export class Batches {
  readonly #tiers = new Map<string, BatchRow[]>();
  readonly #changed = new Set<BatchRow>();

  /** To be taken before anything new is counted.
   *  @param asked outputs that came just now and that people are asked about, in their order
   *  @param judged that came at any time */
  static async take(tx: Tx, asked: (TierPlace & Place)[], judged: TierPlace[]): Promise<Batches> {
    const batches = new Batches();
    const all = [...asked, ...judged];
    if (!all.length) return batches;
    for (const row of await batchesIn(tx, ...idsOf(all))) batches.#of(row).push(row);
    const begun = asked.flatMap((one) => (batches.#add(one) ? [one] : []));
    if (begun.length) await batches.#join(tx, begun);
    if (batches.#changed.size) saveBatches(tx, [...batches.#changed]);
    return batches;
  }

  /** That an output is counted in, which came to the log at `place`. */
  at(tier: TierPlace, place: Place): number {
    return this.#of(tier).findLast((row) => !isBefore(place, row))?.batch ?? 0;
  }

  #of(tier: TierPlace): BatchRow[] {
    const rows = this.#tiers.get(nameOf(tier)) ?? [];
    this.#tiers.set(nameOf(tier), rows);
    return rows;
  }

  /** @returns whether it is the first of another batch than those before it */
  #add({ workspace_id, epoch_id, tier, xid, seq }: TierPlace & Place): boolean {
    const rows = this.#of({ workspace_id, epoch_id, tier });
    const last = rows.at(-1);
    const before = last ? last.before + last.asked : 0;
    const full = !last || last.asked >= Math.max(least_asked, before / most_batches);
    const row = full
      ? { workspace_id, epoch_id, tier, batch: (last?.batch ?? 0) + 1, xid, seq, before, asked: 0 }
      : last;
    row.asked += 1;
    if (full) rows.push(row);
    this.#changed.add(row);
    return full && last !== undefined;
  }

  /** Counts the first batches together: those up to which nothing waits, and what is over the most. */
  async #join(tx: Tx, begun: TierPlace[]): Promise<void> {
    const waits = await waitingIn(tx, ...idsOf(begun));
    const upto = [...new Map(begun.map((one) => [nameOf(one), one])).values()].flatMap((one) => {
      const rows = this.#of(one);
      const waiting = new Map(
        waits.flatMap((row) => (nameOf(row) === nameOf(one) ? [[row.batch, row.waiting]] : [])),
      );
      // The last that has sums may have got more just now, and what began just now has no sums yet.
      const known = rows.slice(
        0,
        Math.max(
          0,
          rows.findLastIndex(({ batch }) => waiting.has(batch)),
        ),
      );
      const first = known.findIndex(({ batch }) => (waiting.get(batch) ?? 0) > 0);
      const count = Math.max(first < 0 ? known.length : first, rows.length - most_batches);
      const last = known[Math.min(count, known.length) - 1];
      rows.splice(0, last ? rows.indexOf(last) + 1 : 0);
      return last ? [last] : [];
    });
    if (upto.length) joinBatches(tx, upto);
  }
}

/** For statements that go by keys. */
const idsOf = (tiers: TierPlace[]): [string[], string[]] => [
  [...new Set(tiers.map(({ workspace_id }) => workspace_id))],
  [...new Set(tiers.map(({ epoch_id }) => epoch_id))],
];
