import type { Principal, PromiseWhatIf, WhatIfFilter } from '@wheelhouse/core';
import {
  type LoggedPart,
  type LoggedTally,
  riskAmong,
  score_bins,
  thresholdOf,
  whatIf,
} from '@wheelhouse/core/learn';
import type { Ports } from '../ports.ts';
import { type EpochRow, listEpochs, most_ended } from '../store/epochs.ts';
import { daySpan } from './day-span.ts';
import { promisedPolicy, type RulingsCache } from './definition.ts';
import { type Replay, replayed } from './what-if-replay.ts';

/** What another alpha would have done to a gate's outputs of a time, from the probabilities with which
 *  their labels were asked for (rule G63).
 *  @throws Refusal not_found, no_promise, invalid */
export const readWhatIf = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  filter: WhatIfFilter,
): Promise<PromiseWhatIf> =>
  ports.database.transact(by, async (tx) => {
    const policy = await promisedPolicy(rulings, tx, by, gate);
    const span = daySpan(tx, filter);
    const { alpha } = filter;
    const listed = await listEpochs(tx, by, gate);
    const isIn = ({ began_at, ended_at }: EpochRow) =>
      began_at.slice(0, 10) <= span.to && (!ended_at || ended_at.slice(0, 10) >= span.from);
    const epochs = listed.filter(isIn);
    const ended = listed.filter(({ ended_at }) => ended_at);
    const replays = await replayed(tx, by, { epochs, listed }, span, alpha);
    return {
      ...{ gate, alpha, ...span },
      ...summed(replays, policy.spot_check),
      left_out: ended.length >= most_ended && ended.every(isIn),
    };
  });

function summed(replays: Replay[], spot_check: number) {
  const all = replays.flatMap(({ parts }) => parts);
  const was = all.filter(({ passed }) => passed);
  const would = replays.flatMap(({ days }) => days.flatMap(({ passing }) => passing));
  const n = count(all);
  const checked = was.reduce((sum, one) => sum + one.n * one.inclusion_probability, 0);
  return {
    n,
    as_it_was: sideOf(was, n, n - count(was) + checked),
    as_if: sideOf(would, n, n - (1 - spot_check) * count(would)),
    days: daysOfAll(replays),
    curve: curveOf(all, spot_check),
    tiers: replays.map(({ row, alpha, threshold, needed, margin, judged_from, untracked }) => ({
      ...{ epoch_id: row.epoch_id, tier: row.tier, alpha },
      ...{ threshold, needed, margin, judged_from, untracked },
    })),
    unjudged: unjudgedAmong(replays),
  };
}

/** Errors against how much passes, at each score that anything came with. */
function curveOf(parts: LoggedPart[], spot_check: number): PromiseWhatIf['curve'] {
  const kinds = new Map<string, LoggedTally>();
  for (const { bin, inclusion_probability, n, labelled, wrong, phase } of parts) {
    // What was scored otherwise, before there was anything to score by.
    if (phase === 'head') continue;
    const name = `${bin} ${inclusion_probability}`;
    const sum = kinds.get(name) ?? { bin, inclusion_probability, n: 0, labelled: 0, wrong: 0 };
    kinds.set(name, {
      ...sum,
      ...{ n: sum.n + n, labelled: sum.labelled + labelled, wrong: sum.wrong + wrong },
    });
  }
  const bins = [...new Set([...kinds.values()].map(({ bin }) => bin))].sort((a, b) => b - a);
  const thresholds = bins.map((bin) => thresholdOf(bin, score_bins));
  const asked = { bins: score_bins, thresholds, spot_check };
  return whatIf([...kinds.values()], asked).map(({ threshold, coverage, risk, low, high }) => {
    return { threshold, coverage, risk, low, high };
  });
}

const count = (parts: { n: number }[]) => parts.reduce((sum, { n }) => sum + n, 0);

function sideOf(passing: LoggedPart[], n: number, people: number): PromiseWhatIf['as_if'] {
  const passed = count(passing);
  const { risk: share, low, high } = riskAmong(passing);
  const labels = passing.reduce((sum, { labelled }) => sum + labelled, 0);
  const coverage = passed / Math.max(1, n);
  return { passed, coverage, people, errors: { n: labels, share, low, high } };
}

function daysOfAll(replays: Replay[]): PromiseWhatIf['days'] {
  const days = new Map<string, PromiseWhatIf['days'][number]>();
  const dayOf = (day: string) => {
    const found = days.get(day) ?? { day, n: 0, passed: 0, passed_if: 0 };
    days.set(day, found);
    return found;
  };
  for (const { parts, days: own } of replays) {
    for (const part of parts) {
      dayOf(part.day).n += part.n;
      if (part.passed) dayOf(part.day).passed += part.n;
    }
    for (const { day, passing } of own) dayOf(day).passed_if += count(passing);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** What would pass at scores of which not one was judged, there and then. */
function unjudgedAmong(replays: Replay[]): number {
  return replays.reduce((sum, { parts, days }) => {
    const judged = new Set(parts.flatMap(({ bin, labelled }) => (labelled > 0 ? [bin] : [])));
    const passing = days.flatMap((day) => day.passing);
    return sum + count(passing.filter(({ bin }) => !judged.has(bin)));
  }, 0);
}
