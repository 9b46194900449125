import type { AgreementFigures, OutputSubmission, Scope } from '@wheelhouse/core';
import type { AgreementModel } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import { submission_of_row } from './output-list.ts';
import { statement } from './statement.ts';

const count = statement(
  'heads.count_labels',
  `select coalesce(sum(n), 0)::int as n from gate_tallies
   where workspace_id = $1 and epoch_id = $2 and phase = 'head'`,
);
/** How many decisions there are to learn an epoch's score from. */
export const countToLearn = async (tx: Tx, scope: Scope, epoch_id: string): Promise<number> =>
  (await tx.query<{ n: number }>(count, [scope.workspace_id, epoch_id]))[0]?.n ?? 0;

export interface ToLearn {
  tier: string;
  wrong: boolean;
  submission: OutputSubmission;
}
const to_learn = statement(
  'heads.to_learn',
  `select l.tier, l.wrong, ${submission_of_row} as submission
   from gate_labels l join outputs o on o.workspace_id = $1 and o.id = l.output_id
   where l.workspace_id = $1 and l.epoch_id = $2 and l.phase = 'head' order by l.output_id limit $3`,
);
export const labelsToLearnFrom = (tx: Tx, scope: Scope, epoch_id: string, limit: number) =>
  tx.query<ToLearn>(to_learn, [scope.workspace_id, epoch_id, limit]);

const insert = statement(
  'heads.insert',
  `insert into gate_heads (workspace_id, epoch_id, model, figures, learned_at)
   values ($1, $2, $3, $4, $5)`,
);
/** Kept as it is for as long as its epoch. */
export const insertHead = (
  tx: Tx,
  scope: Scope,
  epoch_id: string,
  model: AgreementModel,
  figures: Omit<AgreementFigures, 'learned_at'>,
) =>
  tx.write(insert, [
    scope.workspace_id,
    epoch_id,
    JSON.stringify(model),
    JSON.stringify(figures),
    tx.now,
  ]);

const carry = statement(
  'heads.carry',
  `insert into gate_heads (workspace_id, epoch_id, model, figures, learned_at)
   select h.workspace_id, e.id, h.model, h.figures, h.learned_at
   from gate_heads h
   join gate_epochs o on o.workspace_id = $1 and o.id = h.epoch_id
   join gate_epochs e on e.workspace_id = $1 and e.gate = o.gate and e.key = o.key and e.ended_at is null
   where h.workspace_id = $1 and h.epoch_id = $2 on conflict do nothing`,
);
/** Gives what one epoch learned to those of the same version that go on after it. */
export const carryHead = (tx: Tx, scope: Scope, epoch_id: string) =>
  tx.write(carry, [scope.workspace_id, epoch_id]);

const models = statement(
  'heads.models',
  `select epoch_id, model from gate_heads where workspace_id = $1 and epoch_id = any($2::text[])
   order by epoch_id`,
);
export const headsBy = (tx: Tx, scope: Scope, epoch_ids: string[]) =>
  tx.query<{ epoch_id: string; model: AgreementModel }>(models, [scope.workspace_id, epoch_ids]);

const figures_of = statement(
  'heads.figures',
  `select epoch_id, figures, learned_at from gate_heads
   where workspace_id = $1 and epoch_id = any($2::text[]) order by epoch_id`,
);
/** What became of learning, by epoch. */
export async function figuresOfHeads(tx: Tx, scope: Scope, epoch_ids: string[]) {
  type Row = {
    epoch_id: string;
    figures: Omit<AgreementFigures, 'learned_at'>;
    learned_at: string;
  };
  const rows = await tx.query<Row>(figures_of, [scope.workspace_id, epoch_ids]);
  return new Map(
    rows.map(({ epoch_id, figures, learned_at }): [string, AgreementFigures] => [
      epoch_id,
      { ...figures, learned_at },
    ]),
  );
}
