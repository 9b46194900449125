import {
  backAt,
  type Citation,
  decisionTime,
  gateOf,
  idFrom,
  type JsonObject,
  type MessageBody,
  type OutputSubmission,
  type Purpose,
  Waiting,
} from '@wheelhouse/core';
import { circumstancesOf } from './circumstances.ts';
import { botPrincipal } from './hand-off.ts';
import type { Submission } from './output.ts';
import type { Calling, Ground, Thought } from './think.ts';
import type { Open } from './thought.ts';

/** Whoever thinks of it again meets it by its id; once the wheel came back from a person it is another. */
export const replyIdOf = ({ message, turn }: Pick<Ground, 'message' | 'turn'>) =>
  idFrom('output', message.id, turn.epoch);
/** The calls that a message asks for, beside whatever is said: a few, each by its place among them. */
const calls_from = 500_000;
const calls_step = 20_000;
const most_calls = 20;
export const callIdOf = ({ message, turn }: Pick<Ground, 'message' | 'turn'>, nth = 0) =>
  idFrom('output', message.id, calls_from + nth * calls_step + turn.epoch);
export const callIdsOf = (of: Pick<Ground, 'message' | 'turn'>): string[] =>
  Array.from({ length: most_calls }, (_, nth) => callIdOf(of, nth));

/** A reply has one alternative at most, for the customer to choose. */
const alternatives_from = 1_000_000;
const alternativeIdOf = ({ message, turn }: Ground) =>
  idFrom('output', message.id, alternatives_from + turn.epoch);

/** What a bot could say as well, as an output that is judged like its reply and said by itself never. */
export function alternativeOf(ground: Ground, thought: Thought): Submission {
  const made = submissionOf(ground, thought);
  const metadata = { ...made.body.metadata, purpose: 'alternative' };
  return { ...made, body: { ...made.body, id: alternativeIdOf(ground), metadata } };
}

/** What a bot would say, as the output that its gate judges.
 *  @param call the output of the call that it tells of */
export function submissionOf(ground: Ground, thought: Thought, call?: string): Submission {
  const { bot, input, together, given_back, now } = ground;
  const { text, body, confidence, scores, topic, citations, written_by, message_id } = thought;
  const purpose: Purpose = {
    ...purposeOf(ground, 'reply'),
    ...(message_id ? { message_id } : {}),
    ...(thought.pair ? { pair: thought.pair } : {}),
    ...(thought.gathering ? { gathering: thought.gathering } : {}),
    ...(thought.open ? { open: openFor(thought.open) } : {}),
    ...(call ? { call } : {}),
  };
  const content = {
    id: call ? idFrom('output', call, 1) : replyIdOf(ground),
    input: withSources(input, citations),
    content: body ?? saidOf(text, thought.open),
    confidence,
    scores,
    metadata: {
      ...purpose,
      ...circumstancesOf(ground, topic),
      ...(written_by ? { written_by } : {}),
      citations,
    },
  };
  // What answers several questions goes by the strictest that any of them would go by.
  const judged_as = thought.other_topics?.map((one) => ({
    ...content,
    metadata: { ...content.metadata, ...circumstancesOf(ground, one) },
  }));
  const decided_within_ms = decisionTime(Waiting.parse(bot.definition.waiting), {
    // What came of a call is told when the call ends, however long ago it was asked for.
    waited_since: call || given_back ? now : (together[0]?.at ?? now),
    back_at: backAt(bot.definition.hours, now),
    now,
  });
  return { ...proposed(ground, bot.definition.gate, content), judged_as, decided_within_ms };
}

/** An answer, with what the bot says of what it does not know (rule W99). */
function saidOf(text: string, open: Open | undefined): MessageBody | string {
  if (!open) return text;
  const all = [text, open.words].filter(Boolean).join('\n\n');
  const { buttons } = open;
  return buttons.length ? { kind: 'buttons', text: all, buttons } : all;
}

const openFor = ({ asked, leaves }: Open): Purpose['open'] => ({
  asked,
  ...(leaves ? { leaves } : {}),
});

/** What is said beside a reply is told apart from it by where it stands among all that is. */
const beside_from = 1_500_000;
const beside_step = 1_000_000;
export const besideIdOf = ({ message, turn }: Ground, at: number) =>
  idFrom('output', message.id, beside_from + at * beside_step + turn.epoch);

/** What a bot would say along with a call, or with a question for one, as the output that its gate
 *  judges (rule W83). A second question waits, so that of two the customer knows which to answer.
 *  @param seq the number of the customer's message that it answers */
export function besideSubmissionOf(
  ground: Ground,
  thought: Thought,
  { seq, id }: { seq: number; id: string },
): Submission {
  const made = submissionOf(ground, thought);
  const metadata = { ...made.body.metadata, beside: seq };
  const reason = thought.gathering && 'something else is asked for first';
  const hold_reason = made.hold_reason ?? reason;
  return { ...made, hold_reason, body: { ...made.body, id, metadata } };
}

/** A tool that a bot would call, as the output with an action that the tool's gate judges (rule W50). */
export function callSubmissionOf(ground: Ground, calling: Calling): Submission {
  const { tool, arguments: given, confidence, topic, written_by, message, nth } = calling;
  return proposed(ground, gateOf(tool), {
    id: callIdOf(message ? { ...ground, message } : ground, nth),
    input: ground.input,
    action: { name: tool.name, arguments: given },
    ...(confidence === undefined ? {} : { confidence }),
    metadata: {
      ...purposeOf(ground, 'call'),
      ...circumstancesOf(ground, topic),
      ...(written_by ? { written_by } : {}),
    },
  });
}

const purposeOf = ({ bot, turn }: Ground, purpose: Purpose['purpose']): Purpose => ({
  purpose,
  bot: bot.name,
  epoch: turn.epoch,
  for_seq: turn.turn_seq,
});

function proposed(ground: Ground, gate: string, body: OutputSubmission): Submission {
  const { scope, turn, bot } = ground;
  const posture = turn.posture ?? bot.definition.posture;
  const where = turn.posture ? 'the assistant only drafts in this conversation' : undefined;
  return {
    by: botPrincipal(scope, bot.name),
    gate,
    body: {
      ...body,
      model: `bot:${bot.name}`,
      model_version: String(bot.version),
      conversation_id: turn.id,
    },
    hold_reason: posture === 'draft' ? (where ?? 'this assistant only drafts') : undefined,
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
