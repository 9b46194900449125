import type { PromiseTerms, Scope } from '@wheelhouse/core';
import type { Tracker } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import type { eventJson } from './events.ts';
import { statement } from './statement.ts';

// A verdict and the end of the certificate it goes by never pass each other: whoever judges holds the
// gate's name together with others, and whoever ends a certificate holds it alone (rule G43).
const name_of = (gate: string) => `hashtextextended($1 || chr(10) || ${gate}, 8)`;
const judge = statement(
  'epochs.judge',
  `select pg_advisory_xact_lock_shared(${name_of('gate')}) from unnest($2::text[]) as gate`,
);
/** Lets nobody end a certificate of these gates for the length of this transaction. */
export const lockToJudge = (tx: Tx, scope: Scope, gates: string[]) =>
  tx.write(judge, [scope.workspace_id, [...gates].sort()]);

const end_alone = statement('epochs.end_alone', `select pg_advisory_xact_lock(${name_of('$2')})`);
/** Waits for the verdicts under way at this gate, and holds up new ones. Lock its epochs before. */
export const lockToEnd = (tx: Tx, scope: Scope, gate: string) =>
  tx.query(end_alone, [scope.workspace_id, gate]);

export interface StandingRow {
  gate: string;
  key: string;
  epoch_id: string;
  tier: string;
  designing: boolean;
  threshold: number | null;
  certificate_id: string | null;
  tracked: number | null;
  labelled: number;
  wrong: number;
  needed: number;
  unlikely: boolean;
  raised_check: number | null;
  alarmed_at: string | null;
  /** Nothing passes until its spot checks are judged. */
  blind: boolean;
  override_id: string | null;
  override_threshold: number | null;
  override_until: string | null;
  /** Whether people agree is learned. */
  headed: boolean;
}
const standing = statement(
  'epochs.standing',
  `select e.gate, e.key, e.id as epoch_id, t.tier, t.starts is null as designing, t.threshold,
     t.certificate_id, t.tracked, t.labelled, t.wrong, t.needed, t.unlikely, t.raised_check, t.alarmed_at,
     t.blind,
     h.epoch_id is not null as headed, v.id as override_id, v.threshold as override_threshold,
     v.until as override_until
   from unnest($2::text[], $3::text[]) as asked (gate, key)
   join gate_epochs e on e.workspace_id = $1 and e.gate = asked.gate and e.key = asked.key
     and e.ended_at is null
   join gate_tiers t on t.workspace_id = $1 and t.epoch_id = e.id and t.ended_at is null
   left join gate_heads h on h.workspace_id = $1 and h.epoch_id = e.id
   left join gate_overrides v on v.workspace_id = $1 and v.gate = e.gate and v.ended_at is null
     and v.until > $4 and (v.tier is null or v.tier = t.tier) and e.key = any(v.keys)
     -- Signed by the confidence, it says nothing of the chance of agreement that is learned after.
     and (h.learned_at is null or h.learned_at < v.signed_at)
   order by e.id, t.tier`,
);
/** How the tiers of open epochs stand. @param asked each gate and key once */
export const standingsBy = (tx: Tx, scope: Scope, asked: { gate: string; key: string }[]) =>
  tx.query<StandingRow>(standing, [
    scope.workspace_id,
    asked.map(({ gate }) => gate),
    asked.map(({ key }) => key),
    tx.now,
  ]);

/** What was named of a version. */
export interface EpochNamed {
  model: string | null;
  model_version: string | null;
  prompt_version: string | null;
  score_version: string | null;
  population: string | null;
}
export interface NewEpoch extends EpochNamed {
  id: string;
  gate: string;
  key: string;
  promise_key: string;
  /** The one tier that it is of; null where it is of all. */
  part: string | null;
  terms: PromiseTerms;
}
export interface NewTier {
  epoch_id: string;
  tier: string;
  alpha: number;
  delta: number;
  needed: number;
  /** Where it begins, if that is known beforehand. */
  starts: number[] | null;
  attempt: number;
  raised_check: number | null;
  /** When an alarm closed it, and since which one it is proven anew. */
  alarmed_at: string | null;
  proves_since: string | null;
  tracker: Tracker | null;
  tracked: number | null;
  recent: number[];
  /** When people are to be asked about its alarm, or the case that asks them. */
  ask_at: string | null;
  alarm_case_id: string | null;
}
const begin = statement(
  'epochs.begin',
  `with begun as (
     insert into gate_epochs (workspace_id, id, gate, key, promise_key, model, model_version,
       prompt_version, score_version, population, part, terms, began_at)
     select $1, id, gate, key, promise_key, model, model_version, prompt_version, score_version, population,
       part, terms, $2
     from jsonb_to_recordset($3) as e (id text, gate text, key text, promise_key text, model text,
       model_version text, prompt_version text, score_version text, population text, part text,
       terms jsonb)
     order by gate, key
     on conflict (workspace_id, gate, key, part) where ended_at is null do nothing returning id),
   tiers as (
     insert into gate_tiers (workspace_id, epoch_id, tier, alpha, delta, needed, starts, attempt,
       raised_check, alarmed_at, proves_since, tracker, tracked, recent, ask_at, alarm_case_id)
     select $1, epoch_id, tier, alpha, delta, needed, starts, attempt, raised_check,
       alarmed_at, proves_since, tracker, tracked, recent, ask_at, alarm_case_id
     from jsonb_to_recordset($4) as t (epoch_id text, tier text, alpha float8, delta float8,
       needed int, starts jsonb, attempt int, raised_check float8, alarmed_at timestamptz,
       proves_since timestamptz, tracker jsonb, tracked float8, recent jsonb, ask_at timestamptz,
       alarm_case_id text)
     where epoch_id in (select id from begun))
   insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
   select $1, type, subject, actor, actor_kind, data, $2
   from jsonb_to_recordset($5) as e (type text, subject text, actor text, actor_kind text, data jsonb)
   where data->>'epoch_id' in (select id from begun)`,
);
/** Begins epochs that nobody else has begun meanwhile. */
export const beginEpochs = (
  tx: Tx,
  scope: Scope,
  epochs: NewEpoch[],
  tiers: NewTier[],
  events: ReturnType<typeof eventJson>[],
) =>
  tx.write(begin, [
    scope.workspace_id,
    tx.now,
    JSON.stringify(epochs),
    JSON.stringify(tiers),
    JSON.stringify(events),
  ]);

export interface EpochRow extends NewEpoch {
  began_at: string;
  ended_at: string | null;
  why_ended: string | null;
}
/** Of those that ended so many are listed. */
export const most_ended = 50;
const columns = `id, gate, key, promise_key, model, model_version, prompt_version, score_version, population,
  part, terms, began_at, ended_at, why_ended`;

const lock_open = statement(
  'epochs.lock_open',
  `select ${columns} from gate_epochs where workspace_id = $1 and gate = $2 and ended_at is null
   order by id for update`,
);
export const lockOpenEpochs = (tx: Tx, scope: Scope, gate: string) =>
  tx.query<EpochRow>(lock_open, [scope.workspace_id, gate]);

const lock_one = statement(
  'epochs.lock_one',
  `select ${columns} from gate_epochs where workspace_id = $1 and id = $2 for update skip locked`,
);
/** @returns undefined while another server is at it */
export const lockEpoch = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<EpochRow>(lock_one, [scope.workspace_id, id]))[0];

const end = statement(
  'epochs.end',
  `with ended as (
     update gate_epochs set ended_at = $2, why_ended = $4
     where workspace_id = $1 and id = any($3::text[]) and ended_at is null returning id)
   update certificates set ended_at = $2, why_ended = $4
   where workspace_id = $1 and epoch_id in (select id from ended) and ended_at is null
   returning id, epoch_id, tier, threshold`,
);
/** Ends epochs with their certificates; needs their gate held alone. @returns the certificates */
export const endEpochs = (tx: Tx, scope: Scope, ids: string[], why: string) =>
  tx.query<{ id: string; epoch_id: string; tier: string; threshold: number }>(end, [
    scope.workspace_id,
    tx.now,
    ids,
    why,
  ]);

const end_tiers = statement(
  'epochs.end_tiers',
  `with gone as (
     update gate_tiers set ended_at = $2
     where workspace_id = $1 and epoch_id = $3 and tier = any($4::text[]) and ended_at is null),
   whole as (
     update gate_epochs set ended_at = $2, why_ended = $5
     where workspace_id = $1 and id = $3 and ended_at is null
       and (select t.tier from gate_tiers t where t.workspace_id = $1 and t.epoch_id = $3
         and t.ended_at is null and t.tier <> all($4::text[]) limit 1) is null)
   update certificates set ended_at = $2, why_ended = $5
   where workspace_id = $1 and epoch_id = $3 and tier = any($4::text[]) and ended_at is null
   returning id, epoch_id, tier, threshold`,
);
/** Ends tiers of an epoch with their certificates, and the epoch with the last of them; needs their gate
 *  held alone. @returns the certificates */
export const endTiers = (tx: Tx, scope: Scope, epoch_id: string, tiers: string[], why: string) =>
  tx.query<{ id: string; epoch_id: string; tier: string; threshold: number }>(end_tiers, [
    scope.workspace_id,
    tx.now,
    epoch_id,
    tiers,
    why,
  ]);

const list = statement(
  'epochs.list',
  `select ${columns} from (
     (select ${columns}, (select 1 from gate_tiers t where t.workspace_id = $1 and t.epoch_id = e.id
        and t.ended_at is null and (t.certificate_id is not null or t.tracked is not null) limit 1) as passes
      from gate_epochs e where workspace_id = $1 and gate = $2 and ended_at is null)
     union all
     (select ${columns}, null from gate_epochs where workspace_id = $1 and gate = $2
        and ended_at is not null order by began_at desc, id desc limit ${most_ended})) as told
   order by ended_at is not null, passes, began_at desc, id desc limit 2500`,
);
/** Open epochs, those that something passes by first, then the newest that ended. */
export const listEpochs = (tx: Tx, scope: Scope, gate: string) =>
  tx.query<EpochRow>(list, [scope.workspace_id, gate]);
