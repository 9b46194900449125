import {
  asksForPerson,
  assert,
  type Bot,
  botWords,
  type Contact,
  differs,
  filled,
  type Gathering,
  type Grave,
  graveIn,
  type Instant,
  isFile,
  isQuestion,
  type JsonObject,
  lackingIn,
  letsBe,
  type Message,
  moodOf,
  questionsIn,
  type Scope,
  type Source,
  smallTalkOf,
  wordsOf,
} from '@wheelhouse/core';
import type { Retrieval } from '@wheelhouse/core/learn';
import type { ArticleStamp } from '../store/articles.ts';
import type { TurnRow } from '../store/conversations.ts';
import { askBack, rebuffIn } from './ask-back.ts';
import { factsOf, lackingOf } from './facts.ts';
import { askedOn, gather, gatherOn, understood } from './gather.ts';
import type { Known, Minds } from './mind.ts';
import { withOpen } from './open.ts';
import { type Read, type Reading, readingOf } from './reading.ts';
import { settledFor } from './settled.ts';
import { severalIn } from './several.ts';
import { type Calling, type Leaving, ownWords, type Thought } from './thought.ts';

export type { Calling, Leaving, Thought };

/** An intent this likely is what was meant, whatever the customer was asked for. */
const another_matter = 0.7;
/** An intent less likely than this is not what was meant. */
const least_likely = 0.1;

/** What a turn stands on, read before anything is thought. */
export interface Ground {
  scope: Scope;
  turn: TurnRow;
  bot: Bot;
  /** What its articles are known by; looked up anew where nobody did. */
  stamp?: ArticleStamp;
  contact: Contact | undefined;
  /** Of the conversation. */
  labels: string[];
  input: JsonObject;
  /** What is to be answered: the customer's newest message, and what they said right before it, as that
   *  message the last (rule W67). */
  message: Message;
  together: Message[];
  /** The words of those that ask for something, and all of them; of small talk alone the newest. */
  asking: string[];
  asked: string;
  /** What was said to all before it, oldest first. */
  earlier: Message[];
  /** What colleagues wrote when they gave the wheel back, oldest first. */
  summaries: string[];
  /** Whether the wheel came back with the question, so that asking for a person again would go round
   *  in a circle. */
  given_back: boolean;
  /** The verdict on the call that this turn asked for, before the server that took it died. */
  called?: string | undefined;
  /** What the bot's last word asked for, to call a tool with. */
  gathering: Gathering | undefined;
  now: Instant;
}

/** What a bot makes of a customer's words: an answer, or why a person is to come. It reads and
 *  writes nothing: what becomes of the thought is its gate's to say. An answer written for an intent
 *  goes before a passage of an article, where the bot is as sure of it (rules W17 to W20). */
export async function think(
  { minds }: { minds: Minds },
  given: Ground,
): Promise<Thought | Calling | Leaving> {
  const turned_down = rebuffIn(given);
  const ground = turned_down?.rest ?? given;
  const { turn, bot, together, asking, earlier } = ground;
  const words = together.map(({ body }) => wordsOf(body));
  if (words.some(asksForPerson)) return { reason: 'asked' };
  // A name is not what is in a file: what no bot can read, a person looks at.
  if (together.some(({ body }) => isFile(body))) return { reason: 'low_confidence' };
  const { definition } = bot;
  if ((turn.posture ?? definition.posture) === 'off') {
    return { reason: 'off', why: turn.posture ? 'it is off in this conversation' : 'it is off' };
  }
  const before = earlier.flatMap(({ author_kind, body }) =>
    author_kind === 'contact' ? [wordsOf(body)] : [],
  );
  const said = [...before, ...words];
  const upset = (text: string, at: number) =>
    moodOf(text, said.slice(0, before.length + at)) === 'frustrated';
  if (words.some(upset)) return { reason: 'frustrated' };
  const grave = words.map((text) => graveIn(text)).find((one) => one && !taught(bot, one));
  if (grave) return { reason: 'rule', why: grave_words[grave] };
  if (turned_down?.again) return { reason: 'failed', why: 'its answer was turned down' };
  if (turned_down && !turned_down.rest) {
    const before_it = { ...ground, asked: turned_down.question };
    return askBack(before_it, await readingOf({ minds }, before_it), turned_down.answer);
  }
  const talk = asking.length ? undefined : smallTalkOf(ground.asked);
  if (talk) return talkedOf(ground, talk);
  const gathered = ground.gathering && gatherOn(ground, ground.gathering);
  if (gathered && understood(gathered)) return eachWanted(ground, gathered);
  const left = letsBe(asking.at(-1) ?? '');
  if (left) return ownWords(botWords(left).called_off);
  const settled = settledFor(ground);
  if (settled) return settled;
  const whole = await readingOf({ minds }, ground);
  // Who is asked for an order number may ask for something else in return.
  if (gathered && !isAnother(ground, whole)) return gathered;
  const answer = answerOf(ground, whole);
  const questions = asking.flatMap(questionsIn);
  const parts = questions.length > 1 ? questions : [];
  const readings = await Promise.all(
    parts.map(async (asked) => ({
      message: sayingOf(ground, asked),
      asked,
      reading: await readingOf({ minds }, { ...ground, asked }),
    })),
  );
  const alone = readings.map((part) => ({ ...part, came: answerAlone(ground, part, readings) }));
  const known = severalIn(ground.message, answer, alone);
  return askedOn(ground, known ? withOpen(ground, known, alone) : askBack(ground, whole));
}

/** The calls that an answer completes, each by itself (rule W100). */
const eachWanted = ({ message }: Ground, came: Thought | Calling | Leaving) =>
  'reason' in came ? came : (severalIn(message, came, []) ?? came);

/** What a bot has to say to one of several things that are asked. What a tool needs for it may stand in
 *  another of them, unless the tool is wanted for both. */
function answerAlone(
  ground: Ground,
  { asked, reading }: { asked: string; reading: Reading },
  all: { reading: Reading }[],
): Thought | Calling | undefined {
  const came = answerOf({ ...ground, asked }, reading);
  const label = reading.read?.label;
  const once = all.filter((one) => one.reading.read?.label === label).length === 1;
  return came && 'gathering' in came && came.gathering && once ? answerOf(ground, reading) : came;
}

const grave_words: Record<Grave, string> = {
  harm: 'the customer tells of harm or danger',
  law: 'the customer speaks of the law',
};
/** Whether a bot's own intents are about such matters: a clinic's bot is asked of burns all day. */
const taught = ({ definition }: Ground['bot'], grave: Grave): boolean =>
  definition.intents.some(({ examples }) => examples.some((text) => graveIn(text) === grave));

/** Who says hello while they are asked for something is still asked; who thanks or parts is not. */
function talkedOf(ground: Ground, { kind, language }: SmallTalk): Thought {
  const said = ownWords(botWords(language)[kind]);
  return kind === 'greeting' || kind === 'robot' ? askedOn(ground, said) : said;
}
type SmallTalk = NonNullable<ReturnType<typeof smallTalkOf>>;

const sayingOf = ({ together, message }: Ground, asked: string): Message =>
  together.findLast(({ body }) => wordsOf(body).includes(asked)) ?? message;

/** What is read as the same matter again is no other, or one would be asked for ever. What articles
 *  answer is one where it is asked. */
const isAnother = ({ bot, gathering, asked }: Ground, { read, search }: Reading): boolean =>
  (read !== undefined &&
    read.confidence >= another_matter &&
    read.label !== gathering?.topic &&
    bot.definition.intents.some(({ name }) => name === read.label)) ||
  (search.confidence >= another_matter && isQuestion(asked));

/** What a bot has to say to what was read. @returns undefined when it is unsure */
function answerOf(ground: Ground, { read, search }: Reading): Thought | Calling | undefined {
  const { bot, contact, now } = ground;
  const { intents, tools, hand_off_below } = bot.definition;
  const intent = intents.find(({ name }) => name === read?.label);
  const sureness = read && intent ? read.confidence : 0;
  const scores = Object.fromEntries(read?.scores.map((one) => [one.label, one.probability]) ?? []);
  const knows_nothing = !intent && !search.found.length;
  if (knows_nothing || Math.max(sureness, search.confidence) < hand_off_below) return undefined;
  const topic = sureness < hand_off_below ? undefined : intent?.name;
  const lacking = lackingOf(ground, intent);
  // What it has to say it cannot say whole; an article may.
  if (lacking && search.confidence < hand_off_below) return undefined;
  if (intent && !lacking && sureness >= search.confidence) {
    const tool = tools.find(({ name }) => name === intent.tool);
    if (tool) return gather(ground, { tool, topic, confidence: sureness }, {});
    const text = filled(intent.answer, factsOf(contact, bot, now));
    const passages = [...fromIntents(ground, read), ...fromArticles(search)];
    const others = othersOf(ground, { read, search }, text);
    return { text, confidence: sureness, scores, citations: [], topic, passages, others };
  }
  const passages = [...fromArticles(search), ...fromIntents(ground, read)];
  const said = fromArticle(search);
  return {
    ...said,
    scores,
    topic,
    passages,
    others: othersOf(ground, { read, search }, said.text),
  };
}

/** What else a bot could say to the same words, the surest first: another intent's answer, or what its
 *  articles say (rule W65). */
function othersOf(
  { bot, contact, now }: Ground,
  { read, search }: Reading,
  text: string,
): Thought[] {
  const { intents, hand_off_below } = bot.definition;
  const facts = factsOf(contact, bot, now);
  const answers = (read?.scores ?? []).flatMap(({ label, probability }): Thought[] => {
    const intent = intents.find(({ name }) => name === label);
    if (!intent || intent.tool || lackingIn(intent.answer, facts).length) return [];
    const said = { text: filled(intent.answer, facts), topic: intent.name };
    const confidence = label === read?.label ? read.confidence : probability;
    return [{ ...ownWords(''), ...said, confidence }];
  });
  const found = search.found.length ? [{ ...ownWords(''), ...fromArticle(search) }] : [];
  return [...answers, ...found]
    .filter((one) => one.confidence >= hand_off_below && differs(one.text, text))
    .toSorted((a, b) => b.confidence - a.confidence);
}

/** What a bot says that was given the wheel with a question that it cannot answer: neither silence nor
 *  another round (rule W45). */
export function backAgain({ turn, contact }: Ground): Thought {
  const words = botWords(turn.language ?? contact?.language);
  const buttons = [{ label: words.person }];
  return { ...ownWords(words.back), body: { kind: 'buttons', text: words.back, buttons } };
}

function fromArticle({ found, confidence }: Retrieval<Known>): Omit<Thought, 'passages'> {
  const [best] = found;
  assert(best, 'a confidence above nothing is of something found');
  const { title, heading, text, url } = best.passage;
  const shown = [title, ...heading].join(' › ');
  return { text, confidence, scores: {}, citations: [{ title: shown, url }] };
}

/** What was found in articles, for a language model to say it by. */
export const fromArticles = ({ found }: Retrieval<Known>): Source[] =>
  found.map(({ passage: { title, heading, text, url } }) => {
    const shown = [title, ...heading].join(' › ');
    return { title: shown, text, citation: { title: shown, url } };
  });

/** The answers of the intents that may be meant; they are the bot's own, and cite nothing. */
export function fromIntents(
  { bot, contact, now }: Pick<Ground, 'bot' | 'contact' | 'now'>,
  read: Read | undefined,
): Source[] {
  const facts = factsOf(contact, bot, now);
  return (read?.scores ?? []).flatMap(({ label, probability }) => {
    const intent = bot.definition.intents.find(({ name }) => name === label);
    // What is said of a tool's result is no answer without one.
    if (!intent || intent.tool || probability < least_likely) return [];
    const { name, title = name, answer } = intent;
    if (lackingIn(answer, facts).length) return [];
    return [{ title, text: filled(answer, facts), citation: null }];
  });
}
