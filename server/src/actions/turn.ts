import {
  type Citation,
  endTurn,
  every_workspace,
  type HandOffReason,
  handOff,
  idFrom,
  isRefusal,
  type JsonObject,
  type Message,
  type OutputSubmission,
  type Purpose,
  plus,
  type Scope,
  saidTogether,
  smallTalkOf,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { contactsById } from '../store/contacts.ts';
import { findConversation, type TurnRow, takeTurns } from '../store/conversations.ts';
import { openDrafts } from '../store/effects.ts';
import { findOutput } from '../store/outputs.ts';
import { circumstancesOf } from './circumstances.ts';
import { type Composing, compose } from './compose.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import { askForPerson, botPrincipal, briefOf } from './hand-off.ts';
import type { Minds } from './mind.ts';
import type { Submission } from './output.ts';
import { cancelOutput } from './read-output.ts';
import { leaveTurn, thinking_ms } from './streaming.ts';
import { backAgain, type Ground, type Thought, think } from './think.ts';

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
  const ground = await groundOf(ports, scope, turn);
  if (!ground) return;
  await voidDrafts(thinking, turn.workspace_id, turn.id);
  if (ground.bot.stopped_at) return handOver(thinking, ground, 'paused');
  const first = await think(thinking, ground);
  const made =
    'reason' in first
      ? first
      : await compose(thinking, ground, first, (part) => submissionOf(ground, part));
  const circles = made && 'reason' in made && made.reason !== 'rule' && ground.given_back;
  const thought = circles ? backAgain(ground) : made;
  if (!thought) {
    if (thinking.closing.aborted) await leaveTurn(ports, ground);
    return;
  }
  if ('reason' in thought) {
    const { reason, why } = thought;
    await handOver(thinking, ground, reason, why);
    return;
  }
  // Writing takes seconds, in which somebody may have changed how freely the bot speaks.
  const latest = thought === first ? ground : await groundOf(ports, scope, turn);
  if (!latest) return;
  await submitReply(thinking, latest, thought);
}

/** What does not pass waits for a person, and the bot owes nothing more; what was seen of it meanwhile
 *  stands, cut off (rule W14). */
async function submitReply(thinking: Thinking, ground: Ground, thought: Thought): Promise<void> {
  const { scope } = ground;
  try {
    const { verdict } = await thinking.submit(scope, submissionOf(ground, thought));
    if (verdict === 'pass') return;
  } catch (refusal) {
    // It was submitted before the server that thought of it died.
    if (!isRefusal(refusal) || refusal.code !== 'id_taken') throw refusal;
    const known = await thinking.ports.database.transact(scope, (tx) =>
      findOutput(tx, scope, outputIdOf(ground)),
    );
    if (known?.verdict === 'pass') return;
  }
  await turnEnded(thinking.ports, ground);
}

async function turnEnded(ports: Ports, { scope, turn, bot }: Ground): Promise<void> {
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    const ended = endTurn(row, { epoch: turn.epoch, for_seq: turn.turn_seq }, tx.now);
    if (ended) saveTurn(tx, scope, botPrincipal(scope, bot.name), ended);
  });
  ports.database.wake();
}

/** Whoever thinks of it again meets it by its id; once the wheel came back from a person it is another. */
const outputIdOf = ({ message, turn }: Ground) => idFrom('output', message.id, turn.epoch);

async function groundOf(ports: Ports, scope: Scope, turn: TurnRow): Promise<Ground | undefined> {
  return ports.database.transact(scope, async (tx) => {
    const row = await findConversation(tx, scope, turn.id);
    const bot = await findBot(tx, scope, turn.bot);
    if (!row || !bot || row.epoch !== turn.epoch || row.turn_seq !== turn.turn_seq)
      return undefined;
    const { input, messages } = await briefOf(tx, scope, row);
    const message = messages.find(({ seq }) => seq === turn.turn_seq);
    if (!message) return undefined;
    const asked = askedIn(messages, message);
    const earlier = messages.filter(
      (one) =>
        one.seq < turn.turn_seq &&
        one.audience === 'all' &&
        one.author_kind !== 'system' &&
        !asked.together.includes(one),
    );
    const known = (await contactsById(tx, scope, [row.contact_id])).get(row.contact_id);
    // What they write in goes before what their browser says.
    const contact = known && { ...known, language: row.language ?? known.language };
    const as_now = { ...turn, posture: row.posture, language: row.language };
    const summaries = summariesIn(messages);
    const given_back = messages.some(
      ({ seq, body }) => seq > turn.turn_seq && body.kind === 'line' && body.line === 'handed_back',
    );
    const said = { ...asked, message, earlier, summaries, given_back };
    const { labels } = row;
    return { scope, turn: as_now, bot, contact, labels, input, ...said, now: tx.now };
  });
}

/** What the bot is to answer, of all that was said (rule W67). */
export function askedIn(
  messages: Message[],
  message: Message,
): Pick<Ground, 'together' | 'asking' | 'asked'> {
  const together = saidTogether(messages, message.seq);
  const asking = together.map(({ body }) => wordsOf(body)).filter((one) => !smallTalkOf(one));
  return { together, asking, asked: asking.join('\n') || wordsOf(message.body) };
}

/** The notes that the wheel came back with; other notes of the team are not for the bot to know. */
const summariesIn = (messages: Message[]): string[] =>
  messages.flatMap(({ body }, at) => {
    const before = messages[at - 1];
    const back = body.kind === 'line' && body.line === 'handed_back';
    const own = before?.audience === 'team' && before.whisper_to === null;
    return back && own ? [wordsOf(before.body)] : [];
  });

/** What a bot would say, as the output that its gate judges. */
export function submissionOf(ground: Ground, thought: Thought): Submission {
  const { scope, turn, bot, input } = ground;
  const { text, body, confidence, scores, topic, citations, written_by, message_id } = thought;
  const about = (one: string | undefined) => circumstancesOf(ground, one);
  const purpose: Purpose = {
    purpose: 'reply',
    bot: bot.name,
    epoch: turn.epoch,
    for_seq: turn.turn_seq,
    ...(message_id ? { message_id } : {}),
  };
  const submission: OutputSubmission = {
    id: outputIdOf(ground),
    input: withSources(input, citations),
    content: body ?? text,
    confidence,
    scores,
    model: `bot:${bot.name}`,
    model_version: String(bot.version),
    conversation_id: turn.id,
    metadata: {
      ...purpose,
      ...about(topic),
      ...(written_by ? { written_by } : {}),
      citations,
    },
  };
  const draft_only =
    turn.posture === 'draft'
      ? 'the assistant only drafts in this conversation'
      : 'this assistant only drafts';
  const posture = turn.posture ?? bot.definition.posture;
  return {
    by: botPrincipal(scope, bot.name),
    gate: bot.definition.gate,
    body: submission,
    // What answers several questions goes by the strictest that any of them would go by.
    judged_as: thought.other_topics?.map((one) => ({
      ...submission,
      metadata: { ...submission.metadata, ...about(one) },
    })),
    hold_reason: posture === 'draft' ? draft_only : undefined,
  };
}

/** What the answer rests on stands beside it, for whoever approves it. */
const withSources = (input: JsonObject, citations: Citation[]): JsonObject => ({
  ...input,
  facts: [
    ...(Array.isArray(input.facts) ? input.facts : []),
    ...citations.map(({ title, url }) => ({
      label: 'Source',
      value: url ? `${title} (${url})` : title,
    })),
  ],
});

/** Gives the wheel to the queue, and opens the case for it, in one transaction. */
async function handOver(
  { ports, rulings }: Thinking,
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

/** Withdraws what a bot drafted before the customer said more, or before a person took the wheel. */
export async function voidDrafts(
  { ports, rulings }: Pick<Thinking, 'ports' | 'rulings'>,
  workspace_id: string,
  conversation_id: string,
): Promise<void> {
  const scope = { workspace_id };
  const drafts = await ports.database.transact(scope, (tx) =>
    openDrafts(tx, workspace_id, conversation_id),
  );
  for (const id of drafts) {
    const by = botPrincipal(scope, 'system');
    await cancelOutput(ports, rulings, by, id, 'The conversation went on without it.').catch(
      (refusal) => {
        if (!isRefusal(refusal)) throw refusal;
      },
    );
  }
}
