import { backed } from './backed.ts';
import { errorsBorne } from './margin.ts';
import type { LoggedTally } from './off-policy.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { score_bins, startsFrom, startsOf } from './starts.ts';
import { attemptDelta, type RiskTarget } from './target.ts';

/** Past outputs of one day, score bin and kind, as they were logged before their outcome. */
export interface LoggedPart extends LoggedTally {
  day: string;
  /** What its labels were for; those of `head` were scored otherwise, and would have been held. */
  phase: 'head' | 'design' | 'test';
  weight: number;
}

export interface PartReplay {
  /** Of each day what would have passed, and the threshold that it would have passed by. */
  days: { day: string; threshold: number | null; passing: LoggedPart[] }[];
  /** Labels without an error that would still have been missing at the end; 0 once it is proven. */
  needed: number;
  /** Wrong labels more that the threshold at the end would bear; null where there is none. */
  margin: number | null;
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
 * @param closed whether the labels that tell where to begin are all there are
 * @param every the threshold is looked at anew each so many days
 */
export function replayAlpha(
  before: readonly (Tally & Pick<LoggedPart, 'phase'>)[],
  parts: readonly LoggedPart[],
  { alpha, delta, closed, every = 1 }: RiskTarget & { closed: boolean; every?: number },
): PartReplay {
  const labels = { head: [], design: [] as Tally[], test: [] as Tally[] } as Record<
    LoggedPart['phase'],
    Tally[]
  >;
  for (const { phase, ...tally } of before) labels[phase].push(tally);
  let left = parts.reduce((sum, part) => sum + Number(part.phase === 'design' && part.labelled), 0);
  let starts: number[] | null = null;
  let bin: number | null = null;
  let [proven, needed]: [number[], number] = [[], 0];
  let margin: number | null = null;
  const part = attemptDelta(delta, 1);
  const look = () => {
    const { design, test } = labels;
    const all_there = closed && left === 0 && design.length > 0;
    starts ??=
      startsOf(design, { alpha, delta }) ?? (all_there ? startsFrom(design, { alpha }) : null);
    if (!starts) return;
    const given = { tallies: test, bins: score_bins, alpha, delta: part, starts, proven };
    const found = backed(certifyFromTallies(given), test, starts);
    ({ bin, proven, needed } = found);
    threshold = found.threshold;
  };
  let threshold: number | null = null;
  const days = byDay(parts).map(([day, own], at): PartReplay['days'][number] => {
    if (at % every === 0) look();
    const reached = bin;
    const passing = own.filter(
      (one) => reached !== null && one.phase !== 'head' && one.bin >= reached,
    );
    for (const { phase, bin: of, weight, wrong, labelled: n } of own) {
      if (n > 0) labels[phase].push({ bin: of, weight, wrong, n });
      if (phase === 'design') left -= n;
    }
    return { day, threshold, passing };
  });
  look();
  if (bin !== null && starts) {
    margin = errorsBorne(labels.test, { bins: score_bins, alpha, delta: part, starts, bin });
  }
  return { days, needed, margin };
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
