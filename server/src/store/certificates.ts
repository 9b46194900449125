import type { Certificate, Scope } from '@wheelhouse/core';
import type { Detector, Monitor, Tracker } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const stale = statement(
  'certificates.stale',
  `select workspace_id, epoch_id from gate_tiers where stale_at <= $1
   order by stale_at, workspace_id, epoch_id, tier limit $2`,
);
/** Epochs with labels that were not looked at yet, of every workspace. Jobs only. */
export const staleEpochs = (tx: Tx, limit: number) =>
  tx.query<{ workspace_id: string; epoch_id: string }>(stale, [tx.now, limit]);

export interface TierRow {
  epoch_id: string;
  tier: string;
  alpha: number;
  delta: number;
  starts: number[] | null;
  proven: number[];
  labelled: number;
  wrong: number;
  unjudged: number;
  needed: number;
  threshold: number | null;
  certificate_id: string | null;
  raised_check: number | null;
  checks: number;
  checks_wrong: number;
  alarmed_at: string | null;
  warned_at: string | null;
  retracted: boolean;
  detector: Detector | null;
  monitor: Monitor | null;
  score_monitor: Monitor | null;
  tracker: Tracker | null;
  tracked: number | null;
  recent: number[];
  arrived: number;
  alarm_due: boolean;
  alarm_case_id: string | null;
  unwatched_at: string | null;
  unwatched_checks: number;
  unwatched_case_id: string | null;
  ask_at: string | null;
  /** Nothing passes until its spot checks are judged. */
  blind: boolean;
  /** Ended before its epoch. */
  ended_at: string | null;
  /** Which attempt at the proof it is, from 1: each has its own part of delta. */
  attempt: number;
  /** So many decisions there are when it is next asked whether to begin anew. */
  anew_at: number;
  /** The alarm after which it is proven anew; null where there was none. */
  proves_since: string | null;
  /** As it goes it will not be proven. */
  unlikely: boolean;
  /** Spot checks of what passed while errors were tracked; `checks` are of what was certified. */
  tracked_checks: number;
  tracked_wrong: number;
}
const tier_columns = `epoch_id, tier, alpha, delta, starts, proven, labelled, wrong, unjudged, needed,
  threshold, certificate_id, raised_check, checks, checks_wrong, alarmed_at, warned_at, retracted,
  detector, monitor, score_monitor, tracker, tracked, recent, arrived, alarm_due, alarm_case_id,
  unwatched_at, unwatched_checks, unwatched_case_id, ask_at, blind, ended_at, attempt, anew_at, proves_since,
  unlikely, tracked_checks, tracked_wrong`;

const lock_stale = statement(
  'certificates.lock_stale',
  `select ${tier_columns} from gate_tiers where workspace_id = $1 and epoch_id = $2 and stale_at is not null
   order by tier for update`,
);
export const lockStaleTiers = (tx: Tx, scope: Scope, epoch_id: string) =>
  tx.query<TierRow>(lock_stale, [scope.workspace_id, epoch_id]);

const lock_all = statement(
  'certificates.lock_all',
  `select ${tier_columns} from gate_tiers where workspace_id = $1 and epoch_id = $2 and ended_at is null
   order by tier for update`,
);
export const lockTiers = (tx: Tx, scope: Scope, epoch_id: string) =>
  tx.query<TierRow>(lock_all, [scope.workspace_id, epoch_id]);

const tiers_of = statement(
  'certificates.tiers_of',
  `select ${tier_columns} from gate_tiers where workspace_id = $1 and epoch_id = any($2::text[])
   order by epoch_id, tier`,
);
export const tiersIn = (tx: Tx, scope: Scope, epoch_ids: string[]) =>
  tx.query<TierRow>(tiers_of, [scope.workspace_id, epoch_ids]);

const looked_at = statement(
  'certificates.looked_at',
  `update gate_tiers set starts = $4, proven = $5, needed = $6, threshold = $7, certificate_id = $8,
     alarmed_at = $9, tracker = $10, tracked = $11, anew_at = $12, unlikely = $13,
     ask_at = case when $8::text is null then ask_at end, stale_at = null, retracted = false
   where workspace_id = $1 and epoch_id = $2 and tier = $3`,
);
/** What a look at its labels came to. */
export const saveLook = (
  tx: Tx,
  scope: Scope,
  row: Pick<
    TierRow,
    | 'epoch_id'
    | 'tier'
    | 'starts'
    | 'proven'
    | 'needed'
    | 'threshold'
    | 'certificate_id'
    | 'alarmed_at'
    | 'tracker'
    | 'tracked'
    | 'anew_at'
    | 'unlikely'
  >,
) =>
  tx.write(looked_at, [
    scope.workspace_id,
    row.epoch_id,
    row.tier,
    row.starts && JSON.stringify(row.starts),
    JSON.stringify(row.proven),
    row.needed,
    row.threshold,
    row.certificate_id,
    row.alarmed_at,
    row.tracker && JSON.stringify(row.tracker),
    row.tracked,
    row.anew_at,
    row.unlikely,
  ]);

const columns = `id, gate, epoch_id, tier, threshold, alpha, delta, labelled, wrong, share,
  e_value, e_needed, issued_at, ended_at, why_ended`;
const issue = statement(
  'certificates.issue',
  `insert into certificates (workspace_id, id, gate, epoch_id, tier, threshold, alpha, delta, labelled,
     wrong, share, e_value, e_needed, issued_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);
export const issueCertificate = (
  tx: Tx,
  scope: Scope,
  one: Omit<Certificate, 'issued_at' | 'ended_at' | 'why_ended'>,
) =>
  tx.write(issue, [
    scope.workspace_id,
    one.id,
    one.gate,
    one.epoch_id,
    one.tier,
    one.threshold,
    one.alpha,
    one.delta,
    one.labelled,
    one.wrong,
    one.share,
    one.e_value,
    one.e_needed,
    tx.now,
  ]);

const end = statement(
  'certificates.end',
  `update certificates set ended_at = $3, why_ended = $4
   where workspace_id = $1 and id = $2 and ended_at is null`,
);
export const endCertificate = (tx: Tx, scope: Scope, id: string, why: Certificate['why_ended']) =>
  tx.write(end, [scope.workspace_id, id, tx.now, why]);

const by_ids = statement(
  'certificates.by_ids',
  `select ${columns} from certificates where workspace_id = $1 and id = any($2::text[]) order by id`,
);
export const certificatesById = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<Certificate>(by_ids, [scope.workspace_id, ids]);

const list = statement(
  'certificates.list',
  `select ${columns} from certificates where workspace_id = $1 and gate = $2
     and id < coalesce($3, 'cert_~') order by id desc limit $4`,
);
/** Certificates of a gate, newest first, after one of them. */
export const listCertificates = (
  tx: Tx,
  scope: Scope,
  gate: string,
  after: string | undefined,
  limit: number,
) => tx.query<Certificate>(list, [scope.workspace_id, gate, after ?? null, limit]);
