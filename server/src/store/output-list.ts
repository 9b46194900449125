import {
  invalid,
  type OutputFilter,
  type OutputSubmission,
  type Page,
  type Scope,
  type VerdictKind,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Tx } from '../ports.ts';
import { type OutputRow, output_view } from './outputs.ts';
import { statement } from './statement.ts';

export type ReplayRow = OutputSubmission & {
  id: string;
  title: string;
  verdict: VerdictKind;
  created_at: string;
  confidence: number | null;
};

/** What was submitted, of a row of outputs. */
export const submission_of_row = `jsonb_strip_nulls(jsonb_build_object('input', input,
     'content', content, 'scores', scores, 'model', model, 'model_version', model_version,
     'prompt_version', prompt_version, 'score_version', score_version, 'population', population, 'groups', groups, 'risk', risk, 'cost_usd', cost_usd, 'action', action, 'metadata', metadata,
     'confidence', confidence))`;
const replay = statement(
  'outputs.to_replay',
  `select id, title, verdict, created_at, ${submission_of_row} as submission
   from outputs where workspace_id = $1 and gate = $2
   order by created_at desc, id desc limit $3`,
);
/** Past outputs of a gate as they were submitted, newest first. */
export async function outputsToReplay(
  tx: Tx,
  scope: Scope,
  gate: string,
  limit: number,
): Promise<ReplayRow[]> {
  type Row = Pick<ReplayRow, 'id' | 'title' | 'verdict' | 'created_at'> & {
    submission: OutputSubmission;
  };
  const rows = await tx.query<Row>(replay, [scope.workspace_id, gate, limit]);
  return rows.map(({ submission, ...row }) => ({ ...submission, ...row }) as ReplayRow);
}

// Whoever may yet decide without seeing what the AI said could otherwise find it out by searching
// for it (rule C10): what is hidden in the answer is hidden from the question.
const seen_by = (me: string) => `(settled or created_by = ${me}
  or (select c.id from cases c where c.workspace_id = $1 and c.id = outputs.case_id
    and c.kind = 'shadow' limit 1) is null)`;

/** One page of outputs, newest first: by when they came, since an id that its caller made from a
 *  name says no time. Each piece of the where is a constant here, each value a
 *  parameter, so no text of a caller ever becomes SQL. */
export async function listOutputs(
  tx: Tx,
  scope: Scope,
  me: string,
  filter: z.infer<typeof OutputFilter>,
): Promise<Page<OutputRow>> {
  const values: unknown[] = [scope.workspace_id];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ['workspace_id = $1'];
  if (filter.gate) where.push(`gate = ${bind(filter.gate)}`);
  if (filter.verdict) where.push(`verdict = ${bind(filter.verdict)}`);
  if (filter.outcome === 'undecided') where.push('not settled');
  else if (filter.outcome) where.push(`settled and outcome_status = ${bind(filter.outcome)}`);
  if (filter.confidence_min !== undefined)
    where.push(`confidence >= ${bind(filter.confidence_min)}`);
  if (filter.confidence_max !== undefined)
    where.push(`confidence <= ${bind(filter.confidence_max)}`);
  if (filter.confidence_min !== undefined || filter.confidence_max !== undefined)
    where.push(seen_by(bind(me)));
  if (filter.since) where.push(`created_at >= ${bind(filter.since)}`);
  if (filter.until) where.push(`created_at <= ${bind(filter.until)}`);
  if (filter.q) {
    const words = bind(`%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`);
    where.push(`((title ilike ${words} and ${seen_by(bind(me))}) or id = ${bind(filter.q)})`);
  }
  if (filter.cursor) {
    const { at, id } = placeOf(filter.cursor);
    where.push(`(created_at, id) < (${bind(at)}::timestamptz, ${bind(id)})`);
  }
  const shape = Object.entries(filter)
    .filter(([name, value]) => value !== undefined && value !== '' && name !== 'limit')
    .map(([name, value]) => (name === 'outcome' && value === 'undecided' ? 'undecided' : name))
    .sort();
  const text = `select ${output_view} from outputs where ${where.join(' and ')} 
    order by created_at desc, id desc limit ${bind(filter.limit + 1)}`;
  const rows = await tx.query<OutputRow>({ name: `outputs.list.${shape.join('.')}`, text }, values);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > filter.limit && last ? cursorOf(last) : null };
}

const cursorOf = ({ created_at, id }: OutputRow): string => `${created_at}~${id}`;

function placeOf(cursor: string): { at: string; id: string } {
  const [at = '', id = '', ...more] = cursor.split('~');
  if (more.length || !/^\d{4}-.*Z$/.test(at) || !Date.parse(at) || !/^out_[0-9a-z]{26}$/.test(id)) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  return { at, id };
}
