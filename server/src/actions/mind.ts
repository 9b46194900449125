import type { Bot, Scope } from '@wheelhouse/core';
import type { Classifier } from '@wheelhouse/core/learn';
import type { Ports } from '../ports.ts';

const seed = 7;
/** Kept in memory at a time; a workspace has a few, and one that is trained again is soon back. */
const most_minds = 50;

/** What a bot has learned: which of its intents a message is. */
export interface Mind {
  version: number;
  /** null when there is too little to learn from. */
  classifier: Classifier | null;
}

/** Trains bots when they are first asked, and again when they were changed. Every server trains the
 *  same from the same examples, so that all of them answer alike. */
export function minds(ports: Ports) {
  const kept = new Map<string, { version: number; mind: Promise<Mind> }>();
  return {
    async of(scope: Scope, bot: Bot): Promise<Mind> {
      const key = `${scope.workspace_id} ${bot.name}`;
      const found = kept.get(key);
      if (found?.version === bot.version) return found.mind;
      const mind = learn(ports, bot);
      kept.delete(key);
      kept.set(key, { version: bot.version, mind });
      mind.catch(() => kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > most_minds && oldest) kept.delete(oldest);
      return mind;
    },
  };
}
export type Minds = ReturnType<typeof minds>;

async function learn(ports: Ports, { definition, version }: Bot): Promise<Mind> {
  const examples = definition.intents.flatMap(({ name, examples: texts }) =>
    texts.map((text) => ({ text, label: name })),
  );
  if (definition.intents.length < 2) return { version, classifier: null };
  return { version, classifier: await ports.trainer.train(examples, { seed }) };
}
