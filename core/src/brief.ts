import * as z from 'zod';
import { asksForPerson } from './asks.ts';
import { HandOffReason } from './conversation.ts';
import { fact_kinds, gatheredIn } from './gathered.ts';
import { idOf } from './id.ts';
import { isSpaceless, pairsIn } from './learn/spaceless.ts';
import { Citation, isFile, type Message, wordsOf } from './message.ts';
import { type Mood, moodOf, moods } from './mood.ts';
import { joinSentences, sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';
import { isStalling } from './stalling.ts';

/** Something the customer named, and the message in which they did. */
export const Fact = z.object({
  kind: z.enum(fact_kinds),
  value: z.string(),
  message_id: idOf('message'),
  seq: z.int(),
});
export type Fact = z.infer<typeof Fact>;

/** An answer of the bot's, and what the customer said to it. */
export const Tried = z.object({
  seq: z.int(),
  text: z.string(),
  citations: z.array(Citation),
  reply: z.string().nullable(),
});
export type Tried = z.infer<typeof Tried>;

/** What whoever takes over needs to know, before they read the whole. */
export const Brief = z.object({
  reason: HandOffReason,
  /** More of it, in the words of the rule, the tool or whoever it was; null where there is none. */
  why: z.string().nullish(),
  /** What it seems to be about, by the bot's intents. */
  topic: z.string().nullable(),
  /** What the customer wants, in their words or, where a language model wrote it, in its. */
  goal: z.string().nullable(),
  /** Of several questions those that the bot had no answer to, as the customer put them. */
  open: z.array(z.string()).nullish(),
  facts: z.array(Fact),
  /** Oldest first. */
  tried: z.array(Tried),
  /** What could be answered, with where it comes from. */
  suggestion: z.object({ text: z.string(), citations: z.array(Citation) }).nullable(),
  mood: z.enum(moods),
  /** The language model that wrote the goal and the suggestion; null when none did. */
  written_by: z.string().nullable(),
});
export type Brief = z.infer<typeof Brief>;

/** The newest brief of a conversation, and the hand-off that it is of; both null while there is none. */
export const BriefView = z.object({
  brief: Brief.nullable(),
  output_id: idOf('output').nullable(),
});
export type BriefView = z.infer<typeof BriefView>;

const most_facts = 30;
const most_tried = 5;
const longest_excerpt = 400;
/** Of the customer's last messages, those whose mood counts. */
const recent = 3;

const cut = (text: string): string =>
  text.length > longest_excerpt ? `${text.slice(0, longest_excerpt - 1).trimEnd()}…` : text;

/** What was said to all, without what the system says of it. */
const spoken = (messages: readonly Message[]): Message[] =>
  messages.filter(({ audience, body }) => audience === 'all' && body.kind !== 'line');

/** What a person needs to go on from here, by rules alone: nothing in it is invented, and each fact says
 *  where it was said (rule W44). What only a search or a classifier knows is left empty.
 *  @param messages of the conversation, oldest first */
export function briefFrom(messages: readonly Message[], reason: HandOffReason): Brief {
  const said = spoken(messages);
  return {
    reason,
    topic: null,
    goal: goalOf(said),
    facts: factsIn(said),
    tried: triedIn(said),
    suggestion: null,
    mood: moodIn(said),
    written_by: null,
  };
}

const customers = (said: readonly Message[]) =>
  said.filter(({ author_kind }) => author_kind === 'contact');

/** A question of fewer words ("And now?") says nothing to who has not read what went before. */
const least_words = 4;

/** What they asked last, as that is still open; where they asked nothing, the first thing they wrote
 *  that wants something. Either without the greeting before it. What a person has answered since is open
 *  no more: then even a short question ("And to France?") is what they want. */
function goalOf(said: readonly Message[]): string | null {
  const answered = said.findLastIndex(
    ({ author_kind, body }) =>
      author_kind === 'member' && !isStalling(wordsOf(body)) && !smallTalkOf(wordsOf(body)),
  );
  const since = requestsIn(said.slice(answered + 1));
  const asks_whole = (text: string) => /[?？؟]/u.test(text) && wordsIn(text) >= least_words;
  const requests = since.length ? since : requestsIn(said);
  return requests.findLast(asks_whole) ?? requests[0] ?? null;
}

const requestsIn = (said: readonly Message[]): string[] =>
  customers(said).flatMap(({ body }) => (isFile(body) ? [] : (requestIn(wordsOf(body)) ?? [])));

/** What they said that they want once a person was asked for, where the brief knows of nothing: the
 *  first thing since that says something on its own. @returns null while there is none */
export function wishIn(messages: readonly Message[]): { text: string; seq: number } | null {
  for (const { body, seq } of customers(spoken(messages))) {
    const text = isFile(body) ? null : requestIn(wordsOf(body));
    if (text && piecesIn(text) >= least_words) return { text, seq };
  }
  return null;
}

/** A suggestion, unless the bot has said the same already: it did not help then. */
export const untried = (
  { tried }: Pick<Brief, 'tried'>,
  suggestion: Brief['suggestion'],
): Brief['suggestion'] =>
  suggestion && tried.some(({ text }) => text === cut(suggestion.text)) ? null : suggestion;

/** What a message asks for, from its first sentence that is neither small talk nor the wish for a
 *  person alone. @returns null when there is none */
export function requestIn(text: string): string | null {
  const parts = sentencesOf(text).flatMap(matterIn);
  const first = parts.findIndex((part) => asks(part));
  return first < 0 ? null : cut(joinSentences(parts.slice(first)).trim());
}

/** The sentence to search by: the first that is a question, or else the first that asks for something.
 *  What stands around it names orders and addresses, which no article has. */
export function questionIn(text: string): string {
  const parts = sentencesOf(text).flatMap(matterIn).filter(asks);
  return parts.find((part) => /[?？]/u.test(part)) ?? parts[0] ?? text;
}

const asks = (part: string): boolean => /\p{L}/u.test(part) && !smallTalkOf(part);

/** What comes after these is what a person is wanted for. */
const reasons =
  /(?<!\p{L})(?:about|because|regarding|concerning|since|wegen|über|weil|denn|bezüglich|au sujet d|à propos d|parce qu|concernant|sobre|porque|acerca de|por causa|a respeito d|perché|riguardo|a proposito d|per via d|بخصوص|بشأن|بشان|لان|لأن|عن)/iu;
/** Words after a reason that say something: "about it" does not. */
const least_reason = 2;
/** Words beside the wish that say something: "Hi Anna" does not. */
const least_rest = 3;

/** A sentence without the wish for a person that stands in it, so that the matter is left; as it is when
 *  the wish names the matter itself. @returns nothing where it only wishes */
function matterIn(sentence: string): string[] {
  if (!asksForPerson(sentence)) return [sentence];
  const clauses = sentence.split(/(?<=[,،;:])\s+|\s+[–—-]\s+/u);
  const left = clauses.filter((clause) => !asksForPerson(clause) && !isCourtesy(clause));
  const rest = left.join(' ').replace(/[,،;:\s]+$/u, '');
  if (wordsIn(rest) >= least_rest) return [rest];
  const [, after = ''] = sentence.split(reasons);
  return wordsIn(after) >= least_reason ? [sentence] : [];
}

const isCourtesy = (clause: string): boolean => smallTalkOf(clause) !== undefined;
const piecesIn = (text: string): number =>
  isSpaceless(text) ? pairsIn(text).length : wordsIn(text);
const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

function factsIn(said: readonly Message[]): Fact[] {
  const names = said.flatMap(({ body }) => (body.kind === 'card' ? [body.title] : []));
  const found = new Map<string, Fact>();
  for (const { id, seq, body } of customers(said)) {
    for (const { kind, value } of gatheredIn(wordsOf(body), names)) {
      const key = `${kind} ${value.toLowerCase()}`;
      if (kind !== 'account' && !found.has(key)) {
        found.set(key, { kind, value, message_id: id, seq });
      }
    }
  }
  return [...found.values()].slice(0, most_facts);
}

function triedIn(said: readonly Message[]): Tried[] {
  return said
    .flatMap(({ author_kind, body, seq, citations }, at): Tried[] => {
      const before = said[at - 1];
      const asked = before?.author_kind === 'contact' ? wordsOf(before.body) : '';
      if (author_kind !== 'bot' || smallTalkOf(asked)) return [];
      const after = said[at + 1];
      const reply = after?.author_kind === 'contact' ? cut(wordsOf(after.body)) : null;
      return [{ seq, text: cut(wordsOf(body)), citations, reply }];
    })
    .slice(-most_tried);
}

function moodIn(said: readonly Message[]): Mood {
  const words = customers(said).map(({ body }) => wordsOf(body));
  const from = Math.max(0, words.length - recent);
  const last = words.slice(from).map((text, at) => moodOf(text, words.slice(0, from + at)));
  return last.reduce((one, other) => (rank(other) > rank(one) ? other : one), 'calm');
}
const rank = (mood: Mood): number => moods.indexOf(mood);
