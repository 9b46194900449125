import {
  type Citation,
  canonical,
  type Gathering,
  type HandOffReason,
  type JsonObject,
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
  /** What was asked along with it and the bot does not know. */
  open?: Open;
  /** What else the same words call for. */
  also?: (Thought | Calling)[];
}

/** What was asked along with something else and is not answered with it, and what the bot has to say to
 *  it, or to do for it, by itself. */
export interface Apart {
  message: Message;
  came: Thought | Calling;
  /** Whether it is a matter of its own, and no beginning or end of the other. */
  own: boolean;
}

/** Questions that a bot has no answer to, beside one that it has (rule W99). */
export interface Open {
  /** As the customer put them. */
  asked: string[];
  /** What it says of them. */
  words: string;
  /** What it offers for them; nothing where a person comes. */
  buttons: { label: string; value?: string | undefined }[];
  leaves?: Leaving;
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
  /** Which of the calls that its message asks for it is. */
  nth?: number;
  apart?: Apart[];
  also?: (Thought | Calling)[];
}

/** Why a person is to come in the bot's place. */
export interface Leaving {
  reason: HandOffReason;
  /** More of it, in words, for whoever comes. */
  why?: string;
}

const toolOf = (one: Thought | Calling): string | undefined =>
  'tool' in one ? one.tool.name : one.gathering?.tool;
const argumentsOf = (one: Thought | Calling): JsonObject =>
  ('tool' in one ? one.arguments : one.gathering?.arguments) ?? {};

/** Whether it calls a tool, or asks for what it needs to. */
export const isAct = (one: Thought | Calling | undefined): one is Thought | Calling =>
  one !== undefined && toolOf(one) !== undefined;
export const onlyTold = (one: Thought | Calling | undefined): Thought | undefined =>
  one && !('tool' in one) && !one.gathering ? one : undefined;
export const surenessOf = (one: Thought | Calling): number =>
  ('tool' in one ? one.confidence : (one.gathering?.confidence ?? one.confidence)) ?? 0;
export const hasArguments = (one: Thought | Calling): boolean =>
  Object.keys(argumentsOf(one)).length > 0;

/** Each of what the same words call for, by itself. */
export const eachOf = (one: Thought | Calling | undefined): (Thought | Calling)[] => {
  if (!one) return [];
  const { also = [], ...first } = one;
  return [first, ...also];
};

/** Whether one use of a tool says nothing that another does not: the same tool, and no argument that is
 *  not the same there. Two orders are two calls. */
export const isWithin = (one: Thought | Calling, other: Thought | Calling): boolean => {
  const theirs = argumentsOf(other);
  return (
    toolOf(one) === toolOf(other) &&
    Object.entries(argumentsOf(one)).every(
      ([name, value]) =>
        Object.hasOwn(theirs, name) && canonical(value) === canonical(theirs[name] ?? null),
    )
  );
};
