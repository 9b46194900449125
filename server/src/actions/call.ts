import {
  argumentFaults,
  type CallRecord,
  type CallReport,
  type ClaimedAction,
  type Contact,
  canonical,
  every_workspace,
  isRefusal,
  type Json,
  minute,
  type Principal,
  plus,
  refuse,
  type Tool,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { lockCalls, putOff, saveCall, takeCalls } from '../store/calls.ts';
import { contactsById } from '../store/contacts.ts';
import { findConversation } from '../store/conversations.ts';
import { appendEvents } from '../store/events.ts';
import { lockOutputs } from '../store/outputs.ts';
import { findToolSecret, type ToolSecretRow } from '../store/tool-secrets.ts';
import { claimOutcomes } from './claim-outcome.ts';
import { botPrincipal } from './hand-off.ts';

/** How long a server may look at a call before another may: as long as a language model may write. */
const looking_ms = 2 * minute;
/** Times that a call is sent whose tool counts it once. */
const most_tries = 4;
const first_pause_ms = 2_000;

/** Calls with which something is to be done, taken so that no other server does it too. */
export const callsDue = (ports: Ports, limit: number): Promise<CallRecord[]> =>
  ports.database.transact(every_workspace, (tx) => takeCalls(tx, plus(tx.now, looking_ms), limit));

/** Where a call goes and what signs it; of a tool that a program carries out, that alone. */
export interface CallTarget {
  tool: Tool | undefined;
  contact: Pick<Contact, 'id' | 'external_id' | 'verified'> | undefined;
  secret: ToolSecretRow | undefined;
}

/** All that is needed to send a call, read before it begins, so that nothing is waited for after. */
export const targetOf = (ports: Ports, call: CallRecord): Promise<CallTarget> => {
  const scope = { workspace_id: call.workspace_id };
  return ports.database.transact(scope, async (tx) => {
    const bot = await findBot(tx, scope, call.bot);
    const conversation = await findConversation(tx, scope, call.conversation_id);
    const contacts = await contactsById(tx, scope, conversation ? [conversation.contact_id] : []);
    return {
      tool: bot?.definition.tools.find(({ name }) => name === call.tool),
      contact: contacts.get(conversation?.contact_id ?? ''),
      secret: await findToolSecret(tx, scope, call.bot, call.tool),
    };
  });
};

/** Begins a call that Wheelhouse carries out itself, under the locks of a claim (rules W9, W50, W51).
 *  @returns the bytes that were approved; undefined when it may not begin, which is on record then */
export async function openCall(
  ports: Ports,
  call: CallRecord,
  tool: Tool,
): Promise<ClaimedAction | undefined> {
  const scope = { workspace_id: call.workspace_id };
  const by = botPrincipal(scope, call.bot);
  const tries = call.state === 'begun' ? call.tries : undefined;
  const [one] = await claimOutcomes(ports)(scope, [{ by, output_id: call.output_id, tries }]);
  if (!one?.ok) {
    await notBegun(ports, call, one?.refusal);
    return undefined;
  }
  const { arguments: given } = one.value.action;
  const [wrong] = argumentFaults(tool.arguments_schema, given, 'arguments');
  if (!wrong) return one.value;
  const fault = `${wrong.field} ${wrong.message}`;
  await endCall(ports, begunOf(call), { state: 'failed', fault });
  return undefined;
}

/** A call as it stands once it was begun, or begun again. */
export const begunOf = (call: CallRecord): CallRecord => ({
  ...call,
  state: 'begun',
  tries: call.tries + 1,
});

/** What was not begun is dropped where the conversation or a stop of bots is ahead of it, else it
 *  failed; either way it never begins later. Of what was sent before nobody knows what came of it. */
async function notBegun(ports: Ports, call: CallRecord, refusal: unknown): Promise<void> {
  if (!isRefusal(refusal) || refusal.code === 'unavailable') throw refusal;
  if (call.state === 'begun') {
    await endCall(ports, call, { state: 'uncertain', fault: 'it was not sent again' });
    return;
  }
  const gone = refusal.code === 'wheel_taken';
  const came = { state: gone ? 'dropped' : 'failed', fault: refusal.message } as const;
  await endCall(ports, call, came);
}

export interface CallCame {
  state: 'done' | 'failed' | 'uncertain' | 'dropped';
  result?: Json | undefined;
  fault?: string | undefined;
}

/** Writes down what came of a call, if it still stands as it did; from then on it is to be told.
 *  @returns whether it did */
export async function endCall(ports: Ports, call: CallRecord, came: CallCame): Promise<boolean> {
  const scope = { workspace_id: call.workspace_id };
  const ended = await ports.database.transact(scope, async (tx) => {
    const [row] = await lockCalls(tx, scope, [call.output_id]);
    if (!row || row.state !== call.state || row.tries !== call.tries) return false;
    const { state, result = null, fault = null } = came;
    saveCall(tx, scope, { ...row, state, result, fault }, state === 'dropped' ? null : tx.now);
    const by = botPrincipal(scope, call.bot);
    const { output_id, conversation_id, tool } = call;
    const data = { conversation_id, tool, state };
    const type = state === 'dropped' ? 'call.dropped' : 'output.reported';
    appendEvents(tx, scope, by, [{ type, subject: output_id, data }]);
    return true;
  });
  if (ended) ports.database.wake();
  return ended;
}

/** A call that is to be sent again, since its tool counts it once, after a pause that grows.
 *  @returns false when it was sent often enough */
export async function sendAgain(ports: Ports, call: CallRecord): Promise<boolean> {
  if (call.tries >= most_tries) return false;
  const scope = { workspace_id: call.workspace_id };
  const pause_ms = first_pause_ms * 4 ** (call.tries - 1);
  await ports.database.transact(scope, async (tx) =>
    putOff(tx, scope, call, plus(tx.now, pause_ms)),
  );
  return true;
}

/** What a program reports of a call that it claimed (rule W50). The same again changes nothing.
 *  Refusals: not_found, forbidden, not_decided, already_reported. */
export async function reportCall(
  ports: Ports,
  by: Principal,
  output_id: string,
  { status, result = null, reason }: CallReport,
): Promise<CallRecord> {
  const call = await ports.database.transact(by, async (tx) => {
    const [output] = await lockOutputs(tx, by, [output_id]);
    const [row] = await lockCalls(tx, by, [output_id]);
    if (!output || !row) {
      const words = 'No program has claimed a bot’s call by this id.';
      throw refuse('not_found', { output_id }, words);
    }
    if (output.claimed_by !== by.id) {
      const words = 'What came of a call is reported by who claimed it.';
      throw refuse('forbidden', { output_id }, words);
    }
    const next: CallRecord = { ...row, state: status, result, fault: reason ?? null };
    if (row.state !== 'begun' && row.state !== 'uncertain') {
      const same = row.state === status && canonical(row.result) === canonical(result);
      if (!same) throw refuse('already_reported', { output_id, state: row.state });
      return row;
    }
    saveCall(tx, by, next, tx.now);
    const { conversation_id, tool } = row;
    const data = { conversation_id, tool, state: status };
    appendEvents(tx, by, by, [{ type: 'output.reported', subject: output_id, data }]);
    return next;
  });
  ports.database.wake();
  return call;
}
