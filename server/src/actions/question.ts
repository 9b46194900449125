import {
  type AskedPreference,
  askPreference,
  type ConversationRecord,
  type Pair,
  type PreferenceQuestion,
  type PreferenceRecord,
  Purpose,
  type Scope,
  stands,
  type Turn,
  wordsOf,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findOutput, type OutputRow, outputsById } from '../store/outputs.ts';
import {
  findPreference,
  insertPreference,
  lastPreference,
  preferencesOf,
} from '../store/preferences.ts';
import { bodyOf } from './draft-end.ts';

/** Asks which of two answers is better, in the transaction in which the second of them was decided
 *  (rule W65). @returns 'alone' when the answer is to be said by itself; undefined when it was asked
 *  already; else why it is not asked */
export async function askWhich(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  output: OutputRow,
  purpose: Purpose,
): Promise<Turn | string | undefined> {
  const { pair, epoch, for_seq } = purpose;
  if (!pair || output.outcome?.status !== 'passed') return 'alone';
  if (await findPreference(tx, scope, output.id)) return undefined;
  const other = await findOutput(tx, scope, otherOf(pair, output.id));
  if (other?.outcome?.status !== 'passed' || other.erased_at) return 'alone';
  const turn = askPreference(row, { epoch, for_seq, pair }, tx.now);
  if (typeof turn === 'string') return turn;
  const { id: conversation_id, contact_id, bot } = row;
  const asked = { conversation_id, contact_id, bot, epoch, for_seq, ...pair };
  insertPreference(tx, scope, { ...asked, output_id: output.id });
  return turn;
}

/** The other output of two. */
export const otherOf = ({ first, second }: Pair, id: string): string =>
  first === id ? second : first;

/** What is asked of a customer now; null when nothing is. */
export async function questionIn(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
): Promise<PreferenceQuestion | null> {
  if (row.owner_kind !== 'bot' || row.turn_seq !== null) return null;
  const asked = await lastPreference(tx, scope, row.id);
  if (!asked || !(await isOpen(tx, scope, row, asked))) return null;
  const rows = await outputsById(tx, scope, [asked.first, asked.second]);
  const [first, second] = [shownIn(rows, asked.first), shownIn(rows, asked.second)];
  return first && second ? { first, second } : null;
}

const isOpen = async (
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  asked: PreferenceRecord,
): Promise<boolean> => stands(row, asked) && !(await findBot(tx, scope, row.bot))?.stopped_at;

function shownIn(rows: OutputRow[], id: string) {
  const output = rows.find((one) => one.id === id);
  const body = output && !output.erased_at && output.content ? bodyOf(output.content) : undefined;
  const { citations = [] } = Purpose.safeParse(output?.metadata).data ?? {};
  return body && { output_id: id, text: wordsOf(body), citations };
}

const most_shown = 20;

/** What was asked of the customer in a conversation, oldest first, for the team to read. */
export async function questionsIn(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
): Promise<AskedPreference[]> {
  const asked = await preferencesOf(tx, scope, row.id, most_shown);
  const [last] = asked;
  if (!last) return [];
  const ids = asked.flatMap(({ first, second }) => [first, second]);
  const rows = await outputsById(tx, scope, ids);
  const open = await isOpen(tx, scope, row, last);
  return asked.toReversed().map((one) => {
    const answer = (id: string) => {
      const { text = null, citations = [] } = shownIn(rows, id) ?? {};
      return { output_id: id, text, citations, is_own: id === one.output_id };
    };
    const { for_seq, asked_at, chosen_side } = one;
    const [first, second] = [answer(one.first), answer(one.second)];
    return { for_seq, first, second, asked_at, chosen_side, stands: open && one === last };
  });
}
