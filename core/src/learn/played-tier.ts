import { certifyFromTallies, type Tally } from './operational.ts';
import { design_share, score_bins, startsOf } from './starts.ts';
import { attemptDelta, type RiskTarget } from './target.ts';

/** Labels as the certificate counts them, one table for each weight. */
class Labels {
  readonly #tables = new Map<number, Tally[]>();

  add(bin: number, wrong: number, weight: number): void {
    let table = this.#tables.get(weight);
    if (!table) {
      table = Array.from({ length: score_bins }, (_none, at) => ({
        bin: at,
        weight,
        wrong: 0,
        n: 0,
      }));
      this.#tables.set(weight, table);
    }
    const tally = table[bin] as Tally;
    tally.n++;
    tally.wrong += wrong;
  }

  tallies(): Tally[] {
    return [...this.#tables.values()].flatMap((table) => table.filter(({ n }) => n > 0));
  }
}

/** A tier of a played gate: everything is held until its labels prove a threshold. */
export class PlayedTier {
  readonly #target: RiskTarget;
  readonly #spot_check: number;
  readonly #design = new Labels();
  readonly #test = new Labels();
  #starts: number[] | null = null;
  #proven: number[] = [];
  /** From which bin on it passes; null while everything is held. */
  bin: number | null = null;
  /** Day on which it opened first. */
  opened_on: number | null = null;

  constructor(target: RiskTarget, spot_check: number) {
    this.#target = target;
    this.#spot_check = spot_check;
  }

  passes(score: number): boolean {
    return this.bin !== null && score >= this.bin;
  }

  /** Takes what a person said of an output that was held, or drawn to be looked at.
   *  @param happens with a chance */
  judge(score: number, said: number, happens: (share: number) => boolean): void {
    if (this.#starts === null && happens(design_share)) this.#design.add(score, said, 1);
    else {
      const whole = this.bin === null || this.passes(score);
      this.#test.add(score, said, whole ? 1 : this.#spot_check);
    }
  }

  /** Looks at the end of a day at what is proven. */
  look(day: number): void {
    this.#starts ??= startsOf(this.#design.tallies(), this.#target);
    if (this.#starts === null) return;
    const { alpha } = this.#target;
    const delta = attemptDelta(this.#target.delta, 1);
    const known = { tallies: this.#test.tallies(), bins: score_bins, alpha, delta };
    const seen = certifyFromTallies({ ...known, starts: this.#starts, proven: this.#proven });
    this.#proven = seen.proven;
    this.bin = seen.bin;
    if (this.bin !== null) this.opened_on ??= day;
  }
}
