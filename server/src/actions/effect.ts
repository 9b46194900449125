import {
  type Brief,
  every_workspace,
  handBack,
  isRefusal,
  nobodyCame,
  Purpose,
  type Scope,
  speak,
  type Turn,
  take,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot, shareBots } from '../store/bots.ts';
import { findCall } from '../store/calls.ts';
import { lockConversations } from '../store/conversations.ts';
import { botsOf, type Cause, causesBetween } from '../store/effects.ts';
import { type Actor, appendEvents } from '../store/events.ts';
import { endOfPage, moveReader, takeReader } from '../store/fan-out.ts';
import { namesOf } from '../store/members.ts';
import { isSaid } from '../store/messages.ts';
import { findOutput, type OutputRow } from '../store/outputs.ts';
import { callDecided } from './call-decided.ts';
import { noted, notedCalledOff } from './call-note.ts';
import { handOf, joined, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { bodyOf, keepDraftEnd } from './draft-end.ts';
import { asked, type Ground } from './effect-ground.ts';
import { botPrincipal } from './hand-off.ts';
import { askWhich } from './question.ts';
import { newSalt } from './salt.ts';

const reader = 'conversations';
const page_size = 200;

/** What decided outputs cause in conversations, each exactly once: the place in the log moves in the
 *  transaction that says what was decided (rule W4). A reply is said if the bot still has the wheel
 *  under the epoch that it was made in; a hand-off gives the wheel to whoever answered it.
 *  @returns how much was passed that means anything here, or that more follows; `soon` where it is
 *  hidden yet; and the conversations whose drafts are void */
export async function carryOut(
  ports: Ports,
  rulings: RulingsCache,
): Promise<{ passed: number | 'soon'; void_drafts_of: { workspace_id: string; id: string }[] }> {
  return ports.database.transact(every_workspace, async (tx) => {
    const from = await takeReader(tx, reader);
    const to = from && (await endOfPage(tx, from, page_size));
    // Another server has the turn, or what happened is hidden yet.
    if (!from || to?.count === 0) return { passed: 'soon', void_drafts_of: [] };
    if (!to) return { passed: 0, void_drafts_of: [] };
    const causes = await causesBetween(tx, from, to);
    const decided = causes.filter(({ type }) => type === 'output.decided');
    // No bot is stopped between here and the end, so none speaks after its stop (rule W9).
    if (decided.length) await shareBots(tx, await botsOf(tx, decided));
    // In one order, as whoever else locks several.
    for (const cause of inOrder(decided)) await carryOutOne(ports, rulings, tx, cause);
    moveReader(tx, reader, to);
    const void_drafts_of = causes
      .filter(({ type }) => type !== 'output.decided')
      .map(({ workspace_id, subject: id }) => ({ workspace_id, id }));
    const more = to.count === page_size;
    return { passed: causes.length || (more ? to.count : 0), void_drafts_of };
  });
}

const inOrder = (causes: Cause[]): Cause[] =>
  causes
    .map((cause) => ({ cause, key: `${cause.workspace_id} ${cause.conversation_id}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ cause }) => cause);

/** Says at once what its gate has just let pass, so that no customer waits until it is read of in the
 *  log; there it is found said. What cannot be said any more is the log's to deal with. */
export async function sayPassed(
  ports: Ports,
  rulings: RulingsCache,
  scope: Scope,
  { bot, output_id }: { bot: string; output_id: string },
): Promise<void> {
  const said = await ports.database.transact(scope, async (tx) => {
    // The bot before its conversation, and no stop between here and the end (rule W9).
    await shareBots(tx, [{ ...scope, bot }]);
    const ground = await causedBy(ports, rulings, tx, scope, output_id);
    if (ground?.output.outcome?.status !== 'passed' || ground.bot?.stopped_at) return false;
    const turn = await spoken(ground);
    if (typeof turn !== 'object') return false;
    saveTurn(tx, scope, botPrincipal(scope, bot), turn);
    return true;
  });
  if (said) ports.database.wake();
}

/** What a decided output of a bot of ours means for its conversation, which is locked.
 *  @returns undefined when it means nothing, or was said already */
async function causedBy(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  output_id: string,
): Promise<Ground | undefined> {
  const output = await findOutput(tx, scope, output_id);
  const purpose = Purpose.safeParse(output?.metadata).data;
  // Only a bot of ours speaks by way of its outputs; another's may name a conversation as it likes.
  if (!output?.outcome || !purpose || !output.conversation_id) return undefined;
  if (output.created_by !== `bot:${purpose.bot}`) return undefined;
  const { conversation_id } = output;
  const [row] = await lockConversations(tx, scope, [conversation_id]);
  if (!row || row.erased_at) return undefined;
  const word = { conversation_id, for_seq: purpose.for_seq, output_id };
  if (purpose.purpose === 'reply' && (await isSaid(tx, scope, word))) return undefined;
  const bot = await findBot(tx, scope, row.bot);
  return { ports, rulings, tx, scope, row, output, purpose, bot };
}

async function carryOutOne(ports: Ports, rulings: RulingsCache, tx: Tx, cause: Cause) {
  const scope = { workspace_id: cause.workspace_id };
  const ground = await causedBy(ports, rulings, tx, scope, cause.subject);
  if (!ground) return;
  const { output, purpose, row } = ground;
  const came = await effects[purpose.purpose](ground);
  const sent =
    typeof came === 'object' && came.messages.some(({ output_id }) => output_id === output.id);
  const turn = sent ? came : await untold(ground, came);
  const by = output.outcome?.by ?? '';
  const actor: Actor =
    purpose.purpose === 'hand_off' && by.startsWith('mem_')
      ? { id: by, kind: 'member' }
      : botPrincipal(scope, purpose.bot);
  if (typeof came === 'string') {
    const data = { output_id: output.id, why: came };
    const type = purpose.purpose === 'call' ? 'call.dropped' : 'message.dropped';
    const subject = type === 'call.dropped' ? output.id : row.id;
    appendEvents(tx, scope, actor, [{ type, subject, data }]);
  }
  if (turn) saveTurn(tx, scope, actor, turn);
  if (purpose.purpose === 'reply') keepDraftEnd(tx, scope, output, purpose, sent);
}

/** What was to tell what came of a call and is not said stands as a note for whoever has the wheel. */
async function untold(ground: Ground, came: Turn | string | undefined): Promise<Turn | undefined> {
  const { ports, tx, scope, row, purpose } = ground;
  if (typeof came === 'string' && purpose.purpose === 'call') return notedCalledOff(ground);
  const turn = typeof came === 'object' ? came : undefined;
  const call = purpose.call ? await findCall(tx, scope, purpose.call) : undefined;
  if (!call) return turn;
  return noted(ports, tx, turn ?? { next: row, messages: [], events: [] }, call);
}

type Effect = (ground: Ground) => Promise<Turn | string | undefined>;
const effects: Record<Purpose['purpose'], Effect> = {
  reply: replied,
  // It is said only when its customer chooses it.
  alternative: async () => undefined,
  hand_off: wheelGiven,
  call: callDecided,
};

/** The bot's reply is said, or a person is asked for in its place, so that no decision ends in
 *  silence. */
async function replied(ground: Ground): Promise<Turn | string | undefined> {
  const { row, output, purpose, bot } = ground;
  const { epoch } = purpose;
  const outcome = output.outcome;
  if (outcome?.status === 'cancelled') return undefined;
  const passed = ['passed', 'approved', 'edited', 'answered'].includes(outcome?.status ?? '');
  if (!passed || !wordsIn(output)) {
    if (row.owner_kind !== 'bot' || row.epoch !== epoch) return 'taken';
    if (outcome?.status === 'blocked') {
      return asked(ground, outcome.by_rule ? 'rule' : 'blocked', { why: outcome.reason });
    }
    if (outcome?.status !== 'expired') return asked(ground, 'rejected');
    return asked(ground, 'undecided', { suggestion: suggestionIn(output, purpose) });
  }
  if (bot?.stopped_at && row.owner_kind === 'bot' && row.epoch === epoch) {
    return asked(ground, 'paused');
  }
  return spoken(ground);
}

const wordsIn = ({ outcome }: OutputRow) =>
  outcome?.content === undefined ? undefined : bodyOf(outcome.content);

/** What was decided to be said, in the conversation; or why it cannot be said any more. */
async function spoken(ground: Ground): Promise<Turn | string | undefined> {
  const { ports, tx, scope, row, output, purpose, bot } = ground;
  const body = wordsIn(output);
  if (!body) return undefined;
  const asking = await askWhich(tx, scope, row, output, purpose);
  if (asking !== 'alone') return asking;
  const { outcome } = output;
  const by_person = outcome?.status === 'passed' ? null : (outcome?.by ?? null);
  const message = {
    id: ports.makeId('message', tx.now),
    salt: newSalt(ports.chance),
    author_kind: 'bot' as const,
    author_id: `bot:${purpose.bot}`,
    author_name: bot?.title ?? purpose.bot,
    audience: 'all' as const,
    body,
    output_id: output.id,
    approved_by: by_person,
    citations: purpose.citations ?? [],
  };
  const { epoch, for_seq, message_id, call } = purpose;
  const manner = { tells: call !== undefined, beside: purpose.beside !== undefined };
  const turn = speak(row, { epoch, for_seq, message, message_id, ...manner }, tx.now);
  return typeof turn === 'string' ? turn : passedOn(ground, turn);
}

/** What was said leaves a question to a person, who is asked for in the same moment (rule W99). */
async function passedOn(ground: Ground, turn: Turn): Promise<Turn> {
  const { asked: open = [], leaves } = ground.purpose.open ?? {};
  if (!leaves) return turn;
  return joined(
    turn,
    await asked({ ...ground, row: turn.next }, leaves.reason, { ...leaves, open }),
  );
}

/** What nobody decided on, for whoever comes to use or to leave. */
function suggestionIn({ content }: OutputRow, { citations = [] }: Purpose): Brief['suggestion'] {
  const body = content === undefined ? undefined : bodyOf(content);
  const text = body ? wordsOf(body) : '';
  return text ? { text, citations } : null;
}

/** A hand-off was decided. One that the conversation no longer waits for changes nothing: whoever took
 *  the wheel did so in their own transaction. */
async function wheelGiven(ground: Ground): Promise<Turn | string | undefined> {
  const { ports, tx, scope, row, output, purpose } = ground;
  const { outcome } = output;
  if (row.hand_off_output_id !== output.id || !outcome) return undefined;
  if (outcome.status !== 'answered') {
    const hand = handOf(ports, tx, botPrincipal(scope, purpose.bot));
    return nobodyCame(row, hand, output.id);
  }
  const names = await namesOf(tx, scope, [outcome.by]);
  const hand = handOf(ports, tx, { id: outcome.by, name: names.get(outcome.by) ?? outcome.by });
  try {
    return outcome.values?.wheel === 'hand_back' ? handBack(row, hand, true) : take(row, hand);
  } catch (refusal) {
    if (isRefusal(refusal)) return 'taken';
    throw refusal;
  }
}
