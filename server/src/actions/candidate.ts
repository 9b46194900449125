import {
  type Answered,
  answeredBy,
  type Bot,
  candidateOf,
  canonical,
  digest,
  every_workspace,
  isRefusal,
  type Json,
  longest_article,
  type Message,
  most_articles,
  Purpose,
  type Scope,
  same_text,
  saysTheSame,
  wordsOf,
} from '@wheelhouse/core';
import { likenessOf } from '@wheelhouse/core/learn';
import type { Ports } from '../ports.ts';
import { answerArticles, proposeArticle, stampOfArticles } from '../store/articles.ts';
import { findBot } from '../store/bots.ts';
import { contactsById } from '../store/contacts.ts';
import { erasedAmong } from '../store/conversation-erasure.ts';
import { findConversation } from '../store/conversations.ts';
import { type Cause, causesBetween } from '../store/effects.ts';
import { appendEvents } from '../store/events.ts';
import { endOfPage, moveReader, type Place, takeReader } from '../store/fan-out.ts';
import { namesOf } from '../store/members.ts';
import { messagesBefore } from '../store/messages.ts';
import { findOutput } from '../store/outputs.ts';
import type { Minds } from './mind.ts';
import { suggest } from './suggest.ts';

const reader = 'candidates';
const page_size = 500;
const most_read = 200;
/** So sure of a question, the bot could have answered it: what a person said is no news to it. */
const sure = 0.75;
const most_compared = 500;

/** Makes candidate articles of what persons answered where the bot could not (rule W46). An article is
 *  named for the message or output that its words come from, so that a page that is read twice, as after
 *  a server died, makes none twice.
 *  @returns how many events were passed */
export async function proposeCandidates(ports: Ports, minds: Minds): Promise<number> {
  const page = await ports.database.transact(every_workspace, async (tx) => {
    const from = await takeReader(tx, reader);
    const to = from && (await endOfPage(tx, from, page_size));
    if (!from || !to) return undefined;
    return { from, to, causes: await causesBetween(tx, from, to) };
  });
  if (!page) return 0;
  for (const cause of page.causes) {
    // What is gone meanwhile teaches nothing.
    await learnFrom(ports, minds, cause).catch((refusal) => {
      if (!isRefusal(refusal)) throw refusal;
    });
  }
  await ports.database.transact(every_workspace, async (tx) => {
    const now = await takeReader(tx, reader);
    if (now && isAt(now, page.from)) moveReader(tx, reader, page.to);
  });
  return page.to.count;
}

const isAt = (one: Place, other: Place): boolean =>
  one.xid === other.xid && String(one.seq) === String(other.seq);

interface Lesson {
  scope: Scope;
  bot: Bot;
  conversation_id: string;
  language: string | null;
  answers: Answered[];
  /** Whose names are in it. */
  names: (string | null)[];
  /** What the bot itself said or drafted. */
  own: string[];
  /** A person put it in place of the bot's words, however sure the bot was of them. */
  replaced: boolean;
}

async function learnFrom(ports: Ports, minds: Minds, cause: Cause): Promise<void> {
  const over = /^conversation\.(handed_back|resolved)$/.test(cause.type);
  if (!over && cause.type !== 'output.decided') return;
  const lesson = await lessonOf(ports, cause);
  if (!lesson) return;
  for (const answer of lesson.answers) await propose(ports, minds, lesson, answer);
}

async function lessonOf(ports: Ports, cause: Cause): Promise<Lesson | undefined> {
  const scope = { workspace_id: cause.workspace_id };
  return ports.database.transact(scope, async (tx) => {
    const output = cause.conversation_id ? await findOutput(tx, scope, cause.subject) : undefined;
    // Nearly all pass as they are.
    if (output && output.outcome?.status !== 'edited') return undefined;
    const row = await findConversation(tx, scope, cause.conversation_id ?? cause.subject);
    const bot = row && (await findBot(tx, scope, row.bot));
    if (!row || row.erased_at || !bot) return undefined;
    const messages = await messagesBefore(tx, scope, row.id, row.seq + 1, most_read);
    const answers = output ? replacedBy(output, messages) : answeredBy(messages);
    if (!answers.length) return undefined;
    const contact = (await contactsById(tx, scope, [row.contact_id])).get(row.contact_id);
    const members = await namesOf(tx, scope, [...new Set(answers.map(({ by }) => by))]);
    const own = messages
      .filter(({ author_kind, approved_by }) => author_kind === 'bot' && !approved_by)
      .map(({ body }) => wordsOf(body));
    const names = [contact?.name ?? null, ...members.values()];
    const { id: conversation_id, language } = row;
    const replaced = output !== undefined;
    return { scope, bot, conversation_id, language, answers, names, own, replaced };
  });
}

/** A draft that a person replaced by other words; one that they merely brushed up teaches nothing. */
function replacedBy(
  output: NonNullable<Awaited<ReturnType<typeof findOutput>>>,
  messages: Message[],
): Answered[] {
  const purpose = Purpose.safeParse(output.metadata).data;
  const { outcome, created_by, id } = output;
  if (purpose?.purpose !== 'reply' || created_by !== `bot:${purpose.bot}` || !outcome) return [];
  const asked = messages.find(({ seq }) => seq === purpose.for_seq);
  const [draft, answered] = [textOf(output.content), textOf(outcome.content)];
  if (!asked || !answered || likenessOf(draft, answered) >= same_text) return [];
  return [{ asked: wordsOf(asked.body), answered, source_id: id, by: outcome.by }];
}

const textOf = (content: Json | undefined | null): string =>
  typeof content === 'string'
    ? content
    : content && typeof content === 'object' && !Array.isArray(content)
      ? String(content.text ?? '')
      : '';

/** Writes one candidate, unless the bot knows it, another candidate says it, or a person turned it down
 *  before. */
async function propose(
  ports: Ports,
  minds: Minds,
  { scope, bot, conversation_id, language, names, own, replaced }: Lesson,
  answer: Answered,
): Promise<void> {
  const made = candidateOf(answer, names);
  if (!made || own.some((text) => likenessOf(text, answer.answered) >= same_text)) return;
  const ground = { bot, contact: undefined, now: ports.clock.now() };
  const asked = await suggest(minds, scope, ground, made.title);
  const told = await suggest(minds, scope, ground, made.text);
  const known = [...asked.passages, ...told.passages].some((one) => saysTheSame(made, one));
  if (known || (asked.found >= sure && !replaced)) return;
  await ports.database.transact(scope, async (tx) => {
    // Thinking takes a while, in which it may have been erased (rule A12).
    if ((await erasedAmong(tx, scope, [conversation_id])).size) return;
    const others = await answerArticles(tx, scope, bot.name, most_compared);
    const { articles } = await stampOfArticles(tx, scope, bot.name);
    if (articles >= most_articles || others.some((one) => saysTheSame(made, one))) return;
    const article = {
      ...made,
      text: made.text.slice(0, longest_article),
      bot: bot.name,
      name: `answer-${digest(answer.source_id).slice(7, 31)}`,
      url: null,
      language,
      source: 'answers' as const,
      state: 'candidate' as const,
      hash: digest(canonical({ title: made.title, text: made.text })),
      conversation_id,
    };
    const saved = await proposeArticle(tx, scope, article, answer.by);
    if (!saved) return;
    // No digest of its words: it has no salt, and what was said may be guessed (rule A8).
    const data = { version: 1, conversation_id };
    const subject = `${bot.name}/${article.name}`;
    const actor = { id: answer.by, kind: 'member' as const };
    appendEvents(tx, scope, actor, [{ type: 'article.proposed', subject, data }]);
  });
  ports.database.wake();
}
