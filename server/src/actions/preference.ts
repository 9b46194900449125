import {
  type Chat,
  type Customer,
  choosePreference,
  handOff,
  invalid,
  Moment,
  type Page,
  type Preference,
  type PreferenceFigures,
  type PreferenceFilter,
  type PreferenceRecord,
  type PreferenceSubmission,
  type Principal,
  Purpose,
  refuse,
  type Scope,
  type Side,
  shareOf,
  stands,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot, shareBots } from '../store/bots.ts';
import { findConversation } from '../store/conversations.ts';
import { lockOutputs, type OutputRow, outputsById } from '../store/outputs.ts';
import {
  countPreferences,
  keepChoice,
  lastPreference,
  listPreferences,
} from '../store/preferences.ts';
import { own, toChat } from './chat.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { bodyOf } from './draft-end.ts';
import { askForPerson, botPrincipal } from './hand-off.ts';
import { otherOf } from './question.ts';
import { keepFeedback } from './read-output.ts';
import { newSalt } from './salt.ts';

/** The customer says which of two answers is better: that one is said, and the choice is kept as
 *  feedback on it, with the place at which it stood, exactly once (rule W65). When the bot was stopped
 *  meanwhile, a person is asked for in its place.
 *  @throws Refusal not_found, preference_over */
export async function chooseInChat(
  ports: Ports,
  rulings: RulingsCache,
  by: Customer,
  id: string,
  { output_id }: PreferenceSubmission,
): Promise<Chat> {
  const chat = await ports.database.transact(by, async (tx) => {
    const { bot: name } = await own(tx, await findConversation(tx, by, id), by, id);
    // The bot before its conversation, as whoever says its words; so none is said after a stop.
    await shareBots(tx, [{ workspace_id: by.workspace_id, bot: name }]);
    const [output] = await lockOutputs(tx, by, [output_id]);
    const row = await own(tx, await lockConversation(tx, by, id), by, id);
    const asked = await lastPreference(tx, by, id);
    const side = asked && sideOf(asked, output_id);
    if (!output || !asked || !side) throw refuse('not_found', { output_id });
    if (asked.chosen_side === side) return toChat(tx, by, row);
    const body = output.content && !output.erased_at ? bodyOf(output.content) : undefined;
    if (!stands(row, asked) || !body) throw refuse('preference_over', { conversation_id: id });
    const bot = await findBot(tx, by, name);
    const speaker = botPrincipal(by, name);
    if (bot?.stopped_at) {
      const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'paused');
      const turn = handOff(row, handOf(ports, tx, speaker), wanted);
      saveTurn(tx, by, speaker, turn);
      return toChat(tx, by, turn.next);
    }
    const message = {
      id: ports.makeId('message', tx.now),
      salt: newSalt(ports.chance),
      author_kind: 'bot' as const,
      author_id: `bot:${name}`,
      author_name: bot?.title ?? name,
      audience: 'all' as const,
      body,
      output_id,
      approved_by: null,
      citations: Purpose.safeParse(output.metadata).data?.citations ?? [],
    };
    const over = otherOf(asked, output_id);
    const turn = choosePreference(row, { message, side, over }, tx.now);
    keepChoice(tx, by, asked.output_id, side);
    await keepFeedback(ports, tx, by, output, { kind: 'preference', over, side });
    saveTurn(tx, by, by, turn);
    return toChat(tx, by, turn.next);
  });
  ports.database.wake();
  return chat;
}

const sideOf = ({ first, second }: PreferenceRecord, id: string): Side | undefined =>
  first === id ? 'first' : second === id ? 'second' : undefined;

/** What customers chose, the newest question first, as one trains on it. @throws Refusal invalid (cursor) */
export const readPreferences = (
  ports: Ports,
  by: Principal,
  { bot, since, until, cursor, limit }: PreferenceFilter,
): Promise<Page<Preference>> =>
  ports.database.transact(by, async (tx) => {
    const rows = await listPreferences(tx, by, {
      bot: bot ?? null,
      since: since ?? '-infinity',
      before: cursor === undefined ? { at: until ?? 'infinity', id: '' } : placeOf(cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const ids = page.flatMap(({ first, second }) => [first, second]);
    const outputs = new Map((await outputsById(tx, by, ids)).map((one) => [one.id, one]));
    const end = page.at(-1);
    const next = rows.length > limit && end ? `${end.asked_at}~${end.output_id}` : null;
    return { rows: page.map((row) => learned(row, outputs)), next };
  });

function learned(row: PreferenceRecord, outputs: Map<string, OutputRow>): Preference {
  const { conversation_id, bot, asked_at } = row;
  const chosen_side = row.chosen_side ?? 'first';
  const chosen_output_id = row[chosen_side];
  const rejected_output_id = otherOf(row, chosen_output_id);
  const [chosen, rejected] = [outputs.get(chosen_output_id), outputs.get(rejected_output_id)];
  return {
    ...{ conversation_id, bot, asked_at, chosen_side, chosen_output_id, rejected_output_id },
    prompt: chosen?.input ?? null,
    chosen: chosen?.content ?? null,
    rejected: rejected?.content ?? null,
    chosen_is_own: chosen_output_id === row.output_id,
    chosen_at: row.chosen_at ?? asked_at,
  };
}

function placeOf(cursor: string): { at: string; id: string } {
  const [at = '', id = '', ...rest] = cursor.split('~');
  if (rest.length || !id || !Moment.safeParse(at).success) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  return { at, id };
}

/** What was chosen in a stretch of time, in shares with their intervals. */
export async function preferencesIn(
  tx: Tx,
  scope: Scope,
  cut: { from: string; to: string; bot: string | null },
): Promise<PreferenceFigures> {
  const { asked, chosen, first, own_first, own_first_n, own_second } = await countPreferences(
    tx,
    scope,
    cut,
  );
  return {
    ...{ asked, chosen },
    own: shareOf(own_first + own_second, chosen),
    own_when_first: shareOf(own_first, own_first_n),
    own_when_second: shareOf(own_second, chosen - own_first_n),
    first: shareOf(first, chosen),
  };
}
