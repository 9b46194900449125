import { type ConversationRecord, isRefusal, mayBeSeen, plus, type Scope } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot, shareBots } from '../store/bots.ts';
import { saveStreaming, streamingOf } from '../store/conversations.ts';
import type { Composing } from './compose.ts';
import { lockConversation } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import type { Submission } from './output.ts';
import { newSalt } from './salt.ts';
import type { Ground } from './think.ts';

/** How long a server may think before another may take the turn; whoever writes renews it. Of one that
 *  died another has gone on within 15 seconds (rule W63); of two that think of the same, which learning
 *  a large bot may take, the words are one output. */
export const thinking_ms = 12_000;
/** Parts are shown this far apart at the closest. */
const beat_ms = 150;
/** With nothing new to show it is looked this often whether the bot still has the turn. */
const watch_ms = 1_000;

/** Says a reply while it is being written. Each part is judged by the policy in force when it is
 *  shown (rule W13), under the lock of its conversation and only while the bot has the wheel, the
 *  epoch and the turn that it was begun in: after a takeover no further part can be written
 *  (rule W14). Whoever lost the turn hears of it by `gone`, within a beat. */
export function say(
  { ports, rulings, closing }: Composing,
  ground: Ground,
  message_id: string,
  partOf: (written: string) => Submission | undefined,
) {
  const { scope, turn, bot } = ground;
  const lost = new AbortController();
  const ended = new AbortController();
  const leave = () => lost.abort();
  closing.addEventListener('abort', leave);
  if (closing.aborted) leave();
  const salt = newSalt(ports.chance);
  let written = '';
  let judged = '';
  let looked_ms = ports.clock.ticks_ms();
  let woken = false;
  const stopWaking = ports.database.onWake(() => {
    woken = true;
  });

  const look = async () => {
    const now_ms = ports.clock.ticks_ms();
    if (written === judged && !woken && now_ms - looked_ms < watch_ms) return;
    looked_ms = now_ms;
    woken = false;
    const heard = written;
    const part = heard === judged ? undefined : partOf(heard);
    const kept = await ports.database.transact(scope, async (tx) => {
      // The bot before its conversation, as whoever says its words; so none is seen after a stop.
      const [stop] = await shareBots(tx, [{ ...scope, bot: bot.name }]);
      const row = await lockConversation(tx, scope, turn.id);
      if (!hasTurn(row, turn)) return 'lost';
      if (stop?.stopped_at) {
        // The turn is taken anew at once, and then it is a person's.
        saveStreaming(tx, scope, row.id, null, tx.now);
        return 'lost';
      }
      const text = part && (await seen(rulings, tx, scope, row, part)) ? part.body.content : null;
      const fresh = typeof text === 'string' && text !== '' && text !== row.streaming?.text;
      const streaming = fresh ? { message_id, salt, author_name: bot.title, text } : null;
      saveStreaming(tx, scope, row.id, streaming, plus(tx.now, thinking_ms));
      return fresh ? 'shown' : 'kept';
    });
    judged = heard;
    if (kept === 'lost') lost.abort();
    if (kept === 'shown') ports.database.wake();
  };
  const running = (async () => {
    while (!ended.signal.aborted && !lost.signal.aborted) {
      await ports.clock.pause(beat_ms, ended.signal);
      if (ended.signal.aborted) break;
      // A database that is away shows nothing meanwhile; whether the word is said is decided later. Of a
      // conversation that was erased nobody hears any more.
      await look().catch((thrown) => {
        if (isRefusal(thrown) && thrown.code === 'erased') lost.abort();
      });
    }
  })();
  return {
    gone: lost.signal as AbortSignal,
    /** What is written so far. */
    hear(so_far: string) {
      written = so_far;
    },
    async end() {
      ended.abort();
      closing.removeEventListener('abort', leave);
      stopWaking();
      await running;
    },
  };
}

const hasTurn = (row: ConversationRecord, turn: { epoch: number; turn_seq: number }) =>
  row.owner_kind === 'bot' && row.epoch === turn.epoch && row.turn_seq === turn.turn_seq;

/** Whether the customer may see a part, by what holds in this transaction. */
async function seen(
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  { body, judged_as = [] }: Submission,
): Promise<boolean> {
  const bot = await findBot(tx, scope, row.bot);
  if (!bot || (row.posture ?? bot.definition.posture) !== 'auto') return false;
  const { gate } = bot.definition;
  const found = (await rulings.current(tx, scope, [gate])).get(gate);
  const policy = found?.ruling.definition.policy;
  return policy !== undefined && [body, ...judged_as].every((one) => mayBeSeen(policy, one));
}

/** A turn that this server leaves, since it stops: another may take it at once. */
export const leaveTurn = (ports: Ports, { scope, turn }: Ground): Promise<void> =>
  ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, turn.id);
    if (hasTurn(row, turn)) saveStreaming(tx, scope, row.id, null, tx.now);
  });

/** How much customers see of replies that are being written, by conversation. */
export const readStreaming = (ports: Ports, scope: Scope, ids: string[]) =>
  ports.database.transact(scope, (tx) => streamingOf(tx, scope, ids));
