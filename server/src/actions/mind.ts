import {
  type Article,
  type Bot,
  canonical,
  digest,
  type Json,
  most_articles,
  type Scope,
} from '@wheelhouse/core';
import {
  type Classifier,
  KnownWords,
  type Passage,
  passagesOf,
  Retriever,
  SoleIntent,
} from '@wheelhouse/core/learn';
import type { Ports } from '../ports.ts';
import { type ArticleStamp, liveArticles, stampOfArticles } from '../store/articles.ts';
import { listBots } from '../store/bots.ts';
import { readWorkspaces } from './workspace.ts';

const seed = 7;
/** Kept in memory at a time; a workspace has a few, and one that is trained again is soon back. */
const most_minds = 50;
/** Of what was learned from the same examples: of a bot at work, as it is tried, and as it was before. */
const most_learned = 20;

/** What a bot has learned of its intents. */
interface Learned {
  /** null when there is nothing to learn from. */
  classifier: Pick<Classifier, 'predict'> | SoleIntent | null;
  /** What the examples of each intent are made of, by its name. */
  words: ReadonlyMap<string, KnownWords>;
}

/** What a bot has learned: which of its intents a message is. */
export interface Mind extends Learned {
  edition: string | number;
  /** What its articles say. */
  knowledge: Retriever<Known>;
}

/** A passage, with the address that it is cited by. */
export interface Known extends Passage {
  url: string | null;
  language: string | null;
}

/** Trains bots when they are first asked, and again when they were changed. Every server trains the
 *  same from the same examples, so that all of them answer alike. */
export function minds(ports: Ports) {
  const kept = new Map<string, { version: string; mind: Promise<Mind> }>();
  return {
    /** @param stamp what its articles are known by, where that was read already
     *  @param edition what its intents are known by; its version, unless they are not saved */
    async of(
      scope: Scope,
      bot: Bot,
      { stamp, edition = bot.version }: { stamp?: ArticleStamp; edition?: string | number } = {},
    ): Promise<Mind> {
      const key = `${scope.workspace_id} ${bot.name}`;
      const { articles, versions, changed_at } =
        stamp ??
        (await ports.database.transact(scope, (tx) => stampOfArticles(tx, scope, bot.name)));
      const version = `${edition} ${articles} ${versions} ${changed_at}`;
      const found = kept.get(key);
      if (found?.version === version) return found.mind;
      // Another article is no reason to learn the intents again.
      const before = found && (await found.mind.catch(() => undefined));
      const mind = learn(ports, scope, bot, edition, before);
      kept.delete(key);
      kept.set(key, { version, mind });
      mind.catch(() => {
        if (kept.get(key)?.mind === mind) kept.delete(key);
      });
      const [oldest] = kept.keys();
      if (kept.size > most_minds && oldest) kept.delete(oldest);
      return mind;
    },
  };
}
export type Minds = ReturnType<typeof minds>;

async function learn(
  ports: Ports,
  scope: Scope,
  bot: Bot,
  edition: string | number,
  before: Mind | undefined,
): Promise<Mind> {
  const articles = await ports.database.transact(scope, (tx) =>
    liveArticles(tx, scope, bot.name, most_articles),
  );
  return mindOf(ports, bot, { edition, articles, before });
}

/** What a bot learns from its examples and from articles. What it made of the same examples before
 *  stays as it is. */
export async function mindOf(
  { trainer }: Pick<Ports, 'trainer'>,
  bot: Bot,
  from: { edition: string | number; articles: readonly Article[]; before?: Mind | undefined },
): Promise<Mind> {
  const { edition, articles, before } = from;
  const { classifier, words } =
    before?.edition === edition ? before : await learnIntents(trainer, bot);
  return {
    edition,
    classifier,
    words,
    knowledge: new Retriever(articles.flatMap(knownOf)),
  };
}

const knownOf = ({ url, language, ...article }: Article): Known[] =>
  passagesOf(article).map((passage) => ({ ...passage, url, language }));

type Trainer = Ports['trainer'];
const learned = new WeakMap<Trainer, Map<string, Promise<Learned>>>();

/** The same examples are learned once, whoever asks: a bot at work, in a trial, or one whose greeting
 *  alone was changed. 2,000 examples take four seconds. */
function learnIntents(trainer: Trainer, bot: Bot): Promise<Learned> {
  const known = learned.get(trainer) ?? new Map<string, Promise<Learned>>();
  learned.set(trainer, known);
  const key = digest(canonical(bot.definition.intents as unknown as Json));
  const found = known.get(key) ?? trained(trainer, bot);
  known.delete(key);
  known.set(key, found);
  found.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > most_learned && oldest) known.delete(oldest);
  return found;
}

async function trained(trainer: Trainer, { definition }: Bot): Promise<Learned> {
  const words = new Map(
    definition.intents.map(({ name, examples }) => [name, new KnownWords(examples)]),
  );
  const [first, second] = definition.intents;
  if (!first) return { classifier: null, words };
  if (!second) return { classifier: new SoleIntent(first.name, first.examples), words };
  const examples = definition.intents.flatMap(({ name, examples: texts }) =>
    texts.map((text) => ({ text, label: name })),
  );
  return { classifier: await trainer.train(examples, { seed }), words };
}

/** Has every bot learn what it knows, one after the other. @param ended whether to leave the rest */
export async function learnAhead(ports: Ports, known: Minds, ended: () => boolean): Promise<void> {
  for (const { id: workspace_id } of await readWorkspaces(ports)) {
    const scope = { workspace_id };
    for (const bot of await ports.database.transact(scope, (tx) => listBots(tx, scope))) {
      if (ended()) return;
      await known.of(scope, bot);
    }
  }
}
