import {
  assert,
  botWords,
  callsOff,
  choicesOf,
  type Gathering,
  goodOf,
  heardEach,
  type JsonObject,
  longest_message,
  type MessageBody,
  nextAsked,
  slotTitle,
  type Tool,
} from '@wheelhouse/core';
import type { Calling, Ground, Leaving, Thought } from './think.ts';

/** After so many answers that were no good a person comes. */
const most_failed = 2;
const longest_label = 80;

/** What a call is about, and how sure the bot is that it is wanted. */
interface Wanted {
  tool: Tool;
  topic?: string | undefined;
  confidence?: number | undefined;
  written_by?: string | undefined;
}

/** Goes on to a call with what is given of its arguments and what the customer's words say beside: asks
 *  for the next one that is missing, or calls (rule W52). */
export function gather(ground: Ground, wanted: Wanted, given: JsonObject): Thought | Calling {
  const schema = wanted.tool.arguments_schema;
  return nextOf(ground, wanted, heardEach(schema, goodOf(schema, given), ground.asked));
}

/** The calls that nothing is missing for, and the question for the first of the others (rule W100). */
function nextOf(
  ground: Ground,
  wanted: Wanted,
  all: JsonObject[],
  several = all.length > 1,
): Thought | Calling {
  const schema = wanted.tool.arguments_schema;
  const whole = all.filter((given) => nextAsked(schema, given) === undefined);
  const [asked, ...more] = all.filter((given) => nextAsked(schema, given) !== undefined);
  const question = asked ? [next(ground, wanted, asked, 0, several ? more : undefined)] : [];
  const [first, ...also] = [...whole.map((given) => next(ground, wanted, given, 0)), ...question];
  assert(first, 'a tool is wanted once at least');
  return also.length ? { ...first, also } : first;
}

/** The customer's answer to a question for an argument: the next question, the same one again, the call,
 *  or, when they call it off, nothing more of it.
 *  @returns undefined when the tool is there no more, so that their words are read afresh */
export function gatherOn(
  ground: Ground,
  gathering: Gathering,
): Thought | Calling | Leaving | undefined {
  const { asked, bot } = ground;
  const tool = bot.definition.tools.find(({ name }) => name === gathering.tool);
  if (!tool) return undefined;
  const { topic, confidence, asks, failed, more } = gathering;
  const wanted = { tool, topic, confidence };
  if (callsOff(asked)) return { ...spoken(wordsFor(ground).called_off), topic };
  const all = heardEach(tool.arguments_schema, gathering.arguments, asked, asks);
  const [given = {}] = all;
  if (Object.hasOwn(given, asks))
    return nextOf(ground, wanted, [...all, ...(more ?? [])], more !== undefined);
  if (failed + 1 >= most_failed) return { reason: 'failed', why: `it asked for ${asks}` };
  return next(ground, wanted, given, failed + 1, more);
}

/** What was asked before goes on being asked: whoever asks something else meanwhile is answered, and
 *  reads behind the answer what is still needed of them (rule W104). Only what is told: what calls, asks
 *  itself or is unsure takes its place. */
export function askedOn<Came extends Thought | Calling | Leaving>(
  ground: Ground,
  came: Came,
): Came | Thought {
  const { gathering, bot } = ground;
  const tool = bot.definition.tools.find(({ name }) => name === gathering?.tool);
  if (!gathering || !tool || 'reason' in came || 'tool' in came) return came;
  if (came.gathering || came.unsure || came.body || came.open) return came;
  const asked = next(ground, { ...gathering, tool }, gathering.arguments, 0, gathering.more);
  return 'tool' in asked ? came : askedBehind(came, { ...asked, gathering });
}

/** An answer with what is still to be answered behind it. */
export function askedBehind(told: Thought, question: Thought): Thought {
  const text = `${told.text}\n\n${question.text}`;
  const { body, gathering } = question;
  if (text.length > longest_message || !gathering) return told;
  const shown = body && 'text' in body ? { body: { ...body, text } } : {};
  return { ...told, text, gathering, asks_again: question, ...shown };
}

/** Whether the customer's answer was one. */
export const understood = (came: Thought | Calling | Leaving): boolean =>
  !('reason' in came) && !('gathering' in came && came.gathering?.failed);

function next(
  ground: Ground,
  { tool, topic, confidence, written_by }: Wanted,
  given: JsonObject,
  failed: number,
  /** Those of the same tool that come after it, where it is one of several. */
  more?: JsonObject[],
): Thought | Calling {
  const schema = tool.arguments_schema;
  const asks = nextAsked(schema, given);
  if (asks === undefined) {
    return { tool, arguments: given, topic, confidence, written_by };
  }
  const words = wordsFor(ground);
  const question = tool.asks[asks] ?? `${words.ask} ${slotTitle(schema, asks)}`;
  const named = more ? `${nameOf(tool, given)} ${question}`.trim() : question;
  const text = failed ? `${words.not_understood} ${named}` : named;
  const gathering: Gathering = {
    tool: tool.name,
    arguments: given,
    asks,
    failed,
    ...(topic ? { topic } : {}),
    ...(confidence === undefined ? {} : { confidence }),
    ...(more ? { more } : {}),
  };
  const choices = choicesOf(schema, asks);
  const body: MessageBody | undefined = choices.length
    ? {
        kind: 'buttons',
        text,
        buttons: choices.map((value) => ({
          label: value.replaceAll('_', ' ').slice(0, longest_label),
          value: value.slice(0, 500),
        })),
      }
    : undefined;
  return { ...spoken(text), topic, gathering, ...(body ? { body } : {}) };
}

/** Which of several calls a question is for: by the first thing that is named of it. */
function nameOf({ arguments_schema: schema }: Tool, given: JsonObject): string {
  const named = Object.keys(schema.properties ?? {}).map((name) => given[name]);
  const first = named.find((value) => typeof value === 'string');
  return first ? `${first}:` : '';
}

const wordsFor = ({ turn, contact }: Ground) => botWords(turn.language ?? contact?.language);

/** Of a bot's own words, nothing could be wrong of the customer's matter. */
const spoken = (text: string): Thought => ({
  text,
  confidence: 1,
  scores: {},
  citations: [],
  passages: [],
});
