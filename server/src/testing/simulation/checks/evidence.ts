import type { AnswerRecord, CaseRecord, GateDefinition, Resolution } from '@wheelhouse/core';
import type { OutputRow } from '../../../store/outputs.ts';
import type { World } from '../world.ts';

type Row<Shape> = Shape & { workspace_id: string };
export type AnswerRow = Row<AnswerRecord & { undone: boolean }>;
export type CaseRow = Row<CaseRecord & { lease_ms: number; resolved_at: string | null }>;
export type ResolutionRow = Row<Resolution & { case_id: string; standing: boolean }>;
export interface EventRow {
  workspace_id: string;
  seq: string;
  type: string;
  subject: string;
  actor: string;
  // biome-ignore lint/suspicious/noExplicitAny: facts of every kind of event
  data: any;
  at: string;
}
export interface DeliveryRow {
  workspace_id: string;
  id: string;
  webhook_id: string | null;
  url: string;
  seq: string;
  event_type: string;
  subject: string;
  state: string;
  attempts: { status: number | null; fault: string | null }[];
}

/** All that is in the store when a run has ended, read past every rule that hides rows. */
export interface Evidence {
  outputs: Row<OutputRow>[];
  cases: CaseRow[];
  leases: { case_id: string; rater: string }[];
  answers: AnswerRow[];
  resolutions: ResolutionRow[];
  /** In commit order. */
  events: EventRow[];
  deliveries: DeliveryRow[];
  callback_secrets: { workspace_id: string; secret: string }[];
  versions: Map<string, GateDefinition>;
}

const tables = {
  outputs: 'select * from outputs order by id',
  cases: 'select * from cases order by id',
  leases: 'select * from leases order by case_id, rater',
  answers: 'select * from answers order by at, id',
  resolutions: 'select * from resolutions order by at, id',
  events: `select workspace_id, seq::text as seq, type, subject, actor, data, at from events
    order by xid, events.seq`,
  deliveries: `select workspace_id, id, webhook_id, url, seq::text as seq, event_type, subject, state,
    attempts from deliveries order by id`,
  callback_secrets: 'select workspace_id, secret from callback_secrets',
  policy_versions: 'select * from policy_versions order by gate, version',
};

export async function evidenceFrom({ owner, people }: World): Promise<Evidence> {
  const names = Object.keys(tables);
  const text = Object.values(tables)
    .map((query, at) => `(select coalesce(json_agg(t), '[]') from (${query}) t) as t${at}`)
    .join(', ');
  const { rows } = await owner.query(`select ${text}`);
  const found = Object.fromEntries(names.map((name, at) => [name, rows[0][`t${at}`]]));
  const versions = new Map<string, GateDefinition>();
  for (const one of found.policy_versions) {
    if (one.workspace_id !== people.workspace_id) continue;
    versions.set(`${one.gate} ${one.version}`, one.definition);
  }
  return { ...found, versions } as unknown as Evidence;
}

export const ms = (at: string): number => Date.parse(at);

/** Rows by a field. */
export function by<One>(rows: readonly One[], field: (one: One) => string): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of rows) {
    const name = field(one);
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
