import { backed } from './backed.ts';
import { errorsBorne } from './margin.ts';
import type { LoggedTally } from './off-policy.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { cleanLabels, score_bins, startsFrom, startsOf } from './starts.ts';
import { attemptDelta, type RiskTarget } from './target.ts';

/** Past outputs of one day, score bin and kind, as they were logged before their outcome. */
export interface LoggedPart extends LoggedTally {
  day: string;
  /** What its labels were for; those of `head` were scored otherwise, and would have been held. */
  phase: 'head' | 'design' | 'test';
  weight: number;
}

/** What a replay had come to at its end, for outputs that came afterwards. */
export interface ReplayState {
  labels: Record<LoggedPart['phase'], Tally[]>;
  starts: readonly number[] | null;
  proven: number[];
  attempt: number;
}

export interface PartReplay {
  /** Of each day what would have passed, and the threshold that it would have passed by. */
  days: { day: string; threshold: number | null; passing: LoggedPart[] }[];
  /** At the end, with the labels of the last day. */
  threshold: number | null;
  /** Labels without an error that would still have been missing at the end; 0 once it is proven. */
  needed: number;
  /** Wrong labels more that the threshold at the end would bear; null where there is none. */
  margin: number | null;
  state: ReplayState;
}

interface ReplayGiven extends RiskTarget {
  /** Which attempt at a proof it is of those that share delta. */
  attempt?: number;
  /** Whether the labels that tell where to begin are all there are. */
  closed: boolean;
  /** The threshold is looked at anew each so many days. */
  every?: number;
  /** Bins to begin from that are known otherwise: from the first day on where no label was for telling
   *  them, and else once those that were for it are enough. */
  starts?: readonly number[] | null;
  /** Of outputs that came before, whose proof these go on with. */
  after?: ReplayState | undefined;
}

/**
 * "What if alpha had been another?" of one tier: day by day, the threshold that the labels of the days
 * before would have proven, and what of the day's outputs it would have let pass. No output is passed
 * by a threshold that its own label helped to choose, so that errors among them are told by labels that
 * are as good as new (prequential: Dawid 1984).
 *
 * The labels are those that there were. Under a stricter alpha more would have been held and judged, so
 * that it would have been proven somewhat sooner than this says; under a looser one later.
 * @param before labels of earlier days, by phase
 * @param parts those of the days asked about, days ascending
 */
export function replayAlpha(
  before: readonly (Tally & Pick<LoggedPart, 'phase'>)[],
  parts: readonly LoggedPart[],
  given: ReplayGiven,
): PartReplay {
  const { every = 1 } = given;
  const proof = new ReplayedProof(before, parts, given);
  const days = byDay(parts).map(([day, own], at): PartReplay['days'][number] => {
    if (at % every === 0) proof.look();
    const { bin: reached, threshold } = proof;
    const passing = own.filter(
      (one) => reached !== null && one.phase !== 'head' && one.bin >= reached,
    );
    proof.learn(own);
    return { day, threshold, passing };
  });
  proof.look();
  const { threshold, needed, state } = proof;
  return { days, threshold, needed, margin: proof.margin(), state };
}

/** What labels prove as they come. */
class ReplayedProof {
  readonly state: ReplayState;
  bin: number | null = null;
  threshold: number | null = null;
  needed: number;
  readonly #given: ReplayGiven;
  readonly #target: RiskTarget;
  /** Labels to come that are for telling where to begin. */
  #left: number;
  readonly #designed: boolean;

  constructor(
    before: readonly (Tally & Pick<LoggedPart, 'phase'>)[],
    parts: readonly LoggedPart[],
    given: ReplayGiven,
  ) {
    const { alpha, delta, after, attempt = after?.attempt ?? 1 } = given;
    this.#given = given;
    this.#target = { alpha, delta: attemptDelta(delta, attempt) };
    const { head = [], design = [], test = [] } = after?.labels ?? {};
    const labels = { head: [...head], design: [...design], test: [...test] };
    for (const { phase, ...tally } of before) labels[phase].push(tally);
    const { starts = null, proven = [] } = after ?? {};
    this.state = { labels, starts, proven, attempt };
    this.#left = parts.reduce(
      (sum, part) => sum + (part.phase === 'design' ? part.labelled : 0),
      0,
    );
    this.#designed = this.#left > 0 || labels.design.length > 0;
    this.needed = cleanLabels({ alpha, delta }, attempt);
  }

  learn(parts: readonly LoggedPart[]): void {
    for (const { phase, bin, weight, wrong, labelled: n } of parts) {
      if (n > 0) this.state.labels[phase].push({ bin, weight, wrong, n });
      if (phase === 'design') this.#left -= n;
    }
  }

  #begin(): readonly number[] | null {
    const { alpha, delta, closed, starts: known } = this.#given;
    if (known && !this.#designed) return known;
    const { design } = this.state.labels;
    const all_there = closed && this.#left === 0 && design.length > 0;
    const told =
      startsOf(design, { alpha, delta }) ?? (all_there ? startsFrom(design, { alpha }) : null);
    return told && (known ?? told);
  }

  look(): void {
    this.state.starts ??= this.#begin();
    const { starts, proven, labels } = this.state;
    if (!starts) return;
    const given = { tallies: labels.test, bins: score_bins, ...this.#target, starts, proven };
    const found = backed(certifyFromTallies(given), labels.test, starts);
    this.state.proven = found.proven;
    this.bin = found.bin;
    this.threshold = found.threshold;
    this.needed = found.needed;
  }

  margin(): number | null {
    const { bin, state } = this;
    if (bin === null || !state.starts) return null;
    const given = { bins: score_bins, ...this.#target, starts: state.starts, bin };
    return errorsBorne(state.labels.test, given);
  }
}

function byDay(parts: readonly LoggedPart[]): [string, LoggedPart[]][] {
  const days = new Map<string, LoggedPart[]>();
  for (const part of parts) {
    const own = days.get(part.day);
    if (own) own.push(part);
    else days.set(part.day, [part]);
  }
  return [...days];
}
