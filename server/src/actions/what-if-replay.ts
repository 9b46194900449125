import { hasOwnLimit, type Scope, traitsOf } from '@wheelhouse/core';
import {
  type AgreementModel,
  agreementOf,
  beginAnewFrom,
  firstBlock,
  type LoggedPart,
  type PartReplay,
  replayAlpha,
  score_bins,
  startsFrom,
  talliesOf,
  thresholdOf,
} from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import { type TierRow, tiersIn } from '../store/certificates.ts';
import { type DayRow, daysOf, type EarlierRow, labelsBefore } from '../store/counts.ts';
import type { EpochRow } from '../store/epochs.ts';
import { headsBy, labelsToLearnFrom, type ToLearn } from '../store/heads.ts';
import { labelsOfLate } from '../store/labels.ts';
import { most_to_learn } from './head.ts';

/** An answer looks so often at labels, each in some milliseconds, and then less often than daily. */
const most_looks = 200;

export interface Replay extends PartReplay {
  row: TierRow;
  alpha: number;
  parts: (LoggedPart & { passed: boolean })[];
  judged_from: number | null;
  /** Whether it passes nothing while errors were tracked, for that was at a looser limit. */
  untracked: boolean;
}

interface Asked {
  tx: Tx;
  scope: Scope;
  alpha: number;
  every: number;
  rows: DayRow[];
  before: EarlierRow[];
  /** Found as they are needed, some for several tiers. */
  learned: Map<string, Promise<Learned>>;
}
interface Learned {
  model: AgreementModel | undefined;
  labels: ToLearn[];
}

/** A tier of an epoch, and the one whose proof it took up anew, where that is known. */
interface Attempt {
  epoch: EpochRow;
  row: TierRow;
  former: Attempt | undefined;
}

/** Each tier of the epochs of a time, as another alpha would have gone through it (rule G63).
 *  @param listed all epochs that are known of, for what came before those of that time */
export async function replayed(
  tx: Tx,
  scope: Scope,
  { epochs, listed }: { epochs: EpochRow[]; listed: EpochRow[] },
  span: { from: string; to: string },
  alpha: number,
): Promise<Replay[]> {
  const keys = new Set(epochs.map(({ key }) => key));
  const related = listed.filter(({ key }) => keys.has(key));
  const ids = related.map(({ id }) => id);
  const [rows, before, tiers] = [
    await daysOf(tx, scope, ids, span),
    await labelsBefore(tx, scope, ids, span.from),
    await tiersIn(tx, scope, ids),
  ];
  const looks = new Set(rows.map(({ epoch_id, tier, day }) => `${epoch_id} ${tier} ${day}`)).size;
  const every = Math.ceil(Math.max(1, looks) / most_looks);
  const asked = { tx, scope, alpha, every, rows, before, learned: new Map() };
  const done = new Map<Attempt, Promise<Replay>>();
  const replay = (one: Attempt): Promise<Replay> => {
    const found = done.get(one) ?? replayOf(asked, one, one.former && replay(one.former));
    done.set(one, found);
    return found;
  };
  const came = new Set(rows.map(({ epoch_id, tier }) => `${epoch_id} ${tier}`));
  const found: Replay[] = [];
  for (const one of attemptsOf(related, tiers)) {
    if (came.has(`${one.epoch.id} ${one.row.tier}`)) found.push(await replay(one));
  }
  return found;
}

/** What is begun anew begins at the moment at which the tier before it ends. */
function attemptsOf(epochs: EpochRow[], tiers: TierRow[]): Attempt[] {
  const by_id = new Map(epochs.map((epoch) => [epoch.id, epoch]));
  const all = tiers.flatMap((row): Attempt[] => {
    const epoch = by_id.get(row.epoch_id);
    return epoch ? [{ epoch, row, former: undefined }] : [];
  });
  const endOf = ({ key }: EpochRow, tier: string, at: string | null) => `${key} ${tier} ${at}`;
  const ended = new Map(all.map((one) => [endOf(one.epoch, one.row.tier, one.row.ended_at), one]));
  for (const one of all) {
    if (one.row.attempt === 1) continue;
    one.former = ended.get(endOf(one.epoch, one.row.tier, one.epoch.began_at));
  }
  return all;
}

async function replayOf(
  asked: Asked,
  attempt: Attempt,
  former: Promise<Replay> | undefined,
): Promise<Replay> {
  const { epoch, row } = attempt;
  const isOf = (one: DayRow | EarlierRow) => one.epoch_id === row.epoch_id && one.tier === row.tier;
  // A risk or a cost with a limit of its own keeps that.
  const alpha = hasOwnLimit(epoch.terms, row.tier) ? row.alpha : asked.alpha;
  const earlier = asked.before.filter(isOf);
  const parts = asked.rows.filter(isOf).map(toPart);
  const judged = [...earlier, ...parts.filter(({ labelled }) => labelled > 0)];
  const least = judged.reduce((low, { bin }) => Math.min(low, bin), score_bins);
  const before = alpha === row.alpha ? undefined : await former;
  // Nothing is begun anew of what is proven.
  const after = before && before.threshold !== null ? before.state : undefined;
  const designed = judged.some(({ phase }) => phase === 'design');
  const starts = after ? null : await startsAt(asked, attempt, alpha, designed);
  const found = replayAlpha(earlier, parts, {
    ...{ alpha, delta: row.delta, closed: row.starts !== null, every: asked.every, starts },
    ...(after ? { after } : { attempt: row.attempt }),
  });
  const tracks = epoch.terms.after_alarm === 'track' && row.proves_since !== null;
  const untracked = tracks && alpha < row.alpha;
  return {
    ...{ row, alpha, parts, ...found, untracked },
    days: tracks && !untracked ? found.days.map((day) => withTracked(day, parts)) : found.days,
    judged_from: judged.length ? thresholdOf(least, score_bins) : null,
  };
}

const toPart = ({ epoch_id: _e, tier: _t, probability, ...row }: DayRow) => ({
  ...row,
  inclusion_probability: probability,
});

/** While nothing was proven, what passed because errors were tracked. */
const withTracked = (day: Replay['days'][number], parts: Replay['parts']) =>
  day.threshold === null
    ? { ...day, passing: parts.filter((one) => one.day === day.day && one.passed) }
    : day;

/** Where a proof would have begun that did not begin by labels of its own: at its own limit where it did,
 *  at another one where the labels before it would have had it begin. */
async function startsAt(
  { tx, scope, learned }: Asked,
  { epoch, row, former }: Attempt,
  alpha: number,
  designed: boolean,
): Promise<readonly number[] | null> {
  const { starts, delta, attempt, tier } = row;
  if (!starts || alpha === row.alpha) return starts;
  if (designed) return null;
  const target = { alpha, delta };
  if (former) {
    const recent = await labelsOfLate(tx, scope, former.row, firstBlock(target, attempt));
    return beginAnewFrom(recent, target, attempt, Number.POSITIVE_INFINITY) ?? starts;
  }
  const found = learned.get(epoch.id) ?? learnedBy(tx, scope, epoch.id);
  learned.set(epoch.id, found);
  const { model, labels } = await found;
  const own = model ? labels.filter((one) => one.tier === tier) : [];
  const scored = own.map(({ submission, wrong }) => {
    const score = agreementOf(model as AgreementModel, traitsOf(submission));
    return { score, loss: Number(wrong), weight: 1 };
  });
  return scored.length ? startsFrom(talliesOf(scored, score_bins), target) : starts;
}

const learnedBy = async (tx: Tx, scope: Scope, epoch_id: string): Promise<Learned> => ({
  model: (await headsBy(tx, scope, [epoch_id]))[0]?.model,
  labels: await labelsToLearnFrom(tx, scope, epoch_id, most_to_learn),
});
