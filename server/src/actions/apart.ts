import { isRefusal, type Message, Purpose, type Scope, stillHeld, wordsOf } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { lookAtClock } from '../store/clocks.ts';
import type { OpenDraft } from '../store/effects.ts';
import { findOutput } from '../store/outputs.ts';
import type { Composing } from './compose.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import { bodyOf } from './draft-end.ts';
import { sayPassed } from './effect.ts';
import { botPrincipal } from './hand-off.ts';
import { isToldHeld, replyWaits, withdraw } from './held.ts';
import type { Submission } from './output.ts';
import { besideIdOf, besideSubmissionOf, callSubmissionOf, replyIdOf } from './proposal.ts';
import type { Calling, Ground, Thought } from './think.ts';
import { type Apart, isAct } from './thought.ts';

interface Saying extends Composing {
  submit(scope: Scope, item: Submission): Promise<{ verdict: string }>;
}

/** Withdraws the replies that wait for a person in whose place this turn says or does something: to the
 *  same words, or to what was asked again with them. The others stay: a question is not lost because
 *  another is answered (rule W83).
 *  @param said what this turn comes to; undefined when it is a person's
 *  @returns those that stay */
export async function withdrawReplaced(
  saying: Saying,
  ground: Ground,
  drafts: OpenDraft[],
  said: Thought | Calling | undefined,
): Promise<OpenDraft[]> {
  const replaced = replacedBy(ground, drafts, said);
  await withdraw(saying, ground.scope, replaced);
  return drafts.filter((one) => !replaced.includes(one));
}

function replacedBy(
  { together }: Ground,
  drafts: OpenDraft[],
  said: Thought | Calling | undefined,
): OpenDraft[] {
  const asked = new Set(together.map(({ seq }) => seq));
  const told = said && 'text' in said ? said.text : '';
  return drafts.filter(({ content, for_seq, asks }) => {
    const body = bodyOf(content);
    if (!body || told.includes(wordsOf(body))) return true;
    if (!asked.has(for_seq)) return false;
    // What a language model writes, it writes to all that was asked.
    if (asks || !said || ('text' in said && said.written_by)) return true;
    return !openTold(said).some(({ message }) => message.seq <= for_seq);
  });
}

/** Beside words, what may be the beginning of the same question is answered with it; a call answers no
 *  words. */
const openTold = (said: Thought | Calling): Apart[] =>
  (said.apart ?? []).filter(({ came, own }) => !isAct(came) && (own || isAct(said)));

/** Says and does what was asked along with a call, each by its own gate, before the call is made or the
 *  question for it asked; what a reply that waits answers, waits with it (rule W83).
 *  @param stay replies that wait
 *  @returns why a person is to come for one of them, if one is */
export async function answerApart(
  saying: Saying,
  ground: Ground,
  said: Thought | Calling,
  stay: OpenDraft[],
): Promise<string | undefined> {
  if (!isAct(said)) return undefined;
  const all = said.apart ?? [];
  for (const [at, one] of all.entries()) {
    const { message, came, own } = one;
    const waits = stay.some(({ for_seq }) => message.seq <= for_seq);
    if (!own || (waits && !isAct(came))) continue;
    if (!('tool' in came)) {
      const first = all.findIndex((other) => other.message.id === message.id) === at;
      await sayBeside(saying, ground, one, idsOf(ground, message, at, first));
      continue;
    }
    const why = await callBeside(saying, ground, came, message.seq);
    if (why) return why;
  }
  return undefined;
}

/** What it may be said as. The turn of an earlier message may be under way still, or have drafted its
 *  reply too late to be seen: both go by its one id, so that none is said or decided twice.
 *  @param first of what is asked in its message */
const idsOf = (ground: Ground, message: Message, at: number, first: boolean): string[] => {
  const earlier = first && message.id !== ground.message.id;
  const own = earlier ? [replyIdOf({ message, turn: ground.turn })] : [];
  return [...own, besideIdOf(ground, at)];
};

async function sayBeside(
  saying: Saying,
  ground: Ground,
  { message, came }: Apart,
  ids: string[],
): Promise<void> {
  if ('tool' in came) return;
  const { ports, rulings } = saying;
  const { scope, turn, bot } = ground;
  for (const output_id of ids) {
    const item = besideSubmissionOf(ground, came, { seq: message.seq, id: output_id });
    const { verdict, of_turn } = await submitted(saying, scope, item);
    // Its turn was overtaken: what it would have said is not.
    if (of_turn && verdict === 'pass') continue;
    if (verdict === 'pass') await sayPassed(ports, rulings, scope, { bot: bot.name, output_id });
    if (verdict === 'hold') await replyWaits(ports, scope, bot.name, turn.id, output_id);
    return;
  }
}

async function callBeside(
  saying: Saying,
  ground: Ground,
  calling: Calling,
  seq: number,
): Promise<string | undefined> {
  const { scope, turn } = ground;
  const made = callSubmissionOf({ ...ground, turn: { ...turn, turn_seq: seq } }, calling);
  const metadata = { ...made.body.metadata, beside: seq };
  const call = { ...made, body: { ...made.body, metadata } };
  try {
    const { verdict } = await submitted(saying, scope, call);
    if (verdict === 'hold') await decisionAwaited(saying.ports, ground);
    return undefined;
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    if (refusal.code !== 'invalid' && refusal.code !== 'not_found') throw refusal;
    return `${calling.tool.name}: ${refusal.message}`;
  }
}

/** @returns the verdict, also where it was submitted before; `of_turn` when a turn of its own did */
async function submitted(
  { ports, submit }: Saying,
  scope: Scope,
  item: Submission,
): Promise<{ verdict: string | undefined; of_turn: boolean }> {
  try {
    return { ...(await submit(scope, item)), of_turn: false };
  } catch (refusal) {
    if (!isRefusal(refusal) || refusal.code !== 'id_taken') throw refusal;
    const known = await ports.database.transact(scope, (tx) =>
      findOutput(tx, scope, String(item.body.id)),
    );
    const beside = Purpose.safeParse(known?.metadata).data?.beside;
    return { verdict: known?.verdict, of_turn: beside === undefined };
  }
}

async function decisionAwaited(ports: Ports, { scope, turn, bot }: Ground): Promise<void> {
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    lookAtClock(tx, scope, turn.id);
    if (row.epoch !== turn.epoch || row.turn_seq !== turn.turn_seq) return;
    if (await isToldHeld(tx, scope, row)) return;
    const by = botPrincipal(scope, bot.name);
    saveTurn(tx, scope, by, stillHeld(row, handOf(ports, tx, by), null));
  });
}
