import type { DraftEnd, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'drafts.insert',
  `insert into drafts (workspace_id, output_id, conversation_id, bot, at, became, distance, words)
   values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
);
/** What a person made of a bot's draft, counted once. */
export const insertDraft = (
  tx: Tx,
  scope: Scope,
  { output_id, conversation_id, bot, became, distance, words }: DraftEnd,
): void =>
  tx.write(insert, [
    scope.workspace_id,
    output_id,
    conversation_id,
    bot,
    tx.now,
    became,
    distance,
    words,
  ]);
