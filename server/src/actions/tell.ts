import {
  botWords,
  type CallRecord,
  type ConversationRecord,
  fenced,
  filled,
  isRefusal,
  type Json,
  type JsonObject,
  type Scope,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { putOff } from '../store/calls.ts';
import { findOutput, type OutputRow } from '../store/outputs.ts';
import { noted } from './call-note.ts';
import { isForModel, write } from './compose.ts';
import { lockConversation, saveTurn } from './conversation.ts';
import { factsOf } from './facts.ts';
import { groundOf } from './ground.ts';
import { botPrincipal } from './hand-off.ts';
import { replyWaits } from './held.ts';
import { submissionOf } from './proposal.ts';
import type { Ground, Thought } from './think.ts';
import { handOver, type Thinking } from './turn.ts';

export type Telling = Omit<Thinking, 'minds'>;

const most_facts = 200;

/** Tells what came of a call. What was done the bot says, by its reply gate like anything else it says
 *  (rule W50); what failed, or what nobody knows the end of, is a person's, who is told (rule W53). Where
 *  the wheel is another's by now, it stands there as a note for the team. Told twice, after a server
 *  died, it is the same output, by its id. */
export async function tellCall(thinking: Telling, call: CallRecord): Promise<void> {
  const { ports } = thinking;
  const scope = { workspace_id: call.workspace_id };
  const turn = {
    ...scope,
    id: call.conversation_id,
    bot: call.bot,
    epoch: call.epoch,
    turn_seq: call.for_seq,
    contact_id: '',
    posture: null,
    language: null,
  };
  const ground = await groundOf(ports, scope, turn, (row) => stillTold(row, call));
  const output = await ports.database.transact(scope, (tx) =>
    findOutput(tx, scope, call.output_id),
  );
  if (ground?.bot.stopped_at) await handOver(thinking, ground, 'paused');
  if (!ground || ground.bot.stopped_at) return note(ports, scope, call);
  if (output) await tell(thinking, ground, call, output);
  await ports.database.transact(scope, async (tx) => putOff(tx, scope, call, null));
}

/** Whether the bot is to tell of it: under the epoch that it was asked for in, or where its conversation
 *  was handed off over it and the bot has the wheel again. */
const stillTold = (row: ConversationRecord, call: CallRecord): boolean =>
  call.kept ? row.owner_kind === 'bot' && row.state === 'open' : !fenced(row, call);

async function tell(
  thinking: Telling,
  ground: Ground,
  call: CallRecord,
  output: OutputRow,
): Promise<void> {
  const thought = await thoughtOf(thinking, ground, call, output);
  if (!thought?.text) {
    const why = `${call.tool}: ${call.fault ?? `it is ${call.state}`}`;
    return handOver(thinking, ground, 'tool', why);
  }
  const saying = submissionOf(ground, thought, call.output_id);
  try {
    const { verdict } = await thinking.submit(ground.scope, saying);
    if (verdict !== 'hold') return;
  } catch (refusal) {
    if (!isRefusal(refusal) || refusal.code !== 'id_taken') throw refusal;
  }
  // What it says may wait for a person: then the customer is to be told so (rule W80).
  await replyWaits(
    thinking.ports,
    ground.scope,
    ground.bot.name,
    call.conversation_id,
    String(saying.body.id),
  );
}

/** What the bot says of it; nothing where a person is to. */
async function thoughtOf(
  thinking: Telling,
  ground: Ground,
  call: CallRecord,
  output: OutputRow,
): Promise<Thought | undefined> {
  const { turn, contact, bot } = ground;
  const words = botWords(turn.language ?? contact?.language);
  const topic = topicOf(output);
  const tool = bot.definition.tools.find(({ name }) => name === call.tool);
  if (call.state === 'refused') {
    // Time that ran out is no decision, and nobody is left with nothing.
    if (output.outcome?.status === 'expired') return undefined;
    const why = tool?.tells_why && output.outcome?.status === 'rejected' ? call.fault : null;
    return spoken(
      [words.refused, why && `${words.reason} ${why}`].filter(Boolean).join(' '),
      topic,
    );
  }
  if (call.state !== 'done') return undefined;
  const intent = bot.definition.intents.find(
    ({ name, tool: bound }) => bound === call.tool && (!topic || name === topic),
  );
  const facts = new Map([
    ...factsOf(contact, bot, ground.now),
    ...leavesOf('arguments', output.outcome?.action?.arguments ?? {}),
    ...leavesOf('result', call.result),
  ]);
  const plain = spoken(intent ? filled(intent.answer, facts) : '', topic);
  const title = tool?.title ?? call.tool;
  const text = JSON.stringify(call.result);
  return written(thinking, ground, { ...plain, passages: [{ title, text, citation: null }] });
}

/** In the words of the language model where there is one. A result is data, which calls nothing more. */
async function written(
  { ports, closing }: Telling,
  ground: Ground,
  plain: Thought,
): Promise<Thought> {
  const model = ports.language_model;
  if (!model || !isForModel(ground, plain)) return plain;
  const message_id = ports.makeId('message', ports.clock.now());
  const voice = { gone: closing, hear: () => {}, end: async () => {} };
  const came = await write({ ports, model, voice, message_id, calls: false }, ground, plain);
  return came && 'text' in came ? { ...came, citations: [] } : plain;
}

const topicOf = ({ metadata }: OutputRow): string | undefined => {
  const topic = (metadata as JsonObject | null)?.topic;
  return typeof topic === 'string' && topic !== 'other' ? topic : undefined;
};

const spoken = (text: string, topic: string | undefined): Thought => ({
  text,
  topic,
  confidence: 1,
  scores: {},
  citations: [],
  passages: [],
});

/** What braces may name of a result: its texts, numbers and yes or no, by their dotted paths. */
function leavesOf(path: string, value: Json): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[path, String(value)]];
  const inner = Array.isArray(value) ? [] : Object.entries(value);
  return inner.flatMap(([name, one]) => leavesOf(`${path}.${name}`, one)).slice(0, most_facts);
}

/** Whoever has the wheel by now learns what was done meanwhile; once, since the call is left alone with it. */
async function note(ports: Ports, scope: Scope, call: CallRecord): Promise<void> {
  await ports.database.transact(scope, async (tx) => {
    const row = await lockConversation(tx, scope, call.conversation_id);
    const turn = { next: row, messages: [], events: [] };
    saveTurn(tx, scope, botPrincipal(scope, call.bot), noted(ports, tx, turn, call));
    putOff(tx, scope, call, null);
  });
  ports.database.wake();
}
