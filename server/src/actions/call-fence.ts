import {
  type CallRecord,
  type ConversationRecord,
  type Dropped,
  fenced,
  type Principal,
  Purpose,
  plus,
  refuse,
  type Scope,
  type Tool,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { insertCall, lockCalls, saveCall } from '../store/calls.ts';
import { lockConversations } from '../store/conversations.ts';
import type { OutputRow } from '../store/outputs.ts';

/** After the last moment at which an answer may come, by enough to write down what came of it. */
const record_ms = 10_000;

/** What a call of one of our bots stands on, held until the transaction is over. */
export interface CallGround {
  purpose: Purpose;
  conversation: ConversationRecord | undefined;
  tool: Tool | undefined;
  call: CallRecord | undefined;
}

/** Locks what the calls among outputs stand on, so that no wheel is taken while one begins. Outputs that
 *  are no call of a bot of ours have none. Its outputs and bots are held already. */
export async function callGrounds(
  tx: Tx,
  scope: Scope,
  rows: OutputRow[],
): Promise<Map<string, CallGround>> {
  const grounds = new Map<string, CallGround>();
  const asked = rows.flatMap((row) => {
    const purpose = row.created_by.startsWith('bot:') && Purpose.safeParse(row.metadata).data;
    return purpose && purpose.purpose === 'call' ? [{ row, purpose }] : [];
  });
  if (!asked.length) return grounds;
  const ids = [...new Set(asked.flatMap(({ row }) => row.conversation_id ?? []))];
  const conversations = await lockConversations(tx, scope, ids);
  const calls = await lockCalls(
    tx,
    scope,
    asked.map(({ row }) => row.id),
  );
  for (const { row, purpose } of asked) {
    const bot = await findBot(tx, scope, purpose.bot);
    grounds.set(row.id, {
      purpose,
      conversation: conversations.find(({ id }) => id === row.conversation_id),
      tool: bot?.definition.tools.find(({ name }) => name === row.action?.name),
      call: calls.find(({ output_id }) => output_id === row.id),
    });
  }
  return grounds;
}

/** Why a call may not begin, or be told as it was asked for; undefined while it may. One over which its
 *  conversation was handed off is for whoever decides, until the conversation ends (rule W101). */
export const goneWithout = (
  conversation: ConversationRecord,
  asked: { epoch: number },
  call: Pick<CallRecord, 'kept'> | undefined,
): Dropped | undefined => {
  if (!call?.kept) return fenced(conversation, asked);
  return conversation.state === 'resolved' ? 'resolved' : undefined;
};

/** A call begins only while the bot has the wheel under the epoch that it was asked for in, in time, and
 *  by whom its tool names (rule W51).
 *  @param tries how often it was sent, for whoever sends it again; no claim yet unless told
 *  @throws Refusal wheel_taken, not_approved, already_claimed, forbidden */
export function checkCall(by: Principal, id: string, ground: CallGround, tries?: number): void {
  const { purpose, conversation, tool, call } = ground;
  if (!conversation || goneWithout(conversation, purpose, call)) {
    const owner = conversation && { kind: conversation.owner_kind, id: conversation.owner_id };
    const words = 'The conversation has gone on without this call.';
    throw refuse('wheel_taken', { output_id: id, owner }, words);
  }
  const ours = by.kind === 'system';
  if (tool?.carried_out.by !== (ours ? 'http' : 'claim')) {
    const words = ours ? 'The tool is there no more.' : 'Wheelhouse itself carries this out.';
    throw refuse(ours ? 'not_approved' : 'forbidden', { output_id: id }, words);
  }
  const again = tries !== undefined && call?.state === 'begun' && call.tries === tries;
  if (call && call.state !== 'waiting' && !again) {
    const code = call.state === 'begun' ? 'already_claimed' : 'not_approved';
    throw refuse(code, { output_id: id, state: call.state });
  }
}

/** Writes that a call has begun. Whoever is to report it has until then. */
export function beginCall(tx: Tx, scope: Scope, output: OutputRow, ground: CallGround): void {
  const { purpose, tool, call } = ground;
  const how = tool?.carried_out;
  const wait_ms = how?.by === 'http' ? how.timeout_ms + record_ms : (how?.within_ms ?? 0);
  const begun: CallRecord = {
    ...(call ?? newCall(scope, output, purpose)),
    state: 'begun',
    tries: (call?.tries ?? 0) + 1,
  };
  const until = plus(tx.now, wait_ms);
  if (call) saveCall(tx, scope, begun, until);
  else insertCall(tx, scope, begun, until);
}

export const newCall = (
  { workspace_id }: Scope,
  { id, conversation_id, action }: OutputRow,
  { bot, epoch, for_seq }: Purpose,
): CallRecord => ({
  workspace_id,
  output_id: id,
  conversation_id: conversation_id ?? '',
  bot,
  tool: action?.name ?? '',
  epoch,
  for_seq,
  state: 'waiting',
  tries: 0,
  result: null,
  fault: null,
  kept: false,
});
