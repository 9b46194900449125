import {
  canonical,
  digest,
  type Json,
  type OutputSubmission,
  type PromiseTerms,
  type Scope,
  type Standing,
  systemOf,
  tierOf,
  tiersOf,
} from '@wheelhouse/core';
import {
  type AgreementModel,
  cleanLabels as cleanLabelsOf,
  labelsToLearn,
  type RiskTarget,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import {
  beginEpochs,
  lockToJudge,
  type NewEpoch,
  type NewTier,
  type StandingRow,
  standingsBy,
} from '../store/epochs.ts';
import { eventJson } from '../store/events.ts';
import type { Ruling, RulingsCache } from './definition.ts';
import { roomFor } from './epoch-room.ts';
import type { Submission } from './output.ts';

type Current = Awaited<ReturnType<RulingsCache['current']>>;
interface Asked {
  ruling: Ruling;
  terms: PromiseTerms;
  body: OutputSubmission;
  gate: string;
  key: string;
}

/** Rulings and standings to judge submissions by, as they hold until this transaction ends: nobody ends
 *  a certificate meanwhile (rule G43). A version that was not seen before begins an epoch (rule G44). */
export async function standingsOf(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  items: Submission[],
): Promise<{ current: Current; standingOf(item: Submission): Standing | 'crowded' | undefined }> {
  const current = await rulings.current(
    tx,
    scope,
    items.map(({ gate }) => gate),
  );
  const promising = [...current.values()].filter(
    ({ ruling }) => ruling.definition.policy.mode === 'guaranteed',
  );
  if (!promising.length) return { current, standingOf: () => undefined };
  const names = promising.map(({ row }) => row.name);
  lockToJudge(tx, scope, names);
  // Read again: a gate that was changed while we waited for the lock has ended what was certified.
  for (const [name, one] of await rulings.current(tx, scope, names)) current.set(name, one);
  const asked = new Map(
    items.flatMap((item) => {
      const one = askedBy(item, current.get(item.gate)?.ruling);
      return one ? [[item, one] as const] : [];
    }),
  );
  const once = new Map([...asked.values()].map((one) => [`${one.gate} ${one.key}`, one]));
  let rows = once.size ? await standingsBy(tx, scope, [...once.values()]) : [];
  const known = new Set(rows.map(({ gate, key }) => `${gate} ${key}`));
  const fresh = [...once].flatMap(([name, one]) => (known.has(name) ? [] : [one]));
  if (fresh.length) {
    begin(
      ports,
      tx,
      scope,
      (await roomFor(tx, scope, fresh)).map(({ ruling, body }) => versionOf(ruling, body)),
    );
    rows = await standingsBy(tx, scope, [...once.values()]);
  }
  const heads = await rulings.heads(
    tx,
    scope,
    rows.flatMap(({ epoch_id, headed }) => (headed ? [epoch_id] : [])),
  );
  const by_tier = new Map(rows.map((row) => [`${row.gate} ${row.key} ${row.tier}`, row]));
  return {
    current,
    standingOf(item) {
      const one = asked.get(item);
      if (!one) return undefined;
      const row = by_tier.get(`${one.gate} ${one.key} ${tierOf(one.terms, one.body)}`);
      return row ? toStanding(row, one.terms, heads.get(row.epoch_id)) : 'crowded';
    },
  };
}

/** How past outputs would stand now by a ruling that need not be in force (rule G9): by what is proven where
 *  its promise is the one that is made. Begins nothing and holds nobody up. */
export async function standingsToReplay<Past extends OutputSubmission>(
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  ruling: Ruling | undefined,
  outputs: Past[],
): Promise<(output: Past) => Standing | undefined> {
  const gate = ruling?.gate ?? '';
  const asked = new Map(
    outputs.flatMap((body) => {
      const one = askedBy({ gate, body }, ruling);
      return one ? [[body, one] as const] : [];
    }),
  );
  const once = new Map([...asked.values()].map((one) => [one.key, one]));
  const rows = once.size ? await standingsBy(tx, scope, [...once.values()]) : [];
  const headed = rows.flatMap((row) => (row.headed ? [row.epoch_id] : []));
  const heads = await rulings.heads(tx, scope, headed);
  const by_tier = new Map(rows.map((row) => [`${row.key} ${row.tier}`, row]));
  return (output) => {
    const one = asked.get(output);
    const row = one && by_tier.get(`${one.key} ${tierOf(one.terms, one.body)}`);
    return row && toStanding(row, one.terms, heads.get(row.epoch_id));
  };
}

function askedBy(
  { gate, body }: Pick<Submission, 'gate' | 'body'>,
  ruling: Ruling | undefined,
): Asked | undefined {
  if (!ruling) return undefined;
  const { policy } = ruling.definition;
  if (policy.mode !== 'guaranteed') return undefined;
  if (body.confidence === undefined && policy.score !== 'agreement') return undefined;
  return { ruling, terms: policy, body, gate, key: versionOf(ruling, body).key };
}

const toStanding = (
  row: StandingRow,
  { spot_check, score }: PromiseTerms,
  head: AgreementModel | undefined,
): Standing => ({
  epoch_id: row.epoch_id,
  tier: row.tier,
  threshold: row.threshold,
  certificate_id: row.certificate_id,
  tracked: row.tracked,
  spot_check: Math.max(spot_check, row.raised_check ?? 0),
  labelled: row.labelled,
  wrong: row.wrong,
  unlikely: row.unlikely,
  needed: row.needed,
  designing: row.designing,
  alarmed: row.alarmed_at !== null,
  unwatched: row.blind,
  override: overrideOf(row),
  ...(score === 'agreement' ? { head: head ?? null } : {}),
});

const overrideOf = ({
  override_id: id,
  override_threshold: threshold,
  override_until: until,
}: StandingRow) =>
  id !== null && threshold !== null && until !== null ? { id, threshold, until } : null;

/** What a promise of a ruling is made of, as a digest: change any of it and it is another promise.
 *  @returns undefined where it makes none */
export function promiseKey({ definition, form }: Pick<Ruling, 'definition' | 'form'>) {
  const { policy, action } = definition;
  if (policy.mode !== 'guaranteed') return undefined;
  const { alpha, delta, tiers, cost_tiers, certify_by, label_noise } = policy;
  // Named only where they are chosen, so that what was proven before they could be is still found.
  const scored = policy.score === 'agreement' ? { score: policy.score } : {};
  const alarmed = policy.after_alarm === 'track' ? { after_alarm: policy.after_alarm } : {};
  const by_cost = cost_tiers?.length ? { cost_tiers } : {};
  const named = { ...scored, ...alarmed, ...by_cost, certify_by };
  const said = { alpha, delta, tiers, label_noise, form, action: action ?? null, ...named };
  return digest(canonical(said as unknown as Json));
}

const promise_keys = new WeakMap<Ruling, string>();
function keptPromiseKey(ruling: Ruling): string {
  const kept = promise_keys.get(ruling) ?? promiseKey(ruling) ?? '';
  promise_keys.set(ruling, kept);
  return kept;
}

export type Version = Omit<NewEpoch, 'id'>;

function versionOf(ruling: Ruling, body: OutputSubmission): Version {
  const promise_key = keptPromiseKey(ruling);
  const made = {
    model: body.model ?? null,
    model_version: body.model_version ?? null,
    prompt_version: body.prompt_version ?? null,
    population: body.population ?? null,
  };
  // Named only where it is said, so that what was proven before it could be said is still found.
  const { score_version = null } = body;
  const scored: Record<string, string> = score_version === null ? {} : { score_version };
  const { policy } = ruling.definition;
  const { alpha, delta, tiers, cost_tiers, certify_by, label_noise } = policy as PromiseTerms;
  const { spot_check, score, after_alarm } = policy as PromiseTerms;
  return {
    gate: ruling.gate,
    key: digest(canonical({ promise_key, ...made, ...scored })),
    part: null,
    promise_key,
    score_version,
    ...made,
    terms: {
      ...{ alpha, delta, tiers, cost_tiers, certify_by, label_noise, spot_check, after_alarm },
      score: score ?? 'confidence',
    },
  };
}

/** What a proof that is begun after another takes along from it. */
export type Follows = Omit<NewTier, 'epoch_id' | 'tier' | 'alpha' | 'delta' | 'needed'>;

/** Begins to learn: everything is held until labels prove the promise, but for what is tracked.
 *  @param follows what was proven, or tried to be, before @param why said of it in the record */
export function begin(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  versions: Version[],
  follows?: Follows,
  why: Record<string, Json> = {},
): void {
  const tiers: NewTier[] = [];
  const epochs = versions.map((version): NewEpoch => {
    const id = ports.makeId('epoch', tx.now);
    for (const one of tiersOf(version.terms)) {
      if (version.part !== null && one.tier !== version.part) continue;
      // What was learned before is kept.
      const learns = version.terms.score === 'agreement' && !follows;
      const { starts, attempt } = follows ?? first;
      const needed = starts ? cleanLabels(one, attempt) : labelsNeeded(one, learns);
      tiers.push({ epoch_id: id, ...one, needed, ...(follows ?? first) });
    }
    return { id, ...version };
  });
  const system = systemOf(scope.workspace_id);
  const events = epochs.map(({ id, gate, key: _k, promise_key: _p, terms: _t, part, ...made }) =>
    eventJson(system, {
      type: 'gate.learning',
      subject: gate,
      data: { gate, epoch_id: id, ...made, ...(part === null ? {} : { tier: part }), ...why },
    }),
  );
  beginEpochs(tx, scope, epochs, tiers, events);
}

const first: Follows = {
  ...{ starts: null, attempt: 1, raised_check: null, alarmed_at: null, proves_since: null },
  ...{ tracker: null, tracked: null, recent: [], ask_at: null, alarm_case_id: null },
};

/** Clean labels that prove a limit, worked out once. */
const needs = new Map<string, number>();
export function cleanLabels({ alpha, delta }: RiskTarget, attempt: number): number {
  const name = `${alpha} ${delta} ${attempt}`;
  const kept = needs.get(name) ?? cleanLabelsOf({ alpha, delta }, attempt);
  if (needs.size > 1_000) needs.clear();
  needs.set(name, kept);
  return kept;
}

/** With those that only tell where to begin. @param learns whether they first tell what the score is */
export function labelsNeeded(target: RiskTarget, learns: boolean): number {
  const clean = cleanLabels(target, 1);
  return learns ? clean + labelsToLearn(target) : Math.ceil(clean * 1.25);
}
