import {
  type Certificate,
  type CertificateFilter,
  fromMs,
  type GatePromise,
  type Instant,
  invalid,
  type Page,
  type Principal,
  type PromiseFilter,
  type PromiseHistory,
  type PromiseState,
  type PromiseTerms,
  type PromiseTier,
  type Scope,
  toMs,
  worstOf,
} from '@wheelhouse/core';
import {
  alarmLimit,
  anytimeBounds,
  certifyCounted,
  detectorEvidence,
  type Monitor,
  monitorEvidence,
  score_bins,
  thresholdOf,
  warn_at,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import {
  certificatesById,
  listCertificates,
  type TierRow,
  tiersIn,
} from '../store/certificates.ts';
import { type EpochRow, listEpochs } from '../store/epochs.ts';
import { newestEventsOf } from '../store/events.ts';
import { figuresOfHeads } from '../store/heads.ts';
import { type CheckedRow, checkedOf, historyOf, talliesIn } from '../store/labels.ts';
import { noGate, promisedPolicy, type RulingsCache } from './definition.ts';
import { type InForce, isOverridden, readOverride, withTally } from './override.ts';
import { readPeopleHours } from './people-hours.ts';
import { history_bins } from './tally.ts';
import { unwatchedOf } from './unwatched.ts';

const most_epochs = 20;
const most_events = 100;
const told = [
  'gate.learning',
  'gate.head_learned',
  'gate.certified',
  'gate.expired',
  'gate.warned',
  'gate.alarmed',
  'gate.calmed',
  'gate.unwatched',
  'gate.watched',
  'gate.hours_spent',
  'gate.overridden',
  'gate.override_ended',
] as const;

/** How a gate's promise stands, on what evidence, and how it came to that.
 *  @throws Refusal not_found, no_promise, invalid */
export const readPromise = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  filter: PromiseFilter,
): Promise<GatePromise> =>
  ports.database.transact(by, async (tx) => {
    const policy = await promisedPolicy(rulings, tx, by, gate);
    const { alpha, delta, tiers, cost_tiers = [], certify_by = null, label_noise } = policy;
    const { spot_check, after_alarm, score } = policy;
    const span = spanOf(tx, filter);
    const override = await readOverride(tx, by, gate);
    const { epochs, left_out } = await epochsOf(tx, by, gate, policy, span, override);
    const open = epochs.filter(({ ended_at }) => ended_at === null);
    const rows = await newestEventsOf(tx, by, gate, told, most_events);
    const events = rows.map(({ type, at, data }) => ({ type, at, data }));
    return {
      gate,
      at: tx.now,
      state: worstOf(open.map(({ state }) => state)),
      ...{ alpha, delta, tiers, cost_tiers, certify_by, label_noise },
      ...{ spot_check, after_alarm, score },
      // As it is written: 5% and 1% are no 6.000000000000001%.
      bound: Number(Math.min(1, alpha + label_noise).toPrecision(12)),
      override: override?.told ?? null,
      people: await readPeopleHours(tx, by, gate, policy.people_hours ?? null),
      ...{ epochs, left_out },
      history: await readHistory(tx, by, gate, span),
      events: await withTally(tx, by, events),
    };
  });

async function epochsOf(
  tx: Tx,
  scope: Scope,
  gate: string,
  terms: PromiseTerms,
  span: Span,
  override: InForce | null,
): Promise<Pick<GatePromise, 'epochs' | 'left_out'>> {
  const listed = await listEpochs(tx, scope, gate);
  // Those that something passes by are told of before others, and all of them newest first.
  const newest = (a: EpochRow, b: EpochRow) =>
    Number(a.ended_at !== null) - Number(b.ended_at !== null) || (a.began_at < b.began_at ? 1 : -1);
  const rows = listed.slice(0, most_epochs).sort(newest);
  const left_out = listed.slice(most_epochs).filter(({ ended_at }) => !ended_at).length;
  const epoch_ids = rows.map(({ id }) => id);
  const tiers = await tiersIn(tx, scope, epoch_ids);
  const heads = await figuresOfHeads(tx, scope, epoch_ids);
  const checked = await checkedOf(tx, scope, epoch_ids, span);
  const ids = tiers.flatMap(({ certificate_id }) => certificate_id ?? []);
  const certificates = new Map(
    (await certificatesById(tx, scope, ids)).map((one) => [one.id, one]),
  );
  const epochs = await Promise.all(
    rows.map(async (row) => {
      // One that an alarm ended alone goes on in an epoch of its own.
      const own = tiers.filter(
        ({ epoch_id, ended_at }) => epoch_id === row.id && (row.ended_at || !ended_at),
      );
      const views = await Promise.all(
        own.map(async (tier) => ({
          ...(await toTier(tx, scope, row, tier, terms, certificates)),
          checked: checked.filter((one) => isOf(one, tier)).map(toChecks),
        })),
      );
      const { key: _k, promise_key: _p, gate: _g, terms: _t, part: _a, ...made } = row;
      const state = worstOf(views.map((view) => view.state));
      const agreement = heads.get(row.id) ?? null;
      const overridden = override !== null && isOverridden(row, agreement, override);
      return { ...made, state, overridden, agreement, tiers: views };
    }),
  );
  return { epochs, left_out };
}

/** Spot checks of what was certified and of what was tracked are never told together: the tracked ones are
 *  told for as long as there is no certificate after them. */
const showsTracked = ({ tracker, tracked_checks, checks }: TierRow) =>
  tracker !== null || (tracked_checks > 0 && checks === 0);

const isOf = (one: CheckedRow, row: TierRow) =>
  one.epoch_id === row.epoch_id && one.tier === row.tier && one.tracked === showsTracked(row);

function checksOf(row: TierRow): PromiseTier['checks'] {
  const [n, wrong] = showsTracked(row)
    ? [row.tracked_checks, row.tracked_wrong]
    : [row.checks, row.checks_wrong];
  const [low, high] = anytimeBounds(wrong, n);
  return { n, wrong, low, high };
}

function toChecks({ at, n, wrong }: CheckedRow): PromiseTier['checked'][number] {
  const [low, high] = anytimeBounds(wrong, n);
  return { from: at, n, wrong, low, high };
}

async function toTier(
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  row: TierRow,
  { spot_check }: PromiseTerms,
  certificates: Map<string, Certificate>,
): Promise<Omit<PromiseTier, 'checked'>> {
  const { tier, alpha, delta, labelled, wrong, unjudged } = row;
  const { alarmed_at, warned_at, alarm_case_id } = row;
  const tallies = await talliesIn(tx, scope, epoch.id, tier, 'test');
  const starts = row.starts ?? [0];
  const look = certifyCounted(tallies, { ...row, starts });
  const filled = new Set(tallies.flatMap(({ bin, n }) => (n > 0 ? [bin] : [])));
  const evidence = look.evidence.filter((_one, bin) => filled.has(bin)).reverse();
  // What an ended epoch once proved is told with why it ended; nothing passes by it.
  const ended = epoch.ended_at !== null;
  const live = ended ? null : row.certificate_id;
  const tracked = ended ? null : row.tracked;
  const open = live ? 'certified' : tracked !== null ? 'tracking' : unproven(row);
  return {
    ...{ tier, alpha, delta, labelled, wrong, unjudged, evidence },
    ...{ alarmed_at, warned_at, alarm_case_id },
    state: ended ? 'ended' : open,
    unwatched: ended ? null : unwatchedOf(row),
    threshold: live ? row.threshold : tracked,
    certificate: row.certificate_id ? (certificates.get(row.certificate_id) ?? null) : null,
    needed: row.needed,
    unlikely: row.unlikely,
    attempt: row.attempt,
    waiting: tallies.reduce((sum, one) => sum + one.waiting, 0),
    starts: (row.starts ?? []).map((bin) => thresholdOf(bin, score_bins)),
    e_needed: look.e_needed,
    spot_check: Math.max(spot_check, row.raised_check ?? 0),
    checks: checksOf(row),
    detector: row.detector && {
      value: detectorEvidence(row.detector),
      // As the watch has it, which goes by what was promised when the epoch began.
      limit: alarmLimit(epoch.terms.spot_check, row.raised_check ?? 0),
    },
    monitor: evidenceOfChange(row.monitor),
    score_monitor: evidenceOfChange(row.score_monitor),
  };
}

const evidenceOfChange = (monitor: Monitor | null) =>
  monitor && { value: monitorEvidence(monitor), limit: warn_at };

const unproven = ({ alarmed_at, blind }: TierRow): PromiseState =>
  blind ? 'unwatched' : alarmed_at === null ? 'learning' : 'alarmed';

const hour_ms = 3_600_000;
const day_ms = 24 * hour_ms;
/** Reckoned back from now where nobody says from when; and the most that one answer is of. */
const spans = {
  hour: { usual_ms: 3 * day_ms, most_ms: 31 * day_ms },
  day: { usual_ms: 30 * day_ms, most_ms: 400 * day_ms },
};

type Span = Pick<PromiseHistory, 'from' | 'to' | 'by'>;

/** @throws Refusal invalid: it is none, or too long for one answer */
function spanOf(tx: Tx, { from: asked, to = tx.now, by }: PromiseFilter): Span {
  const { usual_ms, most_ms } = spans[by];
  const from: Instant = asked ?? fromMs(toMs(to) - usual_ms);
  const length_ms = toMs(to) - toMs(from);
  if (length_ms <= 0) throw invalid({ field: 'from', message: 'is not before "to"' });
  if (length_ms > most_ms) {
    const message = `is more than ${most_ms / day_ms} days before "to"`;
    throw invalid({ field: 'from', message });
  }
  return { from, to, by };
}

async function readHistory(
  tx: Tx,
  scope: Scope,
  gate: string,
  span: Span,
): Promise<PromiseHistory> {
  const rows: PromiseHistory['rows'] = [];
  for (const { at, bin, passed, held, checked } of await historyOf(tx, scope, gate, span)) {
    let row = rows.at(-1);
    if (row?.from !== at) {
      row = { from: at, passed: 0, held: 0, checked: 0, scores: Array(history_bins).fill(0) };
      rows.push(row);
    }
    row.passed += passed;
    row.held += held;
    row.checked += checked;
    row.scores[bin] = passed + held;
  }
  return { ...span, rows };
}

/** Every certificate that a gate ever had, newest first. @throws Refusal not_found */
export const readCertificates = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  { cursor, limit }: CertificateFilter,
): Promise<Page<Certificate>> =>
  ports.database.transact(by, async (tx) => {
    if (!(await rulings.current(tx, by, [gate])).has(gate)) throw noGate(gate);
    const rows = await listCertificates(tx, by, gate, cursor, limit + 1);
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  });
