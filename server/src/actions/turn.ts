import {
  awaitDecision,
  endTurn,
  every_workspace,
  type HandOffReason,
  handOff,
  isRefusal,
  plus,
  type Scope,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { tellKept } from '../store/calls.ts';
import { lookAtClock } from '../store/clocks.ts';
import { type TurnRow, takeTurns } from '../store/conversations.ts';
import { openDrafts } from '../store/effects.ts';
import { findOutput } from '../store/outputs.ts';
import { answerApart, withdrawReplaced } from './apart.ts';
import { beyondHeld } from './beyond.ts';
import { type Composing, compose } from './compose.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import { sayPassed } from './effect.ts';
import { groundOf, groundWithin } from './ground.ts';
import { askForPerson, botPrincipal } from './hand-off.ts';
import { isToldHeld, isVoid, withdraw } from './held.ts';
import type { Minds } from './mind.ts';
import type { Submission } from './output.ts';
import { besideAnother, isDrawn } from './pairing.ts';
import { callSubmissionOf, replyIdOf, submissionOf } from './proposal.ts';
import { besideMade } from './several.ts';
import { leaveTurn, thinking_ms } from './streaming.ts';
import { backAgain, type Calling, type Ground, type Thought, think } from './think.ts';
import { onlyTold } from './thought.ts';

export type { TurnRow };

/** Turns that bots owe, taken so that no other server thinks about them too. */
export const turnsOwed = (ports: Ports, limit: number): Promise<TurnRow[]> =>
  ports.database.transact(every_workspace, (tx) => takeTurns(tx, plus(tx.now, thinking_ms), limit));

export interface Thinking extends Composing {
  minds: Minds;
  submit(scope: Scope, item: Submission): Promise<{ verdict: string }>;
}

/** One turn of a bot: what the customer said is answered, or a person is asked for. The answer is an
 *  output like any other and goes through the bot's gate; saying it is the effect of what was decided
 *  (rule W4). Thought about twice, after a server died, it is the same output, by its id. */
export async function takeTurn(thinking: Thinking, turn: TurnRow): Promise<void> {
  const { ports } = thinking;
  const scope = { workspace_id: turn.workspace_id };
  const begun = await beginTurn(ports, scope, turn);
  if (!begun) return;
  const { drafts } = begun;
  await withdraw(thinking, scope, drafts.filter(isVoid));
  const standing = drafts.filter((one) => !isVoid(one));
  if (begun.ground.bot.stopped_at) return handOver(thinking, begun.ground, 'paused');
  if (begun.ground.called) return callAsked(ports, begun.ground, begun.ground.called);
  const all = await think(thinking, begun.ground);
  const asked = await beyondHeld(thinking, { ground: begun.ground, first: all }, standing);
  const { ground, first } = asked;
  const begun_on = 'reason' in first ? undefined : first;
  const waits = await withdrawReplaced(thinking, ground, standing, begun_on);
  const drawn = await isDrawn(ports, ground, first);
  // Of two answers none is seen while it is written.
  const made = await compose(thinking, ground, first, (part) =>
    drawn ? undefined : submissionOf(ground, part),
  );
  const circles = made && 'reason' in made && made.reason !== 'off' && ground.given_back;
  const thought = circles ? backAgain(ground) : made;
  if (!thought) {
    if (thinking.closing.aborted) await leaveTurn(ports, ground);
    return;
  }
  const known = 'reason' in first ? undefined : onlyTold(first);
  const said = 'reason' in thought ? undefined : besideMade(ground.message, known, thought);
  const stay = await withdrawReplaced(thinking, ground, waits, said);
  if ('reason' in thought) return handOver(thinking, ground, thought.reason, thought.why);
  if (!said) return;
  // Writing takes seconds, in which somebody may have changed how freely the bot speaks.
  const latest = thought === first ? ground : await groundOf(ports, scope, turn);
  if (!latest) return;
  const lost = await answerApart(thinking, latest, said, stay);
  if (lost) return handOver(thinking, latest, 'tool', lost);
  if ('tool' in said) return submitCall(thinking, latest, said);
  const reply = drawn && known ? await besideAnother(thinking, latest, said, known) : said;
  await submitReply(thinking, latest, reply);
}

/** All that a turn needs to know, of one moment: what it stands on, and what was drafted before the
 *  customer said more. */
const beginTurn = (ports: Ports, scope: Scope, turn: TurnRow) =>
  ports.database.transact(scope, async (tx) => {
    const ground = await groundWithin(tx, scope, turn);
    if (!ground) return undefined;
    const drafts = await openDrafts(tx, scope.workspace_id, turn.id);
    // What this very turn drafted before its server died is its own.
    return { ground, drafts: drafts.filter(({ id }) => id !== replyIdOf(ground)) };
  });

/** Asks for a call at its gate (rule W50). What comes of it is told later, and meanwhile the
 *  conversation goes on; one that waits for a person the customer is told of at once. A call that its
 *  gate cannot even judge is a person's. */
async function submitCall(thinking: Thinking, ground: Ground, calling: Calling): Promise<void> {
  const { ports } = thinking;
  const { scope } = ground;
  const call = callSubmissionOf(ground, calling);
  try {
    const { verdict } = await thinking.submit(scope, call);
    await callAsked(ports, ground, verdict);
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    if (refusal.code === 'id_taken') {
      const known = await ports.database.transact(scope, (tx) =>
        findOutput(tx, scope, String(call.body.id)),
      );
      return callAsked(ports, ground, known?.verdict ?? 'pass');
    }
    if (refusal.code !== 'invalid' && refusal.code !== 'not_found') throw refusal;
    await handOver(thinking, ground, 'tool', `${calling.tool.name}: ${refusal.message}`);
  }
}

const callAsked = (ports: Ports, ground: Ground, verdict: string): Promise<void> =>
  verdict === 'hold' ? decisionAwaited(ports, ground) : turnEnded(ports, ground);

async function decisionAwaited(ports: Ports, { scope, turn, bot }: Ground): Promise<void> {
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    const by = botPrincipal(scope, bot.name);
    const asked = { epoch: turn.epoch, for_seq: turn.turn_seq };
    const told = (await isToldHeld(tx, scope, row))
      ? endTurn(row, asked, tx.now)
      : awaitDecision(row, handOf(ports, tx, by), asked);
    if (told) saveTurn(tx, scope, by, told);
    // Nobody waits for ever on what nobody decides on (rule W101).
    lookAtClock(tx, scope, turn.id);
  });
  ports.database.wake();
}

/** What does not pass waits for a person, and the bot owes nothing more; what was seen of it meanwhile
 *  stands, cut off (rule W14). */
async function submitReply(thinking: Thinking, ground: Ground, thought: Thought): Promise<void> {
  const { scope, bot } = ground;
  const { ports, rulings } = thinking;
  let verdict: string | undefined;
  try {
    ({ verdict } = await thinking.submit(scope, submissionOf(ground, thought)));
    if (verdict === 'pass') {
      return sayPassed(ports, rulings, scope, { bot: bot.name, output_id: replyIdOf(ground) });
    }
  } catch (refusal) {
    // It was submitted before the server that thought of it died.
    if (!isRefusal(refusal) || refusal.code !== 'id_taken') throw refusal;
    const known = await ports.database.transact(scope, (tx) =>
      findOutput(tx, scope, replyIdOf(ground)),
    );
    verdict = known?.verdict;
    if (verdict === 'pass') return;
  }
  await turnEnded(ports, ground, verdict === 'hold' ? replyIdOf(ground) : undefined);
}

/** @param held a reply that waits for a person, of which its customer is to be told (rule W80) */
async function turnEnded(ports: Ports, ground: Ground, held?: string): Promise<void> {
  const { scope, turn, bot } = ground;
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    if (ground.called) tellKept(tx, scope, turn.id);
    const ended = endTurn(row, { epoch: turn.epoch, for_seq: turn.turn_seq, held }, tx.now);
    if (ended) saveTurn(tx, scope, botPrincipal(scope, bot.name), ended);
    if (held) lookAtClock(tx, scope, turn.id);
  });
  ports.database.wake();
}

/** Gives the wheel to the queue, and opens the case for it, in one transaction. */
export async function handOver(
  { ports, rulings }: Pick<Thinking, 'ports' | 'rulings'>,
  { scope, turn, bot }: Ground,
  reason: HandOffReason,
  why?: string,
): Promise<void> {
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    if (row.epoch !== turn.epoch || row.owner_kind !== 'bot' || row.hand_off_output_id) return;
    const by = botPrincipal(scope, bot.name);
    const wanted = await askForPerson(ports, rulings, tx, scope, row, bot, reason, { why });
    saveTurn(tx, scope, by, handOff(row, handOf(ports, tx, by), wanted));
  });
  ports.database.wake();
}
