import {
  atLeast,
  type Conversation,
  type ConversationRecord,
  type HandOffReason,
  type HandOffSubmission,
  handOff,
  invalid,
  type Principal,
  redirect,
  refuse,
  type Turn,
  Waiting,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findConversation } from '../store/conversations.ts';
import { handOf, joined } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import type { OpenDocket } from './docket.ts';
import { askForPerson } from './hand-off.ts';
import { firstOffer, openHandOff, type Sent } from './routing.ts';
import { act, note } from './wheel.ts';

/** Asks for another person: the conversation waits in a queue again, or for the colleague it is sent to,
 *  with the note that says why (rule W28). One that waits already is sent on.
 *  Refusals: not_found, wheel_taken, not_eligible, invalid (member_id, queue). */
export async function transfer(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  body: HandOffSubmission,
  reason: HandOffReason,
): Promise<Conversation> {
  if (body.member_id === by.id) {
    throw invalid({ field: 'member_id', message: 'is yourself; take the wheel, or name another' });
  }
  const sent = { by, body };
  let open: OpenDocket | undefined;
  return act(
    ports,
    by,
    id,
    async (tx) => {
      const waits = await findConversation(tx, by, id);
      open = await openHandOff(tx, by, rulings, waits?.hand_off_output_id ?? null);
    },
    async (row, tx) => {
      const { owner_kind: kind, owner_id } = row;
      if (kind === 'member' && owner_id !== by.id && !atLeast(by.role, 'lead')) {
        throw refuse('wheel_taken', { conversation_id: id, owner: { kind, id: owner_id } });
      }
      const hand = handOf(ports, tx, by);
      const noted = body.note?.trim() ? note(ports, row, hand, by, body.note) : undefined;
      const from = noted?.next ?? row;
      if (from.hand_off_output_id) return joined(noted, await sendOn(tx, open, from, sent));
      const bot = await findBot(tx, by, row.bot);
      const asked = await askForPerson(ports, rulings, tx, by, from, bot, reason, { sent });
      return joined(noted, handOff(from, hand, asked));
    },
  );
}

/** One that waits in a queue goes to a colleague or to another queue, and keeps its place in time. */
async function sendOn(
  tx: Tx,
  open: OpenDocket | undefined,
  row: ConversationRecord,
  { by, body }: Sent,
): Promise<Turn> {
  const { routing } = row;
  const { member_id, queue, skills, language } = body;
  const names = member_id ?? queue ?? skills ?? language;
  const its_own = open?.docket.record.output_id === row.hand_off_output_id;
  if (!open || !its_own || !routing || names === undefined) {
    return { next: row, messages: [], events: [] };
  }
  const anew = {
    ...routing,
    skills: skills ?? routing.skills,
    language: language ?? routing.language,
    sent_by: by.kind === 'member' ? by.id : null,
    note: body.note?.trim() || null,
    offer: null,
    // Whoever sends it on does not want it themselves.
    passed: [by.id],
    widened: 0,
  };
  const bot = await findBot(tx, by, row.bot);
  const waiting = Waiting.parse(bot?.definition.waiting ?? {});
  return redirect(row, await firstOffer(tx, by, open, anew, waiting, { by, body }));
}
