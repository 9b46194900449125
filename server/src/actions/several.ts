import { longest_message, type Message, openQuestionIn } from '@wheelhouse/core';
import { coverageOf } from '@wheelhouse/core/learn';
import {
  type Apart,
  type Calling,
  eachOf,
  hasArguments,
  isAct,
  isWithin,
  onlyTold,
  surenessOf,
  type Thought,
} from './thought.ts';

/** What is read by itself with less than this, and less surely than with the rest, may as well be the
 *  beginning of the rest. */
const likely = 0.5;
/** From this share of its words on, what is said speaks of a question. */
const spoken_of = 0.5;
/** Beside what is told there is to be room for what the bot does not know. */
const longest_told = longest_message - 2_000;

/** One of several things that a customer asks, read by itself. */
export interface Part {
  message: Message;
  asked: string;
  came: Thought | Calling | undefined;
}

/** A question is asked in several messages as often as several questions are. Read together they are
 *  one, unless two of them alone are surer of different answers: then both are said (rule W67). What a
 *  tool is wanted for goes before what is only told, where the bot is as sure of it; neither is lost
 *  for the other (rule W83), nor a call for another of the same tool (rule W100).
 *  @param message the newest
 *  @param whole read together; undefined when the bot is unsure of that
 *  @param alone each by itself, in the order in which they were said
 *  @returns with what it leaves open */
export function severalIn(
  message: Message,
  whole: Thought | Calling | undefined,
  alone: Part[],
): Thought | Calling | undefined {
  const least = Math.min(likely, whole ? surenessOf(whole) : likely);
  const read = alone.flatMap((part): Apart[] =>
    eachOf(part.came).map((came) => {
      const own = hasArguments(came) || surenessOf(came) >= least || isAsked(part);
      return { message: part.message, came, own };
    }),
  );
  const together = eachOf(whole).map((came): Apart => ({ message, came, own: true }));
  const acts = actsIn(read, together);
  const each = [...read.filter(({ came }) => !isAct(came)), ...acts];
  const told = toldIn(
    onlyTold(whole),
    alone.map(({ asked, came }) => ({ asked, told: onlyTold(came) })),
  );
  const surest = surestOf(acts);
  if (surest && surenessOf(surest) >= (told?.confidence ?? 0)) return withApart(surest, each);
  const act = surestOf(acts.filter(({ own }) => own));
  if (!act) return told && withApart(told, each);
  const last = alone.at(-1)?.message;
  const tells = each.some(({ came, own }) => own && onlyTold(came));
  const rest = told && last && !tells ? [{ message: last, came: told, own: true }] : [];
  return withApart(act, [...each, ...rest]);
}

const isAsked = ({ asked }: Part): boolean => openQuestionIn(asked) !== undefined;

/** What a language model made of a thought, with what that leaves: where it calls tools instead of
 *  answering, each call, and the answer that the bot knew (rule W100). */
export function besideMade(
  message: Message,
  first: Thought | undefined,
  made: Thought | Calling,
): Thought | Calling {
  if (!first || !isAct(made)) return made;
  const { apart = [], open, ...told } = first;
  const known = told.other_topics !== undefined || told.confidence >= likely;
  const calls = eachOf(made).map((came): Apart => ({ message, came, own: true }));
  // What is called for is what the bot itself did not know, as far as the calls go.
  const left = open && open.asked.length > calls.length ? { open } : {};
  const own = known && !told.unsure;
  const read: Apart = { message, came: { ...told, ...left }, own };
  const acts = numbered(calls);
  return withApart(acts[0]?.came ?? made, [...apart, read, ...acts]);
}

/** What tools are wanted for, each once: of what is read together and alone the fuller counts. Where
 *  alone two uses of one tool are read, both read together is a mixture of them. */
function actsIn(alone: Apart[], together: Apart[]): Apart[] {
  const own = alone.filter(({ came }) => isAct(came));
  const distinct = fullest(own);
  const read = together.filter(
    ({ came }) => isAct(came) && distinct.filter((one) => isOfTool(one, came)).length < 2,
  );
  const merged = own.map((one) => {
    const fuller = read.find(({ came }) => isWithin(one.came, came));
    return fuller ? { ...fuller, message: one.message } : one;
  });
  return numbered(fullest([...merged, ...read]));
}

const isOfTool = (one: Apart, came: Thought | Calling): boolean =>
  isWithin(withoutArguments(one.came), came);
const withoutArguments = (one: Thought | Calling): Thought | Calling =>
  'tool' in one
    ? { ...one, arguments: {} }
    : { ...one, ...(one.gathering ? { gathering: { ...one.gathering, arguments: {} } } : {}) };

/** Those that say more than any other of their tool, the first of equals. */
const fullest = (all: Apart[]): Apart[] =>
  all.filter(
    (one, at) =>
      !all.some(
        (other, place) =>
          place !== at &&
          isWithin(one.came, other.came) &&
          (place < at || !isWithin(other.came, one.came)),
      ),
  );

/** Two turns that read a message number its calls alike, and so make each of them once. */
const numbered = (acts: Apart[]): Apart[] =>
  acts.map((one, at) => {
    if (!('tool' in one.came)) return one;
    const nth = acts.slice(0, at).filter(({ message }) => message.id === one.message.id).length;
    return { ...one, came: { ...one.came, message: one.message, nth } };
  });

/** What is said or done, with what it leaves open. Where another call needs to ask for something, that
 *  question comes last, and the call beside it: it is answered next. */
function withApart(said: Thought | Calling, each: Apart[]): Thought | Calling {
  const apart = each.filter(({ came }) => !standsIn(said, came));
  const asks = apart.find(({ came, own }) => own && 'gathering' in came && came.gathering);
  if (asks && 'tool' in said && each.some(({ came }) => came === said)) {
    return withApart(asks.came, each);
  }
  return { ...said, ...(apart.length ? { apart } : {}) };
}

const surestOf = (all: Apart[]): Thought | Calling | undefined =>
  all.map(({ came }) => came).toSorted((a, b) => surenessOf(b) - surenessOf(a))[0];

/** Whether one answer, or call, is within another. */
const standsIn = (said: Thought | Calling, one: Thought | Calling): boolean => {
  const [told, other] = [onlyTold(said), onlyTold(one)];
  if (told && other) return told.text.includes(other.text);
  return !told && !other && isWithin(one, said);
};

/** Of what is only told: what several questions come to. One that is asked is answered though the whole
 *  is read as something surer, unless that speaks of it. */
export function toldIn(
  whole: Thought | undefined,
  alone: { asked: string; told: Thought | undefined }[],
): Thought | undefined {
  const sure = whole?.confidence ?? 0;
  const wanted = alone.flatMap(({ asked, told }) => {
    const asks = openQuestionIn(asked);
    const other = asks && !isSpokenOf(asks, whole?.text ?? '');
    return told && (told.confidence > sure || other) ? [told] : [];
  });
  const apart = wanted.filter(
    (one, at) => wanted.findIndex(({ text }) => text === one.text) === at && !one.body,
  );
  const text = apart.map((one) => one.text).join('\n\n');
  const [first, ...others] = apart;
  if (!first || !others.length || text.length > longest_told) return whole ?? wanted.at(-1);
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

/** Whether what is said speaks of what was asked. */
export const isSpokenOf = (asked: string, said: string): boolean =>
  coverageOf(asked, said) >= spoken_of;

const distinct = <One extends { title: string }>(all: One[]): One[] =>
  all.filter((one, at) => all.findIndex(({ title }) => title === one.title) === at);
