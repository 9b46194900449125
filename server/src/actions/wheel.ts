import {
  atLeast,
  type Conversation,
  type ConversationChange,
  type ConversationRecord,
  change,
  handBack,
  isRefusal,
  labelsOf,
  type Principal,
  type ResolveSubmission,
  refuse,
  reply,
  resolve,
  standing,
  type TakeSubmission,
  type Turn,
  take,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findConversation } from '../store/conversations.ts';
import { findOutput, type OutputRow } from '../store/outputs.ts';
import { answerCases } from './answer.ts';
import { checkStillHere, handOf, joined, lockConversation, saveTurn } from './conversation.ts';
import { viewOf } from './conversation-view.ts';
import type { RulingsCache } from './definition.ts';
import { giveTo, openHandOff } from './routing.ts';
import { newSalt } from './salt.ts';
import { summaryWithin } from './summary.ts';
import { within } from './within.ts';

type Act = (row: ConversationRecord, tx: Tx) => Turn | Promise<Turn>;

/** One act on a conversation, in one transaction. Where a person was asked for between `before` and the
 *  lock, what `before` locked is not what the conversation waits for: nothing of it stands, and it is
 *  begun anew (rule W132).
 *  @param before locks what is to be locked before the conversation */
export async function act(
  ports: Ports,
  by: Principal,
  id: string,
  before: (tx: Tx) => Promise<unknown>,
  run: Act,
): Promise<Conversation> {
  for (;;) {
    try {
      const view = await ports.database.transact(by, async (tx) => {
        const seen = await findConversation(tx, by, id);
        await before(tx);
        const row = await lockConversation(tx, by, id);
        const { hand_off_output_id: waits_for } = row;
        if (waits_for && waits_for !== seen?.hand_off_output_id) throw new Meanwhile();
        const turn = await run(standing(row), tx);
        return viewOf(tx, by, saveTurn(tx, by, by, turn));
      });
      ports.database.wake();
      return view;
    } catch (thrown) {
      if (!(thrown instanceof Meanwhile)) throw thrown;
    }
  }
}
/** A person was asked for meanwhile; thrown, so that what was written before is taken back. */
class Meanwhile extends Error {}
const nothing = async () => {};

/** Takes the wheel of a conversation (rule W3). Where a case waits that asks for a person, this is its
 *  answer, in the same transaction: of two who take it one gets it and the other is told who.
 *  @param how `force` takes it from another member, a lead's right; `note` tells the team why
 *  Refusals: not_found, wheel_taken, forbidden, and those of an answer. */
export const takeWheel = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  { force, note: why }: TakeSubmission,
): Promise<Conversation> =>
  act(
    ports,
    by,
    id,
    async (tx) => {
      if (by.kind !== 'member') return;
      await checkStillHere(tx, by);
      await answerHandOff(ports, rulings, tx, by, id, 'take');
    },
    (row, tx) => {
      if (by.kind !== 'member') {
        throw refuse('forbidden', {}, 'A person takes the wheel, and no program does.');
      }
      const hand = handOf(ports, tx, by);
      const noted = why?.trim() ? note(ports, row, hand, by, why) : undefined;
      const forced = { force: force && atLeast(by.role, 'lead') };
      return joined(noted, take(noted?.next ?? row, hand, forced));
    },
  );

/** The case first, then the conversation: the order in which everyone locks. */
export async function answerHandOff(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  by: Principal,
  id: string,
  wheel: 'take' | 'hand_back',
): Promise<void> {
  const row = await findConversation(tx, by, id);
  const asked = row?.hand_off_output_id
    ? await findOutput(tx, by, row.hand_off_output_id)
    : undefined;
  if (!asked?.case_id) return;
  if (asked.outcome) return refuseSecond(asked, by, id);
  const open = await openHandOff(tx, by, rulings, asked.id);
  const assigned_to = open?.docket.record.assigned_to;
  // An offer says who is asked first; whoever comes by their own hand is as good (rule W11). What a
  // lead gave to somebody is theirs alone.
  if (open && assigned_to && assigned_to !== by.id && assigned_to === row?.routing?.offer?.to) {
    giveTo(tx, by, open, { to: by.id }, 'taken');
  }
  const answer = { by, case_id: asked.case_id, body: { ...plain_answer, values: { wheel } } };
  const [result] = await answerCases(
    within(ports, tx, () => {}),
    rulings,
  )(by, [answer]);
  if (!result || result.ok) return;
  if (!isRefusal(result.refusal) || result.refusal.code !== 'already_resolved')
    throw result.refusal;
  // Another answered it while this one waited for the case: whose wheel it is now stands in the rows.
  const still = await findConversation(tx, by, id);
  const decided = await findOutput(tx, by, asked.id);
  if (decided && still?.hand_off_output_id === asked.id) refuseSecond(decided, by, id);
}

/** Whoever answered the case first has the wheel, also before that was carried out. */
function refuseSecond({ outcome }: OutputRow, by: Principal, conversation_id: string): void {
  if (outcome?.values?.wheel !== 'take' || outcome.by === by.id) return;
  throw refuse('wheel_taken', { conversation_id, owner: { kind: 'member', id: outcome.by } });
}
const plain_answer = { status: 'submitted', shown_suggestion: false, spent_ms: 0 } as const;

/** Who notes what was put together by rules: nobody wrote it. */
export const from_rules = { kind: 'system', id: 'system', name: null } as const;

/** Gives the wheel back to the bot, with what happened meanwhile for it and for whoever comes next
 *  (rule W45).
 *  @param summary left out, it is put together from what was said; an empty one leaves none
 *  Refusals: not_found, wheel_taken. */
export const giveBack = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  summary: string | undefined,
): Promise<Conversation> =>
  act(
    ports,
    by,
    id,
    (tx) => answerHandOff(ports, rulings, tx, by, id, 'hand_back'),
    async (row, tx) => {
      const hand = handOf(ports, tx, by);
      const own = summary ?? (await summaryWithin(tx, by, row));
      const author = summary === undefined ? from_rules : by;
      const noted = own.trim() ? note(ports, row, hand, author, own) : undefined;
      const back = handBack(noted?.next ?? row, hand, atLeast(by.role, 'lead'));
      return joined(noted, back);
    },
  );

/** What a member says of it to the team. */
export function note(
  ports: Ports,
  row: ConversationRecord,
  hand: ReturnType<typeof handOf>,
  by: { kind: string; id: string; name: string | null },
  text: string,
): Turn {
  return reply(row, hand, {
    id: ports.makeId('message', hand.now),
    salt: newSalt(ports.chance),
    author_kind: by.kind === 'system' ? 'system' : 'member',
    author_id: by.id,
    author_name: by.name,
    audience: 'team',
    body: { kind: 'text', text },
  });
}

/** Ends a conversation, until the customer writes again; not over what they wrote since it was read
 *  (rule W92). Refusals: not_found, wheel_taken, stale. */
export const resolveConversation = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  { seen_seq }: ResolveSubmission = {},
): Promise<Conversation> =>
  act(
    ports,
    by,
    id,
    (tx) => answerHandOff(ports, rulings, tx, by, id, 'take'),
    (row, tx) => resolve(row, handOf(ports, tx, by), atLeast(by.role, 'lead'), seen_seq),
  );

/** Changes what the team keeps of a conversation. @throws Refusal not_found */
export const changeConversation = (
  ports: Ports,
  by: Principal,
  id: string,
  { labels, ...body }: ConversationChange,
): Promise<Conversation> => {
  const kept = labels ? { labels: labelsOf(labels) } : {};
  return act(ports, by, id, nothing, (row) => change(row, { ...body, ...kept }));
};
