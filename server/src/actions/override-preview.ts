import {
  fromMs,
  invalid,
  type OverridePreview,
  type OverridePreviewFilter,
  type Principal,
  type Scope,
  tiersOf,
  toMs,
} from '@wheelhouse/core';
import {
  binOf,
  errorsKnown,
  knownUnder,
  type LoggedTally,
  type PassingTally,
  passingFrom,
  score_bins,
  thresholdOf,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { type TierRow, tiersIn } from '../store/certificates.ts';
import { type DayRow, daysOf } from '../store/counts.ts';
import { listEpochs } from '../store/epochs.ts';
import { type PromisingPolicy, promisedPolicy, type RulingsCache } from './definition.ts';

const day_ms = 86_400_000;
const looked_back_days = 30;

type Asked = {
  threshold?: number | undefined;
  alpha?: number | undefined;
  tier?: string | undefined;
};

/** What an override would let pass, before somebody signs it (rule G78).
 *  @throws Refusal not_found, no_promise, invalid (tier) */
export const previewOverride = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  gate: string,
  asked: OverridePreviewFilter,
): Promise<OverridePreview> =>
  ports.database.transact(by, async (tx) => {
    const policy = await promisedPolicy(rulings, tx, by, gate);
    checkTier(policy, asked.tier);
    return overrideKnown(tx, by, gate, asked);
  });

/** @throws Refusal invalid: the promise has no tier that is called so */
export function checkTier(policy: PromisingPolicy, tier: string | undefined): void {
  const tiers = tiersOf(policy).map((one) => one.tier);
  if (tier === undefined || tiers.includes(tier)) return;
  throw invalid({ field: 'tier', message: `is none of ${tiers.join(', ')}` });
}

/** What is known of what scores at or over a threshold, or which one comes under a share of errors: from
 *  outputs of the last thirty days whose versions are in use, and the labels they have by now. */
export async function overrideKnown(
  tx: Tx,
  scope: Scope,
  gate: string,
  { threshold: given, alpha, tier }: Asked,
): Promise<OverridePreview> {
  const to = tx.now.slice(0, 10);
  const from = fromMs(toMs(tx.now) - (looked_back_days - 1) * day_ms).slice(0, 10);
  const open = (await listEpochs(tx, scope, gate)).filter(({ ended_at }) => !ended_at);
  const ids = open.map(({ id }) => id);
  const standing = await tiersIn(tx, scope, ids);
  const rows = (await daysOf(tx, scope, ids, { from, to })).filter(
    (row) => tier === undefined || row.tier === tier,
  );
  const outputs = summed(asScored(rows), standing);
  const threshold =
    given ?? (alpha === undefined ? null : knownUnder(outputs, { bins: score_bins, alpha }));
  const bin = threshold === null ? score_bins : binOf(threshold, score_bins);
  const whole = passingFrom(outputs, bin);
  const now = whole.filter(({ passes_now }) => passes_now);
  const judged = outputs.flatMap((one) => (one.labelled > 0 ? [one.bin] : []));
  const least = judged.reduce((low, one) => Math.min(low, one), score_bins);
  return {
    ...{ gate, tier: tier ?? null, alpha: alpha ?? null, threshold, from, to },
    versions: new Set(open.map(({ key }) => key)).size,
    n: count(outputs, 'n'),
    passes_now: count(now, 'n'),
    whole: passing(whole),
    more: passing(whole.filter(({ passes_now }) => !passes_now)),
    judged_from: judged.length ? thresholdOf(least, score_bins) : null,
  };
}

/** Scores that are compared: what came while agreement was learned was scored by the confidence, and is of
 *  another score than what came since. */
function asScored(rows: DayRow[]): DayRow[] {
  const learned = new Set(rows.flatMap((row) => (row.phase === 'head' ? [] : [row.epoch_id])));
  return rows.filter(({ phase, epoch_id }) => phase !== 'head' || !learned.has(epoch_id));
}

/** Each score and chance once, however many days it came on. */
function summed(rows: DayRow[], standing: TierRow[]): PassingTally[] {
  const cuts = new Map(
    standing.flatMap((one) => {
      const cut = one.ended_at ? null : (one.threshold ?? one.tracked);
      return cut === null ? [] : [[`${one.epoch_id} ${one.tier}`, cut] as const];
    }),
  );
  const kinds = new Map<string, PassingTally>();
  for (const { epoch_id, tier, bin, probability, n, labelled, wrong } of rows) {
    const cut = cuts.get(`${epoch_id} ${tier}`);
    const passes_now = cut !== undefined && thresholdOf(bin, score_bins) >= cut;
    const name = `${bin} ${probability} ${passes_now}`;
    const kind = kinds.get(name) ?? {
      ...{ bin, inclusion_probability: probability, passes_now },
      ...{ n: 0, labelled: 0, wrong: 0 },
    };
    kinds.set(name, kind);
    kind.n += n;
    kind.labelled += labelled;
    kind.wrong += wrong;
  }
  return [...kinds.values()];
}

const count = (some: LoggedTally[], of: 'n' | 'labelled') =>
  some.reduce((sum, one) => sum + one[of], 0);

function passing(some: LoggedTally[]): OverridePreview['more'] {
  return { passed: count(some, 'n'), errors: { n: count(some, 'labelled'), ...errorsKnown(some) } };
}
