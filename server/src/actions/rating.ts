import {
  type Chat,
  type Customer,
  invalid,
  isRefusal,
  Moment,
  type Page,
  type Principal,
  type Rating,
  type RatingFilter,
  type RatingSubmission,
  refuse,
  resolve,
  type Thumb,
  type ThumbSubmission,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findConversation } from '../store/conversations.ts';
import { appendEvents } from '../store/events.ts';
import { thumbsOn } from '../store/feedback.ts';
import { whereItGoesOn } from '../store/merges.ts';
import { findMessage, lastAnswer } from '../store/messages.ts';
import { lockOutputs } from '../store/outputs.ts';
import { keepRating, listRatings, ratingsOf } from '../store/ratings.ts';
import { own, toChat } from './chat.ts';
import { handOf, lockConversation, lockWhereItGoesOn, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { botPrincipal } from './hand-off.ts';
import { cancelOutput, keepFeedback } from './read-output.ts';
import { within } from './within.ts';

/** What a customer thinks of one of the AI's replies: feedback on the output that it was. Said again
 *  the same it is said once; said otherwise, the last word counts (rule W54).
 *  @throws Refusal not_found, erased */
export async function thumbInChat(
  ports: Ports,
  by: Customer,
  id: string,
  message_id: string,
  { up, comment: words }: ThumbSubmission,
): Promise<Thumb> {
  const comment = words?.trim() || null;
  const thumb = await ports.database.transact(by, async (tx) => {
    await own(tx, await findConversation(tx, by, id), by, id);
    const message = await findMessage(tx, by, message_id);
    const output_id = message?.author_kind === 'bot' ? message.output_id : null;
    if (message?.conversation_id !== id || !output_id) throw refuse('not_found', { message_id });
    const [row] = await lockOutputs(tx, by, [output_id]);
    if (!row) throw refuse('not_found', { message_id });
    if (row.erased_at) throw refuse('erased', { message_id });
    const [known] = await thumbsOn(tx, by, [output_id], by.id);
    if (known?.up === up && known.comment === comment) return known;
    const said = { kind: 'thumb', up, ...(comment ? { comment } : {}) } as const;
    const { at } = await keepFeedback(ports, tx, by, { id: output_id, conversation_id: id }, said);
    return { up, comment, at };
  });
  ports.database.wake();
  return { up: thumb.up, comment: thumb.comment, at: thumb.at };
}

/** Whether a conversation that has ended helped (rule W55): one answer for each end, the last counts.
 *  @throws Refusal not_found, not_ended; invalid for a score that the scale has not */
export async function rateInChat(
  ports: Ports,
  by: Customer,
  id: string,
  { score, comment: words }: RatingSubmission,
): Promise<Chat> {
  const chat = await ports.database.transact(by, async (tx) => {
    const row = await own(tx, await lockConversation(tx, by, id), by, id);
    const scale = (await findBot(tx, by, row.bot))?.definition.asks_rating ?? 'none';
    const { resolved_at: ended_at } = row;
    if (row.state !== 'resolved' || row.merged_into || !ended_at || scale === 'none') {
      throw refuse('not_ended', { conversation_id: id });
    }
    if (scale === 'thumbs' && score !== 1 && score !== 5) {
      throw invalid({ field: 'score', message: 'is 5 for a thumb up and 1 for a thumb down' });
    }
    const comment = words?.trim() || null;
    const [last] = await ratingsOf(tx, by, id);
    const same = last?.ended_at === ended_at && last.score === score && last.comment === comment;
    if (same) return toChat(tx, by, row);
    const answer = await lastAnswer(tx, by, id);
    await keepRating(tx, by, {
      conversation_id: id,
      ended_at,
      contact_id: by.id,
      bot: row.bot,
      scale,
      score,
      comment,
      answered_kind: answer?.author_kind ?? null,
      answered_by: answer?.author_id ?? null,
      at: tx.now,
    });
    appendEvents(tx, by, by, [
      { type: 'conversation.rated', subject: id, data: { score, scale, ended_at } },
    ]);
    return toChat(tx, by, row);
  });
  ports.database.wake();
  return chat;
}

/** The customer has what they came for, or goes: their conversation ends, and nobody is asked for any
 *  more (rule W55). What they write later opens it again. @throws Refusal not_found */
export async function endInChat(
  ports: Ports,
  rulings: RulingsCache,
  by: Customer,
  id: string,
): Promise<Chat> {
  const chat = await ports.database.transact(by, async (tx) => {
    const at = await whereItGoesOn(tx, by, id);
    const before = await own(tx, await findConversation(tx, by, at), by, id);
    await withdrawHandOff(ports, rulings, tx, by, before.hand_off_output_id);
    const row = await own(tx, await lockWhereItGoesOn(tx, by, id), by, id);
    const turn = resolve(row, handOf(ports, tx, by), true);
    saveTurn(tx, by, by, turn);
    return toChat(tx, by, turn.next);
  });
  ports.database.wake();
  return chat;
}

/** The case first, then the conversation: the order in which everyone locks. */
async function withdrawHandOff(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  by: Customer,
  output_id: string | null,
): Promise<void> {
  if (!output_id) return;
  const system = botPrincipal(by, 'system');
  const inside = within(ports, tx, () => {});
  await cancelOutput(inside, rulings, system, output_id, 'The customer ended it.').catch(
    (refusal) => {
      // Somebody decided it meanwhile, and may have come; the customer has gone all the same.
      if (!isRefusal(refusal) || refusal.code !== 'already_resolved') throw refusal;
    },
  );
}

/** What customers said at the end, the newest first. @throws Refusal invalid (cursor) */
export const readRatings = (
  ports: Ports,
  by: Principal,
  { bot, since, until, cursor, limit }: RatingFilter,
): Promise<Page<Rating>> =>
  ports.database.transact(by, async (tx) => {
    const rows = await listRatings(tx, by, {
      bot: bot ?? null,
      since: since ?? '-infinity',
      before: cursor === undefined ? { at: until ?? 'infinity', id: '' } : placeOf(cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const end = page.at(-1);
    const next = rows.length > limit && end ? `${end.at}~${end.conversation_id}` : null;
    return { rows: page, next };
  });

function placeOf(cursor: string): { at: string; id: string } {
  const [at = '', id = '', ...rest] = cursor.split('~');
  if (rest.length || !id || !Moment.safeParse(at).success) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  return { at, id };
}
