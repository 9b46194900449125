import type { PreferenceRecord, Scope, Side } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `output_id, conversation_id, contact_id, bot, epoch, for_seq, first, second, asked_at,
  chosen_side, chosen_at`;

const insert = statement(
  'preferences.insert',
  `insert into preferences (workspace_id, output_id, conversation_id, contact_id, bot, epoch, for_seq,
     first, second, asked_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
export const insertPreference = (
  tx: Tx,
  scope: Scope,
  row: Omit<PreferenceRecord, 'chosen_side' | 'chosen_at' | 'asked_at'>,
) =>
  tx.write(insert, [
    scope.workspace_id,
    row.output_id,
    row.conversation_id,
    row.contact_id,
    row.bot,
    row.epoch,
    row.for_seq,
    row.first,
    row.second,
    tx.now,
  ]);

const find = statement(
  'preferences.find',
  `select ${columns} from preferences where workspace_id = $1 and output_id = $2`,
);
/** What was asked in place of an answer. */
export const findPreference = async (tx: Tx, scope: Scope, output_id: string) =>
  (await tx.query<PreferenceRecord>(find, [scope.workspace_id, output_id]))[0];

const last_of = statement(
  'preferences.last_of',
  `select ${columns} from preferences where workspace_id = $1 and conversation_id = $2
   order by asked_at desc, output_id desc limit $3`,
);
/** What was asked in a conversation, whatever became of it; the newest first. */
export const preferencesOf = (tx: Tx, scope: Scope, conversation_id: string, limit: number) =>
  tx.query<PreferenceRecord>(last_of, [scope.workspace_id, conversation_id, limit]);
export const lastPreference = async (tx: Tx, scope: Scope, conversation_id: string) =>
  (await preferencesOf(tx, scope, conversation_id, 1))[0];

const choose = statement(
  'preferences.choose',
  `update preferences set chosen_side = $3, chosen_at = $4
   where workspace_id = $1 and output_id = $2`,
);
export const keepChoice = (tx: Tx, scope: Scope, output_id: string, side: Side) =>
  tx.write(choose, [scope.workspace_id, output_id, side, tx.now]);

export interface PreferenceQuery {
  bot: string | null;
  since: string;
  /** Before this place, the newest first. */
  before: { at: string; id: string };
  limit: number;
}
const list = statement(
  'preferences.list',
  `select ${columns} from preferences
   where workspace_id = $1 and asked_at >= $2 and (asked_at, output_id) < ($3, $4)
     and ($5::text is null or bot = $5) and chosen_side is not null
   order by asked_at desc, output_id desc limit $6`,
);
/** What was chosen, the newest question first. */
export const listPreferences = (
  tx: Tx,
  scope: Scope,
  { bot, since, before, limit }: PreferenceQuery,
) =>
  tx.query<PreferenceRecord>(list, [scope.workspace_id, since, before.at, before.id, bot, limit]);

const figures = statement(
  'preferences.figures',
  `select count(*)::int as asked, count(chosen_side)::int as chosen,
     count(*) filter (where chosen_side = 'first')::int as first,
     count(chosen_side) filter (where output_id = first)::int as own_first_n,
     count(*) filter (where output_id = first and chosen_side = 'first')::int as own_first,
     count(*) filter (where output_id = second and chosen_side = 'second')::int as own_second
   from preferences where workspace_id = $1 and asked_at >= $2 and asked_at < $3
     and ($4::text is null or bot = $4)`,
);
export interface PreferenceCounts {
  asked: number;
  chosen: number;
  first: number;
  own_first_n: number;
  own_first: number;
  own_second: number;
}
/** How often what was chosen, of what was asked in a stretch of time. */
export const countPreferences = async (
  tx: Tx,
  scope: Scope,
  { from, to, bot }: { from: string; to: string; bot: string | null },
) =>
  (
    await tx.query<PreferenceCounts>(figures, [scope.workspace_id, from, to, bot])
  )[0] as PreferenceCounts;
