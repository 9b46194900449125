import * as z from 'zod';
import { requestIn } from './brief.ts';
import { isFile, type Message, wordsOf } from './message.ts';
import { joinSentences, sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';
import { isStalling } from './stalling.ts';

/** What happened while a person had the wheel, in words, for the bot and for whoever comes next. */
export const Summary = z.object({
  text: z.string(),
  /** The language model that wrote it; null when none did. */
  written_by: z.string().nullable(),
});
export type Summary = z.infer<typeof Summary>;

export const SummaryFilter = z.strictObject({
  /** Whether a language model may write it, where there is one. That takes seconds. */
  model: z.stringbool().default(false),
});

/** A question and what it was answered. */
export interface SettledQuestion {
  asked: string;
  answered: string;
}

const arrow = ' → ';
const most_settled = 8;
const most_promised = 5;
const most_said = 2;
const longest_piece = 300;

/** Where somebody says what they or we will do, in six languages. What the customer is told to do is no
 *  promise, and neither is a wish ("I would"). */
const promise =
  /(?<!\p{L})(?:(?:i|we)(?:[’']ll| will| am going to| are going to)|you(?:[’']ll| will) (?:get|receive|have)|(?:ich|wir) (?:werde|werden|schicke|schicken|sende|senden|erstatte|erstatten|melde|melden|kümmere|kümmern)|(?:sie|du) (?:bekommen|bekommst|erhalten|erhältst)|je vais|nous allons|vous (?:recevrez|aurez)|(?:voy|vamos) a|(?:le|te) (?:enviaré|enviaremos|mandaré|devolveremos)|(?:recibirá|recibirás)|(?:vado|andiamo) a|(?:le|ti) (?:invierò|manderò|spedirò|rimborseremo)|riceverà|(?:vou|vamos)|(?:enviarei|enviaremos)|(?:receberá|receberás))(?!\p{L})/iu;

const piece = (text: string): string => {
  const one_line = text.replaceAll(/\s+/g, ' ').trim().replaceAll(arrow, ' - ');
  return one_line.length > longest_piece ? `${one_line.slice(0, longest_piece - 1)}…` : one_line;
};

/** Where the bot has the wheel again. */
const ends = ({ body }: Message): boolean =>
  body.kind === 'line' && /^(handed_back|nobody_came|resolved)$/.test(body.line);

const spoken = (messages: readonly Message[]): Message[] => {
  const said = messages.filter(({ audience, body }) => audience === 'all' && body.kind !== 'line');
  return said.some(({ author_kind }) => author_kind === 'member') ? said : [];
};

/** What was said to all since the wheel last left the bot. @returns none when no person spoke */
export const episodeOf = (messages: readonly Message[]): Message[] =>
  spoken(messages.slice(messages.findLastIndex(ends) + 1));

/** The same of each time that a person had the wheel and the bot then got it again. */
export function endedEpisodes(messages: readonly Message[]): Message[][] {
  const episodes: Message[][] = [];
  let from = 0;
  messages.forEach((message, at) => {
    if (!ends(message)) return;
    const said = spoken(messages.slice(from, at));
    if (said.length) episodes.push(said);
    from = at + 1;
  });
  return episodes;
}

/** What a person answered, with what was asked before it and the first message of the answer. */
export interface Answer extends SettledQuestion {
  message_id: string;
  by: string;
}

/** What persons answered, each with what was asked before it. Words that follow without a question
 *  between them belong together; who only gains time has answered nothing (rule W121). */
export const answersIn = (episode: readonly Message[]): Answer[] => readIn(episode).answers;

/** The same, with what was asked last and nobody has answered. */
function readIn(episode: readonly Message[]): { answers: Answer[]; open: string } {
  const answers: Answer[] = [];
  let asked = '';
  let going_on = false;
  for (const { id, author_kind, author_id, body } of episode) {
    // A file's name neither asks nor answers.
    if (isFile(body)) continue;
    const words = wordsOf(body);
    const last = answers.at(-1);
    if (author_kind === 'contact') {
      asked = requestIn(words) ?? asked;
      going_on = false;
    } else if (author_kind === 'member' && words.trim() && !smallTalkOf(words)) {
      if (isStalling(words)) continue;
      if (going_on && last) last.answered = `${last.answered}\n\n${words}`;
      else if (asked) answers.push({ asked, answered: words, message_id: id, by: author_id });
      going_on = going_on || asked !== '';
      asked = '';
    }
  }
  return { answers, open: asked };
}

const settledIn = (episode: readonly Message[]): SettledQuestion[] =>
  answersIn(episode)
    .map(({ asked, answered }) => ({ asked: piece(asked), answered: piece(answered) }))
    .slice(-most_settled);

const membersOf = (episode: readonly Message[]): Message[] =>
  episode.filter(
    ({ author_kind, body }) =>
      author_kind === 'member' && !isFile(body) && !isStalling(wordsOf(body)),
  );

const sentencesIn = ({ body }: Message): string[] => sentencesOf(wordsOf(body));

/** What a person said last that nobody had asked, and that is no promise: they know why they said it. */
function saidIn(episode: readonly Message[]): string[] {
  const answers = answersIn(episode).map(({ answered }) => answered);
  return membersOf(episode)
    .filter(({ body }) => !smallTalkOf(wordsOf(body)))
    .filter(({ body }) => !answers.some((answered) => answered.includes(wordsOf(body))))
    .flatMap((message) => {
      const rest = sentencesIn(message).filter((one) => !promise.test(one) && !smallTalkOf(one));
      return joinSentences(rest).trim() || [];
    })
    .slice(-most_said);
}

/** The human episode in words, by rules alone: what was asked and answered, what was promised, what else
 *  was said last, and what is still open; every word of it was said (rule W45).
 *  @param messages of the conversation, oldest first
 *  @returns an empty text when no person spoke */
export function summaryOf(messages: readonly Message[]): string {
  const episode = episodeOf(messages);
  const settled = settledIn(episode);
  const promised = membersOf(episode)
    .flatMap(sentencesIn)
    .filter((sentence) => promise.test(sentence))
    .slice(-most_promised);
  const told = saidIn(episode);
  const { open } = readIn(episode);
  return [
    ...settled.map(({ asked, answered }) => `Settled: ${asked}${arrow}${answered}`),
    ...promised.map((sentence) => `Promised: ${piece(sentence)}`),
    ...told.map((sentence) => `Said: ${piece(sentence)}`),
    ...(open ? [`Open: ${piece(open)}`] : []),
  ].join('\n');
}

/** What a summary says is settled, as it stands after a person changed it. */
export const settledBy = (summary: string): SettledQuestion[] =>
  summary.split('\n').flatMap((line) => {
    const [, asked, answered] = /^\s*Settled:\s*(.+?) → (.+)$/u.exec(line) ?? [];
    return asked && answered ? [{ asked, answered: answered.trim() }] : [];
  });
