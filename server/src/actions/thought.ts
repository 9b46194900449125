import {
  type Citation,
  type HandOffReason,
  longest_message,
  type MessageBody,
  type Source,
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
  /** The message, when it is more than its text. */
  body?: MessageBody;
  /** What a language model may say it by, the likeliest first. */
  passages: Source[];
  /** The language model whose words these are. */
  written_by?: string;
  /** The message that it was shown as while it was being written. */
  message_id?: string;
}

/** Why a person is to come in the bot's place. */
export interface Leaving {
  reason: HandOffReason;
  /** More of it, in words, for whoever comes. */
  why?: string;
}

/** A question is asked in several messages as often as several questions are. Read together they are
 *  one, unless two of them alone are surer of different answers: then both are said (rule W67).
 *  @param whole read together; undefined when the bot is unsure of that
 *  @param alone each by itself, in the order in which they were said */
export function severalIn(
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
