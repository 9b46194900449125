import {
  type Article,
  type ArticleFilter,
  type ArticleRow,
  type ArticleSubmission,
  canonical,
  digest,
  type FieldFault,
  invalid,
  masksIn,
  most_articles,
  type Page,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import {
  findArticle,
  listArticles,
  lockArticle,
  saveArticle,
  stampOfArticles,
} from '../store/articles.ts';
import { findBot } from '../store/bots.ts';
import { appendEvents } from '../store/events.ts';
import { checkVersion } from './bot.ts';

/** Which article of which bot. */
interface Place {
  bot: string;
  article: string;
}

async function access(tx: Tx, by: Principal, { bot, article }: Place): Promise<Article> {
  const found = await findArticle(tx, by, bot, article);
  if (!found) throw refuse('not_found', { bot, article });
  return found;
}

const hashOf = ({ title, text }: { title: string; text: string }) =>
  digest(canonical({ title, text }));

/** Writes an article, or a new version of it: live at once, as a person wrote it. Nothing is written
 *  when nothing differs.
 *  @param if_version the version that it was changed from; 0 for a new one
 *  @throws Refusal not_found (bot), invalid (too many, masks), stale (it is another version by now) */
export async function changeArticle(
  ports: Ports,
  by: Principal,
  place: Place,
  body: ArticleSubmission,
  if_version?: number,
): Promise<Article> {
  const { bot, article: name } = place;
  const article = await ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    const before = await lockArticle(tx, by, bot, name);
    checkVersion(before, if_version);
    if (before?.source === 'answers') checkMasks(body);
    const hash = hashOf(body);
    const same =
      before?.state === 'live' &&
      before.hash === hash &&
      before.url === body.url &&
      before.language === body.language;
    if (before && same) return before;
    if (!before && (await stampOfArticles(tx, by, bot)).articles >= most_articles) {
      throw invalid({ field: 'article', message: `a bot has at most ${most_articles} of them` });
    }
    const rest = {
      bot,
      name,
      hash,
      // Of what came from a person's answer, that stays on record (rule W46).
      source: before?.source === 'answers' ? before.source : 'paste',
      state: 'live',
      conversation_id: before?.conversation_id ?? null,
    } as const;
    const made = await saveArticle(tx, by, { ...body, ...rest }, by.id);
    note(tx, by, 'article.changed', made);
    return made;
  });
  ports.database.wake();
  return article;
}

function note(
  tx: Tx,
  by: Principal,
  type: 'article.changed' | 'article.accepted' | 'article.removed',
  { bot, name, version, hash }: Article,
): void {
  appendEvents(tx, by, by, [{ type, subject: `${bot}/${name}`, data: { version, hash } }]);
}

/** What stands in the place of somebody's name or number is no answer to anybody else (rule W129).
 *  @throws Refusal invalid, naming the masks by field */
function checkMasks({ title, text }: { title: string; text: string }): void {
  const faults = Object.entries({ title, text }).flatMap(([field, words]): FieldFault[] => {
    const masks = masksIn(words);
    const message = `has ${masks.join(', ')} in it: write what is true for everybody, or leave it out`;
    return masks.length ? [{ field, message }] : [];
  });
  if (faults.length) throw invalid(...faults);
}

/** A person lets the bot say what a colleague wrote (rule W18).
 *  @throws Refusal not_found, invalid (masks) */
export const acceptArticle = (ports: Ports, by: Principal, place: Place): Promise<Article> =>
  moveTo(ports, by, place, 'live');

/** Takes an article out of what the bot says, or turns a candidate down. It stays on record.
 *  @throws Refusal not_found */
export const removeArticle = (ports: Ports, by: Principal, place: Place): Promise<Article> =>
  moveTo(ports, by, place, 'retired');

async function moveTo(
  ports: Ports,
  by: Principal,
  place: Place,
  state: 'live' | 'retired',
): Promise<Article> {
  const article = await ports.database.transact(by, async (tx) => {
    // Locked, so that what is erased meanwhile is not written back.
    const before = await lockArticle(tx, by, place.bot, place.article);
    if (!before) throw refuse('not_found', { ...place });
    if (before.state === state) return before;
    if (state === 'live' && before.source === 'answers') checkMasks(before);
    const made = await saveArticle(tx, by, { ...before, state }, by.id);
    note(tx, by, state === 'live' ? 'article.accepted' : 'article.removed', made);
    return made;
  });
  ports.database.wake();
  return article;
}

/** @throws Refusal not_found */
export const readArticle = (ports: Ports, by: Principal, place: Place): Promise<Article> =>
  ports.database.transact(by, (tx) => access(tx, by, place));

/** One page of a bot's articles by name; those that were retired only when asked for.
 *  @throws Refusal not_found (bot) */
export const readArticles = (
  ports: Ports,
  by: Principal,
  bot: string,
  { state, q, cursor, limit }: ArticleFilter,
): Promise<Page<ArticleRow>> =>
  ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    const rows = await listArticles(tx, by, {
      bot,
      after: cursor ?? '',
      states: state ? [state] : ['live', 'candidate'],
      q: q?.trim() || null,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.name ?? null) : null };
  });
