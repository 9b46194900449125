import {
  type Bot,
  type ConversationRecord,
  type Gathering,
  type Message,
  Purpose,
  type Scope,
  saidTogether,
  smallTalkOf,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { stampOfArticles } from '../store/articles.ts';
import { findBot } from '../store/bots.ts';
import { lastKept } from '../store/calls.ts';
import { findConversation, type TurnRow } from '../store/conversations.ts';
import { findOutput, outputsById } from '../store/outputs.ts';
import { briefOf } from './hand-off.ts';
import { callIdsOf } from './proposal.ts';
import type { Ground } from './think.ts';

type Stands = (row: ConversationRecord) => boolean;

/** What a turn stands on now.
 *  @param stands whether it still is the bot's to take
 *  @returns undefined when the conversation has gone on without it */
export const groundOf = (
  ports: Ports,
  scope: Scope,
  turn: TurnRow,
  stands?: Stands,
): Promise<Ground | undefined> =>
  ports.database.transact(scope, (tx) => groundWithin(tx, scope, turn, stands));

/** The same within a transaction, where more is read of the same moment. */
export async function groundWithin(
  tx: Tx,
  scope: Scope,
  turn: TurnRow,
  stands: Stands = (row) => row.epoch === turn.epoch && row.turn_seq === turn.turn_seq,
): Promise<Ground | undefined> {
  const [row, bot, stamp] = await Promise.all([
    findConversation(tx, scope, turn.id),
    findBot(tx, scope, turn.bot),
    stampOfArticles(tx, scope, turn.bot),
  ]);
  if (!row || !bot || !stands(row)) return undefined;
  const { input, messages, contact: known } = await briefOf(tx, scope, row);
  const message =
    messages.find(({ seq }) => seq === turn.turn_seq) ??
    messages.find(({ author_kind }) => author_kind === 'contact');
  if (!message) return undefined;
  const call = await newestCall(tx, scope, { bot, turn, messages });
  const of_turn = call && call.for_seq >= turn.turn_seq;
  const called_seq = call && !of_turn ? call.for_seq : 0;
  const fresh = messages.filter(({ seq }) => seq > called_seq);
  const asked = askedIn(fresh, message);
  const earlier = messages.filter(
    (one) =>
      one.seq < turn.turn_seq &&
      one.audience === 'all' &&
      one.author_kind !== 'system' &&
      !asked.together.includes(one),
  );
  // What they write in goes before what their browser says.
  const contact = known && { ...known, language: row.language ?? known.language };
  const as_now = { ...turn, epoch: row.epoch, posture: row.posture, language: row.language };
  const summaries = summariesIn(messages);
  const gathering = await gatheringIn(tx, scope, bot, earlier);
  const given_back = messages.some(
    ({ seq, body }) => seq > turn.turn_seq && body.kind === 'line' && body.line === 'handed_back',
  );
  const called = of_turn ? call.verdict : undefined;
  const said = { ...asked, message, earlier, summaries, given_back, gathering, called };
  const { labels } = row;
  return { scope, turn: as_now, bot, stamp, contact, labels, input, ...said, now: tx.now };
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

/** The newest call that was asked for of all that was said in a row, and the message up to which it
 *  deals with what was said: nothing was said to that yet, and read again it would call once more. */
async function newestCall(
  tx: Tx,
  scope: Scope,
  { bot, turn, messages }: { bot: Bot; turn: TurnRow; messages: Message[] },
): Promise<{ for_seq: number; verdict: string } | undefined> {
  if (!bot.definition.tools.length) return undefined;
  const together = saidTogether(messages, turn.turn_seq).toReversed();
  const ids = together.flatMap((message) => callIdsOf({ message, turn }));
  const made = (await outputsById(tx, scope, ids)).flatMap(({ verdict, metadata }) => {
    const { for_seq = 0, beside } = Purpose.safeParse(metadata).data ?? {};
    // One beside another matter ends no turn.
    return beside === undefined ? [{ for_seq, verdict }] : [];
  });
  // One over which the conversation was handed off is not called again under another epoch.
  const kept = await lastKept(tx, scope, turn.id);
  const still = kept ? [{ ...kept, verdict: kept.state === 'held' ? 'hold' : 'pass' }] : [];
  return [...made, ...still].toSorted((a, b) => b.for_seq - a.for_seq)[0];
}

/** What the bot's last word asked for, if that was an argument of a tool; what came of a call may be told
 *  after it. Nothing else is kept of it: whoever speaks in between ends it. */
async function gatheringIn(
  tx: Tx,
  scope: Scope,
  bot: Bot,
  earlier: Message[],
): Promise<Gathering | undefined> {
  if (!bot.definition.tools.length) return undefined;
  const other = earlier.findLastIndex(({ author_kind }) => author_kind !== 'bot');
  for (const { output_id } of earlier.slice(other + 1).toReversed()) {
    const output = output_id ? await findOutput(tx, scope, output_id) : undefined;
    const purpose = Purpose.safeParse(output?.metadata).data;
    if (!purpose?.call) return purpose?.gathering;
  }
  return undefined;
}

/** The notes that the wheel came back with; other notes of the team, and those on what came of a call,
 *  are not for the bot to know. */
const summariesIn = (messages: Message[]): string[] =>
  messages.flatMap(({ body }, at) => {
    const before = messages[at - 1];
    const back = body.kind === 'line' && body.line === 'handed_back';
    const note = before?.audience === 'team' && before.author_kind !== 'bot';
    const own = note && before.whisper_to === null;
    return back && own ? [wordsOf(before.body)] : [];
  });
