import {
  type Citation,
  type Gathering,
  type HandOffReason,
  type JsonObject,
  longest_message,
  type Message,
  type MessageBody,
  type Pair,
  type Source,
  type Tool,
} from '@wheelhouse/core';

/** What a bot would say, how sure it is, and what that rests on. */
export interface Thought {
  text: string;
  /** 0..1 */
  confidence: number;
  /** Name of what it may be about → probability 0..1, the likeliest few. */
  scores: Record<string, number>;
  /** Where the words come from; empty for an answer that was written for its intent. */
  citations: Citation[];
  /** The intent that the words are read as, also where an article answers them. */
  topic?: string | undefined;
  /** What else it is about, when it answers several questions. */
  other_topics?: (string | undefined)[];
  /** What else could be said in its place, the surest first. */
  others?: Thought[];
  /** What it stands beside, for the customer to choose. */
  pair?: Pair;
  /** What it asks for to call a tool with. */
  gathering?: Gathering;
  /** The question of a tool that stands behind it, asked before and still open. */
  asks_again?: Thought;
  /** It only asks what was meant. */
  unsure?: boolean;
  /** The message, when it is more than its text. */
  body?: MessageBody;
  /** What a language model may say it by, the likeliest first. */
  passages: Source[];
  /** The language model whose words these are. */
  written_by?: string;
  /** The message that it was shown as while it was being written. */
  message_id?: string;
  apart?: Apart[];
}

/** What was asked along with something else and is not answered with it, and what the bot has to say to
 *  it, or to do for it, by itself. */
export interface Apart {
  message: Message;
  came: Thought | Calling;
  /** Whether it is a matter of its own, and no beginning or end of the other. */
  own: boolean;
}

/** What the bot says of itself: nothing that could be wrong of the customer's matter. */
export const ownWords = (text: string): Thought => ({
  text,
  confidence: 1,
  scores: {},
  citations: [],
  passages: [],
});

/** A tool that a bot would call. */
export interface Calling {
  tool: Tool;
  arguments: JsonObject;
  /** 0..1, that it is wanted; a language model's word for it is none. */
  confidence?: number | undefined;
  topic?: string | undefined;
  written_by?: string | undefined;
  /** The first that asks for it, of several messages: two turns that read it call it once. */
  message?: Message;
  apart?: Apart[];
}

/** Why a person is to come in the bot's place. */
export interface Leaving {
  reason: HandOffReason;
  /** More of it, in words, for whoever comes. */
  why?: string;
}

/** What is read by itself with less than this, and less surely than with the rest, may as well be the
 *  beginning of the rest. */
const likely = 0.5;

/** A question is asked in several messages as often as several questions are. Read together they are
 *  one, unless two of them alone are surer of different answers: then both are said (rule W67). What a
 *  tool is wanted for goes before what is only told, where the bot is as sure of it; neither is lost
 *  for the other (rule W83).
 *  @param whole read together; undefined when the bot is unsure of that
 *  @param alone each by itself, in the order in which they were said
 *  @returns with what it leaves open */
export function severalIn(
  whole: Thought | Calling | undefined,
  alone: { message: Message; came: Thought | Calling | undefined }[],
): Thought | Calling | undefined {
  const least = Math.min(likely, whole ? surenessOf(whole) : likely);
  const each = alone.flatMap(({ message, came }): Apart[] =>
    came ? [{ message, came, own: hasArguments(came) || surenessOf(came) >= least }] : [],
  );
  const told = toldIn(
    onlyTold(whole),
    alone.map(({ came }) => onlyTold(came)),
  );
  const [surest] = surestFirst([whole, ...each.map(({ came }) => came)]);
  if (surest && surenessOf(surest) >= (told?.confidence ?? 0)) return withApart(surest, each);
  const [act] = surestFirst(each.flatMap(({ came, own }) => (own ? came : [])));
  if (!act) return told && withApart(told, each);
  const message = each.at(-1)?.message;
  const tells = each.some(({ came, own }) => own && onlyTold(came));
  const read = told && message && !tells ? [{ message, came: told, own: true }] : [];
  return withApart(act, [...each, ...read]);
}

/** What is said or done, with what it leaves open. Where another tool needs to ask for something, that
 *  question comes last, and the call beside it: it is answered next. */
function withApart(said: Thought | Calling, each: Apart[]): Thought | Calling {
  const apart = each.filter(({ came }) => !standsIn(said, came));
  const asks = apart.find(({ came, own }) => own && 'gathering' in came && came.gathering);
  const calls = each.find(({ came }) => standsIn(said, came));
  if (asks && 'tool' in said && calls) return withApart(asks.came, each);
  const by = 'tool' in said && calls ? { message: calls.message } : {};
  return { ...said, ...by, ...(apart.length ? { apart } : {}) };
}

const surestFirst = (all: (Thought | Calling | undefined)[]): (Thought | Calling)[] =>
  all.filter(isAct).toSorted((a, b) => surenessOf(b) - surenessOf(a));
const hasArguments = (one: Thought | Calling): boolean =>
  'tool' in one && Object.keys(one.arguments).length > 0;

/** Whether one answer, or call, is within another. */
const standsIn = (said: Thought | Calling, one: Thought | Calling): boolean => {
  const tool = toolOf(one);
  if (tool !== undefined || toolOf(said) !== undefined) return tool === toolOf(said);
  return 'text' in said && 'text' in one && said.text.includes(one.text);
};
const toolOf = (one: Thought | Calling): string | undefined =>
  'tool' in one ? one.tool.name : one.gathering?.tool;

/** Whether it calls a tool, or asks for what it needs to. */
export const isAct = (one: Thought | Calling | undefined): one is Thought | Calling =>
  one !== undefined && toolOf(one) !== undefined;
export const onlyTold = (one: Thought | Calling | undefined): Thought | undefined =>
  one && !('tool' in one) && !one.gathering ? one : undefined;
const surenessOf = (one: Thought | Calling): number =>
  ('tool' in one ? one.confidence : (one.gathering?.confidence ?? one.confidence)) ?? 0;

/** The same of what is only told. */
export function toldIn(
  whole: Thought | undefined,
  alone: (Thought | undefined)[],
): Thought | undefined {
  const surer = alone.filter(
    (one): one is Thought => one !== undefined && one.confidence > (whole?.confidence ?? 0),
  );
  const apart = surer.filter(
    (one, at) => surer.findIndex(({ text }) => text === one.text) === at && !one.body,
  );
  const text = apart.map((one) => one.text).join('\n\n');
  const [first, ...others] = apart;
  if (!first || !others.length || text.length > longest_message) return whole ?? surer.at(-1);
  return {
    text,
    confidence: Math.min(...apart.map(({ confidence }) => confidence)),
    scores: whole?.scores ?? first.scores,
    citations: distinct(apart.flatMap(({ citations }) => citations)),
    topic: first.topic,
    other_topics: others.map(({ topic }) => topic),
    passages: distinct(apart.flatMap(({ passages }) => passages)),
  };
}

const distinct = <One extends { title: string }>(all: One[]): One[] =>
  all.filter((one, at) => all.findIndex(({ title }) => title === one.title) === at);
